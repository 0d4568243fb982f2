package io.hydrant.sql.kda.run;

import org.apache.flink.table.data.RowData;

/**
 * A function over the rows of a window, which come at its end and go at its beginning.
 *
 * <p>It keeps no more than follows from the rows, so that it can be made from them anew.
 */
interface Over {

    /** Rows by their number. */
    interface Rows {

        RowData get(long number);
    }

    void add(long number, RowData row);

    void remove(long number, RowData row);

    /**
     * The result for the last row.
     *
     * @param rows those of the window at least
     * @param first the number of the window's first row
     * @param last the number of the last one
     */
    Object value(Rows rows, long first, long last);
}
