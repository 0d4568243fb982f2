package io.hydrant.sql.kda.translate;

import java.util.List;
import java.util.Set;

/**
 * What a query became: a stage and the columns that the query shows. The stage has a column
 * ROWTIME, its time attribute, in any case; the query shows it where it is among the columns.
 */
record Output(String view, List<Column> columns, Set<String> times, Rising rising) {

    Output(String view, List<Column> columns, Set<String> times) {
        this(view, columns, times, Rising.NONE);
    }

    Output {
        columns = List.copyOf(columns);
        times = Set.copyOf(times);
    }
}
