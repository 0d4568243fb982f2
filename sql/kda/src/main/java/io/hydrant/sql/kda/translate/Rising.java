package io.hydrant.sql.kda.translate;

import java.util.Map;
import java.util.Set;

/**
 * The columns of a stage that never fall while rows come.
 *
 * @param windows those that keep a value as long as ROWTIME is in a window of time
 * @param asserted those of which the query says so: MONOTONIC(…)
 */
record Rising(Map<String, TimeWindow> windows, Set<String> asserted) {

    static final Rising NONE = new Rising(Map.of(), Set.of());

    Rising {
        windows = Map.copyOf(windows);
        asserted = Set.copyOf(asserted);
    }
}
