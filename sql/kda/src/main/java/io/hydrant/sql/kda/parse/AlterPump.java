package io.hydrant.sql.kda.parse;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.List;

/** Starts or stops a pump; a schema and a star stand for all of its pumps. */
public final class AlterPump extends SqlCall {

    private static final SqlOperator OPERATOR =
            new SqlSpecialOperator("ALTER PUMP", SqlKind.OTHER_DDL);

    private final SqlIdentifier name;
    private final boolean start;

    /** Made by the parser. */
    public AlterPump(SqlParserPos position, SqlIdentifier name, boolean start) {
        super(position);
        this.name = name;
        this.start = start;
    }

    /** The pump. */
    public SqlIdentifier name() {
        return name;
    }

    /** True for START. */
    public boolean start() {
        return start;
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
