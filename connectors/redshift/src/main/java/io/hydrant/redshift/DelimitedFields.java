package io.hydrant.redshift;

import java.util.ArrayList;
import java.util.List;

/** Takes one row of delimited text or CSV apart, line by line, since a field may hold newlines. */
final class DelimitedFields {

    private final RowFormat format;
    private final boolean isCsv;
    private final List<String> fields = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private final StringBuilder written = new StringBuilder();
    private boolean isQuoted;

    /** Within quotes, whether a quote was read that is not known yet to end the field. */
    private boolean isClosing;

    private boolean wasQuoted;
    private boolean isEscaped;

    DelimitedFields(RowFormat format) {
        this.format = format;
        this.isCsv = format.shape() == RowFormat.Shape.CSV;
    }

    /**
     * Reads a line of the row, with the newline before it where it is not the first.
     *
     * @return whether the row goes on in the next line
     * @throws BadRowException if this is no row
     */
    boolean read(String text) throws BadRowException {
        for (int i = 0; i < text.length(); i++) {
            read(text.charAt(i));
        }
        if ((isQuoted && !isClosing) || isEscaped) {
            return true;
        }
        end();
        return false;
    }

    private void read(char c) throws BadRowException {
        if (isQuoted && !isClosing) {
            if (c == format.quote()) {
                isClosing = true;
            } else {
                field.append(c);
            }
        } else if (isClosing && c == format.quote()) {
            isClosing = false;
            field.append(c);
        } else if (isEscaped) {
            isEscaped = false;
            written.append(c);
            field.append(c);
        } else if (c == format.delimiter()) {
            end();
        } else if (isClosing) {
            throw new BadRowException("A quote within a field is not written twice");
        } else if (isCsv && c == format.quote() && field.isEmpty() && !wasQuoted) {
            isQuoted = true;
            wasQuoted = true;
        } else if (format.escapes() && c == '\\') {
            isEscaped = true;
            written.append(c);
        } else {
            written.append(c);
            field.append(c);
        }
    }

    private void end() {
        boolean isNull = !wasQuoted && written.toString().equals(format.nullText());
        fields.add(isNull ? null : field.toString());
        field.setLength(0);
        written.setLength(0);
        isQuoted = false;
        wasQuoted = false;
        isClosing = false;
    }

    /**
     * The fields of the whole row, null among them for nulls.
     *
     * @throws BadRowException if they are more or fewer than the columns
     */
    List<String> of(List<TableColumn> columns) throws BadRowException {
        boolean isTooFew = fields.size() < columns.size() && !format.fills();
        if (isTooFew || fields.size() > columns.size()) {
            throw new BadRowException(
                    "It has " + fields.size() + " fields for " + columns.size() + " columns");
        }
        while (fields.size() < columns.size()) {
            fields.add(null);
        }
        return fields;
    }
}
