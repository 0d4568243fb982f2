package io.hydrant.localstack.fakes.redshift;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of a Parquet file as its footer has it.
 *
 * @param name its name
 * @param physical how values are stored: INT32, BYTE_ARRAY, …; null of a group
 * @param converted what they mean, such as UTF8, in Parquet's older words; null where nothing says
 * @param logical the same in its newer words
 * @param precision digits of a decimal
 * @param scale of them, those behind the point
 */
record ParquetColumn(
        String name, String physical, String converted, String logical, int precision, int scale) {

    private static final Pattern NUMERIC = Pattern.compile("numeric\\((\\d+),(\\d+)\\)");
    private static final Set<String> WHOLE_32 = Set.of("INT_8", "INT_16", "INT_32");

    boolean isNested() {
        return physical == null;
    }

    /**
     * Whether Redshift reads it into a column of a table. It converts nothing: an INT of a table
     * wants 32 bits of a file.
     *
     * @param type of the table's column, in PostgreSQL's words
     * @param serializes whether what is nested becomes JSON (SERIALIZETOJSON)
     */
    boolean fits(String type, boolean serializes) {
        if (isNested()) {
            return serializes && type.equals("jsonb");
        }
        boolean isPlain = !isDecimal() && !isTime() && !isDay();
        Matcher numeric = NUMERIC.matcher(type);
        if (numeric.matches()) {
            return isDecimal()
                    && precision == Integer.parseInt(numeric.group(1))
                    && scale == Integer.parseInt(numeric.group(2));
        }
        return switch (type) {
            case "boolean" -> physical.equals("BOOLEAN");
            case "smallint", "integer" ->
                    physical.equals("INT32")
                            && isPlain
                            && (converted == null || WHOLE_32.contains(converted));
            case "bigint" -> physical.equals("INT64") && isPlain;
            case "real" -> physical.equals("FLOAT");
            case "double precision" -> physical.equals("DOUBLE");
            case "date" -> isDay();
            case "timestamp without time zone", "timestamp with time zone" ->
                    physical.equals("INT96") || (physical.equals("INT64") && isTime());
            default -> type.startsWith("character") && physical.equals("BYTE_ARRAY") && isPlain;
        };
    }

    private boolean isDecimal() {
        return "DECIMAL".equals(converted);
    }

    private boolean isDay() {
        return "DATE".equals(converted);
    }

    private boolean isTime() {
        return (converted != null && converted.startsWith("TIME"))
                || (logical != null && logical.startsWith("Time"));
    }

    /** As Redshift's message shows it. */
    String shown() {
        return "optional "
                + (isNested() ? "group" : physical.toLowerCase(Locale.ROOT))
                + ' '
                + name;
    }
}
