package io.hydrant.redshift;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How staged objects are read into rows where the warehouse does not do it: what COPY's parameters
 * of Redshift say, as far as they can be had elsewhere.
 *
 * <p>Source: Redshift developer guide, "COPY", "Data format parameters", "Data conversion
 * parameters", "COPY from JSON format". What tells Redshift how to store or where to find data
 * (COMPROWS, COMPUPDATE, STATUPDATE, REGION), and ROUNDEC, which PostgreSQL always does, may stand
 * there and has no effect, so that a document moves without a change.
 *
 * @param shape what a row looks like
 * @param ignoresCase whether names of JSON are those of columns whatever their case
 * @param delimiter what stands between fields
 * @param quote what stands around a field of CSV
 * @param nullText the field that is a null
 * @param escapes whether a backslash takes the next character as it is
 * @param emptyAsNull whether an empty text is a null
 * @param blanksAsNull whether a text of blanks alone is a null
 * @param trims whether blanks at the end of a text go
 * @param truncates whether a text that is too long for its column is cut
 * @param fills whether fields that are missing at the end are nulls
 * @param skipsBlankLines whether lines without anything are none
 * @param headerLines lines at the beginning of an object that are no rows
 * @param replacement what takes the place of what is not UTF-8, null where the row is refused
 * @param epoch what a number in a column of times counts
 */
record RowFormat(
        Shape shape,
        boolean ignoresCase,
        char delimiter,
        char quote,
        String nullText,
        boolean escapes,
        boolean emptyAsNull,
        boolean blanksAsNull,
        boolean trims,
        boolean truncates,
        boolean fills,
        boolean skipsBlankLines,
        int headerLines,
        String replacement,
        Epoch epoch) {

    /** What a row looks like. */
    enum Shape {
        /** Fields with a delimiter between. */
        DELIMITED,
        /** The same, with quotes around those that need it. */
        CSV,
        /** A JSON object, whose fields are columns. */
        JSON,
        /** A JSON text that is one column as it is. */
        WHOLE_JSON
    }

    /** What a number in a column of times counts, since 1970. */
    enum Epoch {
        /** Nothing: it is no time. */
        NONE,
        /** Seconds. */
        SECONDS,
        /** Milliseconds. */
        MILLIS
    }

    private static final String NO_DATES =
            "PostgreSQL reads dates and times as they are written; TIMEFORMAT may be 'auto', 'epochsecs' or 'epochmillisecs', and DATEFORMAT 'auto'";

    /** What PostgreSQL cannot be told, and why or what to do instead. */
    private static final Map<String, String> REFUSED =
            Map.of(
                    "FIXEDWIDTH", "stage delimited text, CSV or JSON",
                    "PARQUET", "stage delimited text, CSV or JSON",
                    "REMOVEQUOTES", "say CSV, which does that and more",
                    "ACCEPTANYDATE",
                            "a date that is none is refused, and its row goes to the error prefix",
                    "EXPLICIT_IDS", "PostgreSQL always takes the ids that records have");

    private static final Pattern OCTAL = Pattern.compile("\\\\[0-7]{3}");

    /**
     * Reads COPY's parameters.
     *
     * @throws IllegalArgumentException naming the one that PostgreSQL cannot do, and what to do
     */
    static RowFormat parse(String copyOptions) {
        String field = RedshiftOptions.COPY_OPTIONS.key();
        return of(CopyOptions.parse(field, copyOptions).parameters());
    }

    private static RowFormat of(Map<String, String> given) {
        for (Map.Entry<String, String> refused : REFUSED.entrySet()) {
            if (given.containsKey(refused.getKey())) {
                throw problem(refused.getKey(), refused.getValue());
            }
        }
        require("ENCODING", given, Set.of("utf8"), "records are UTF-8; leave it out");
        require("DATEFORMAT", given, Set.of("auto"), NO_DATES);
        require("TIMEFORMAT", given, Set.of("auto", "epochsecs", "epochmillisecs"), NO_DATES);
        Shape shape = shape(given);
        String delimiter = given.getOrDefault("DELIMITER", shape == Shape.CSV ? "," : "|");
        return new RowFormat(
                shape,
                given.getOrDefault("JSON", "").equalsIgnoreCase("auto ignorecase"),
                one("DELIMITER", delimiter),
                one("QUOTE", given.getOrDefault("QUOTE", "\"")),
                given.getOrDefault("NULL", "\\N"),
                given.containsKey("ESCAPE"),
                given.containsKey("EMPTYASNULL"),
                given.containsKey("BLANKSASNULL"),
                given.containsKey("TRIMBLANKS"),
                given.containsKey("TRUNCATECOLUMNS"),
                given.containsKey("FILLRECORD"),
                given.containsKey("IGNOREBLANKLINES"),
                lines(given.getOrDefault("IGNOREHEADER", "0")),
                replacement(given.get("ACCEPTINVCHARS")),
                epoch(given.getOrDefault("TIMEFORMAT", "auto")));
    }

    private static Shape shape(Map<String, String> given) {
        if (given.containsKey("CSV") && given.containsKey("ESCAPE")) {
            throw problem("ESCAPE", "CSV writes a quote within quotes twice");
        }
        if (!given.containsKey("JSON")) {
            return given.containsKey("CSV") ? Shape.CSV : Shape.DELIMITED;
        }
        if (given.containsKey("CSV")) {
            throw problem("CSV", "rows are JSON, or CSV");
        }
        String mapping = given.get("JSON").toLowerCase(Locale.ROOT);
        return switch (mapping) {
            case "", "auto", "auto ignorecase" -> Shape.JSON;
            case "noshred" -> Shape.WHOLE_JSON;
            default ->
                    throw problem(
                            "JSON '" + given.get("JSON") + '\'',
                            "paths are not read here: use JSON 'auto', with fields named as columns (delivery.transform.select names them), or 'noshred'");
        };
    }

    private static void require(
            String name, Map<String, String> given, Set<String> known, String why) {
        String value = given.get(name);
        if (value != null && !known.contains(value.toLowerCase(Locale.ROOT))) {
            throw problem(name + ' ' + value, why);
        }
    }

    private static char one(String name, String text) {
        if (text.equals("\\t")) {
            return '\t';
        }
        if (OCTAL.matcher(text).matches()) {
            return (char) Integer.parseInt(text.substring(1), 8);
        }
        if (text.length() != 1 || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
            throw problem(name + " '" + text + '\'', "it must be one character");
        }
        return text.charAt(0);
    }

    private static int lines(String digits) {
        if (digits.length() > 9) {
            throw problem("IGNOREHEADER " + digits, "it may have nine digits");
        }
        return Integer.parseInt(digits);
    }

    private static String replacement(String given) {
        return given == null || !given.isEmpty() ? given : "?";
    }

    private static Epoch epoch(String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "epochsecs" -> Epoch.SECONDS;
            case "epochmillisecs" -> Epoch.MILLIS;
            default -> Epoch.NONE;
        };
    }

    private static IllegalArgumentException problem(String what, String why) {
        return new IllegalArgumentException(
                RedshiftOptions.COPY_OPTIONS.key()
                        + " has "
                        + what
                        + ", which does not go with PostgreSQL: "
                        + why);
    }
}
