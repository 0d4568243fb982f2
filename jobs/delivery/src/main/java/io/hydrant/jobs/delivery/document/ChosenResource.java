package io.hydrant.jobs.delivery.document;

import java.util.List;
import java.util.Map;

/** Which of the delivery streams that a document describes is meant. */
final class ChosenResource {

    /** The setting that names it. */
    static final String SETTING = "Resource";

    private ChosenResource() {}

    /**
     * The one that is meant.
     *
     * @param name what to call the document in a message
     * @param streams the delivery streams by the names that the document has for them
     * @param chosen which, or null for the only one
     * @throws InvalidConfigurationException if it is not there, or if there are several and none is
     *     named
     */
    static <T> T of(String name, Map<String, T> streams, String chosen) {
        if (chosen == null ? streams.size() == 1 : streams.containsKey(chosen)) {
            return chosen == null ? streams.values().iterator().next() : streams.get(chosen);
        }
        String there = String.join(", ", streams.keySet());
        throw new InvalidConfigurationException(
                name,
                List.of(
                        chosen == null
                                ? "There are "
                                        + streams.size()
                                        + " delivery streams, "
                                        + there
                                        + "; say with --set "
                                        + SETTING
                                        + "=NAME which is to be delivered"
                                : "--set "
                                        + SETTING
                                        + ": '"
                                        + chosen
                                        + "' is no delivery stream there; "
                                        + there));
    }
}
