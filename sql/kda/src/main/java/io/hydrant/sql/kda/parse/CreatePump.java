package io.hydrant.sql.kda.parse;

import org.apache.calcite.sql.SqlCreate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.List;

/** Keeps the rows of a query flowing into a stream. */
public final class CreatePump extends SqlCreate {

    private static final SqlOperator OPERATOR =
            new SqlSpecialOperator("CREATE PUMP", SqlKind.OTHER_DDL);

    private final SqlIdentifier name;
    private final SqlNode insert;
    private final boolean started;

    /** Made by the parser. */
    public CreatePump(
            SqlParserPos position,
            boolean replace,
            SqlIdentifier name,
            SqlNode insert,
            boolean started) {
        super(OPERATOR, position, replace, false);
        this.name = name;
        this.insert = insert;
        this.started = started;
    }

    /** Its name, perhaps with a schema before it. */
    public SqlIdentifier name() {
        return name;
    }

    /** The INSERT that it runs. */
    public SqlNode insert() {
        return insert;
    }

    /** Whether it runs from the beginning; STOP says no. */
    public boolean started() {
        return started;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name, insert);
    }
}
