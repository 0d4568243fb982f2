package io.hydrant.jobs.delivery;

/**
 * A value that a command line or a property group gives.
 *
 * @param key an option's key, or a path in the document, which begins with a capital letter
 * @param value the value as text
 * @param origin who gives it, such as {@code --set}
 */
record Assignment(String key, String value, String origin) {

    private static final String HYDRANT = "Hydrant.";

    /** An option may also be called as it stands in the document, {@code Hydrant.parallelism}. */
    Assignment {
        if (key.startsWith(HYDRANT)) {
            key = key.substring(HYDRANT.length());
        }
    }

    boolean isForDocument() {
        return !key.isEmpty() && Character.isUpperCase(key.charAt(0));
    }
}
