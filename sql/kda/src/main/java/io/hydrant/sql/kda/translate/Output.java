package io.hydrant.sql.kda.translate;

import java.util.List;

/**
 * What a query became: a stage and the columns that the query shows. The stage has a column
 * ROWTIME, its time attribute, in any case; the query shows it where it is among the columns.
 */
record Output(String view, List<Column> columns) {

    Output {
        columns = List.copyOf(columns);
    }
}
