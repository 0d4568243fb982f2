package io.hydrant.sql.kda.parse;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.List;

/** Takes an earlier declaration back. */
public final class DropObject extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("DROP", SqlKind.OTHER_DDL);

    private final String kind;
    private final SqlIdentifier name;

    /** Made by the parser. */
    public DropObject(SqlParserPos position, String kind, SqlIdentifier name) {
        super(position);
        this.kind = kind;
        this.name = name;
    }

    /** STREAM, PUMP, VIEW, FUNCTION or SCHEMA. */
    public String kind() {
        return kind;
    }

    /** What is dropped. */
    public SqlIdentifier name() {
        return name;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name);
    }
}
