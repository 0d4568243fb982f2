package io.hydrant.sql.functions.logs;

import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * One column that a log parser makes out of a piece of text.
 *
 * @param name the field's name in the row
 * @param type its type; text longer than a VARCHAR is cut, as a cast cuts it
 * @param pattern how a date or time is written, by SimpleDateFormat; null for as SQL writes it
 * @param required whether a row without a value here is no row
 * @param start the first character of a column of fixed place, from 0; -1 for other columns
 * @param length the characters of such a column; -1 for all to the end
 */
record LogColumn(
        String name, LogicalType type, String pattern, boolean required, int start, int length) {

    static LogColumn text(int number) {
        return new LogColumn(
                "COLUMN" + number, new VarCharType(VarCharType.MAX_LENGTH), null, false, -1, -1);
    }

    static LogColumn of(int number, LogicalType type) {
        return new LogColumn("COLUMN" + number, type, null, false, -1, -1);
    }
}
