package io.hydrant.sql.kda.translate;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A way in which an expression can fail for a row.
 *
 * @param condition Flink SQL that is true for the rows that it fails for
 * @param error ERROR_NAME of the row of the error stream, and its MESSAGE behind a colon
 */
record Hazard(String condition, String error) {

    static final String DIVISION_BY_ZERO = "DIVISION_BY_ZERO_ERROR:Division by zero";
    static final String OVERFLOW = "NUMERIC_OVERFLOW_ERROR:";
    static final String COERCION = "COERCION_ERROR:";

    /** An expression that is the first error of a row, or NULL. */
    static String first(List<Hazard> hazards) {
        return hazards.stream()
                .map(h -> " WHEN " + h.condition() + " THEN " + FlinkSql.literal(h.error()))
                .collect(Collectors.joining("", "CASE", " ELSE CAST(NULL AS STRING) END"));
    }
}
