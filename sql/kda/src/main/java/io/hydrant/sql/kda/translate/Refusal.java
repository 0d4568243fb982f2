package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.Problem;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Something in a statement that cannot be translated, with its place. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    Refusal(SqlNode node, String reason) {
        this(node.getParserPosition(), reason);
    }

    Refusal(SqlParserPos position, String reason) {
        super(reason);
        line = position.getLineNum();
        column = position.getColumnNum();
    }

    Problem problem() {
        return new Problem(line, column, getMessage());
    }
}
