package io.hydrant.s3.table;

/**
 * Names and values of partition columns as they stand in a prefix: what could be taken for the end
 * of a folder or of a name is escaped as {@code %XX}, as Hive and Flink's file systems do it.
 */
final class PartitionText {

    private static final String ESCAPED = "\"#%'*/:=?\\{}[]^\u007F";

    private PartitionText() {}

    static String escaped(String text) {
        int first = 0;
        while (first < text.length() && !isEscaped(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isEscaped(c)) {
                escaped.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static boolean isEscaped(char c) {
        return c < ' ' || ESCAPED.indexOf(c) >= 0;
    }
}
