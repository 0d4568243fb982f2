package io.hydrant.sql.kda.translate;

import org.apache.calcite.sql.parser.SqlParserPos;

/** A stage that Flink's planner refuses. */
public final class Unplannable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /** For a stage that comes from a place in the text. */
    public Unplannable(SqlParserPos origin, Exception refused) {
        super(reason(refused), refused);
        line = origin.getLineNum();
        column = origin.getColumnNum();
    }

    private static String reason(Throwable refused) {
        Throwable deepest = refused;
        while (deepest.getCause() != null && deepest.getCause().getMessage() != null) {
            deepest = deepest.getCause();
        }
        return PlannerWords.of(deepest.getMessage());
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }
}
