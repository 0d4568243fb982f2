package io.hydrant.redshift;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Makes texts of a row what their columns take, as COPY's parameters say.
 *
 * <p>Source: Redshift developer guide, "Data conversion parameters": an empty field is a null in
 * every column but one of texts, where EMPTYASNULL says.
 */
final class RowValues {

    private static final int MICROS = 1_000_000;

    private final RowFormat format;

    RowValues(RowFormat format) {
        this.format = format;
    }

    /**
     * The value of a column, null for a null.
     *
     * @throws BadRowException if the text is none for it
     */
    String of(TableColumn column, String text) throws BadRowException {
        boolean isText = column.kind() == TableColumn.Kind.TEXT;
        String value = isText && format.trims() ? text.stripTrailing() : text;
        if (value.isEmpty() && (format.emptyAsNull() || !isText)) {
            return null;
        }
        if (format.blanksAsNull() && value.isBlank()) {
            return null;
        }
        if (column.kind() == TableColumn.Kind.TIME && format.epoch() != RowFormat.Epoch.NONE) {
            return time(column, value);
        }
        boolean isTooLong =
                column.length() >= 0 && value.codePointCount(0, value.length()) > column.length();
        return format.truncates() && isTooLong
                ? value.substring(0, value.offsetByCodePoints(0, column.length()))
                : value;
    }

    private String time(TableColumn column, String text) throws BadRowException {
        try {
            BigDecimal given = new BigDecimal(text.strip());
            boolean isMillis = format.epoch() == RowFormat.Epoch.MILLIS;
            long micros =
                    given.multiply(BigDecimal.valueOf(isMillis ? 1000 : MICROS))
                            .setScale(0, RoundingMode.HALF_EVEN)
                            .longValueExact();
            return Instant.ofEpochSecond(
                            Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000L)
                    .toString();
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            throw new BadRowException(
                    column.name()
                            + ": '"
                            + text
                            + "' is no time in "
                            + (format.epoch() == RowFormat.Epoch.MILLIS
                                    ? "milliseconds"
                                    : "seconds")
                            + " since 1970 (TIMEFORMAT)");
        }
    }
}
