package io.hydrant.sql.kda.translate;

/**
 * A pattern of SIMILAR TO as a regular expression of Java.
 *
 * <p>Source: SQL reference, "String Operators", rules 1 to 16 of SIMILAR TO, and "SUBSTRING",
 * Similar...Escape.
 */
final class SimilarPattern {

    private static final String TAKEN_LITERALLY = "\\^$.";

    private final String pattern;

    /** The character that takes the meaning off the next one; 0 for none. */
    private final char escape;

    private final StringBuilder regex = new StringBuilder();
    private int at;
    private int separators;

    private SimilarPattern(String pattern, char escape) {
        this.pattern = pattern;
        this.escape = escape;
    }

    /** What a whole text has to match. */
    static String whole(String pattern, char escape) {
        SimilarPattern similar = new SimilarPattern(pattern, escape);
        return "(?s)\\A(?:" + similar.part(false) + ")\\z";
    }

    /**
     * What is to be found in a text; the first group is what stands between the two separators, an
     * escape character and a double quotation mark each.
     *
     * @return null if there are not two separators
     */
    static String between(String pattern, char escape) {
        SimilarPattern similar = new SimilarPattern(pattern, escape);
        String before = similar.part(true);
        String wanted = similar.part(true);
        if (similar.separators != 2) {
            return null;
        }
        return "(?s)(?:" + before + ")(" + wanted + ")(?:" + similar.part(false) + ")";
    }

    /** The expression up to a separator, or to the end. */
    private String part(boolean separated) {
        regex.setLength(0);
        while (at < pattern.length()) {
            char character = pattern.charAt(at++);
            if (escape != 0 && character == escape && at < pattern.length()) {
                char escaped = pattern.charAt(at++);
                if (separated && escaped == '"') {
                    separators++;
                    return regex.toString();
                }
                literal(escaped);
            } else {
                plain(character);
            }
        }
        return regex.toString();
    }

    private void plain(char character) {
        switch (character) {
            case '%' -> regex.append(".*");
            case '_' -> regex.append('.');
            case '(' -> regex.append("(?:");
            case '[' -> enumeration();
            default -> {
                if (TAKEN_LITERALLY.indexOf(character) >= 0) {
                    literal(character);
                } else {
                    regex.append(character);
                }
            }
        }
    }

    /** One of some characters; behind a caret stand those that it must not be. */
    private void enumeration() {
        StringBuilder wanted = new StringBuilder();
        StringBuilder unwanted = new StringBuilder();
        StringBuilder into = wanted;
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            char character = pattern.charAt(at++);
            if (character == '^') {
                into = unwanted;
            } else if (escape != 0 && character == escape && at < pattern.length()) {
                into.append('\\').append(pattern.charAt(at++));
            } else if (character == '[' && pattern.startsWith(":", at)) {
                at = characters(into);
            } else {
                into.append("[\\&".indexOf(character) >= 0 ? "\\" : "").append(character);
            }
        }
        at++;
        regex.append('[').append(wanted);
        if (!unwanted.isEmpty()) {
            regex.append(wanted.isEmpty() ? "^" + unwanted : "&&[^" + unwanted + "]");
        }
        regex.append(']');
    }

    /** A class with a name: [:DIGIT:]. */
    private int characters(StringBuilder into) {
        int end = pattern.indexOf(":]", at + 1);
        String name =
                end < 0 ? "" : pattern.substring(at + 1, end).toUpperCase(java.util.Locale.ROOT);
        String known =
                switch (name) {
                    case "ALPHA" -> "\\p{Alpha}";
                    case "UPPER" -> "\\p{Upper}";
                    case "LOWER" -> "\\p{Lower}";
                    case "DIGIT" -> "\\d";
                    case "ALNUM" -> "\\p{Alnum}";
                    case "SPACE" -> " ";
                    case "WHITESPACE" -> "\\s";
                    default -> null;
                };
        if (known == null) {
            into.append("\\[");
            return at;
        }
        into.append(known);
        return end + 2;
    }

    private void literal(char character) {
        if (Character.isLetterOrDigit(character) || Character.isWhitespace(character)) {
            regex.append(character);
        } else {
            regex.append('\\').append(character);
        }
    }
}
