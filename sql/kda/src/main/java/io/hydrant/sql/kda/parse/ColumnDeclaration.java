package io.hydrant.sql.kda.parse;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.List;

/** A column of a stream, or a parameter of a function: its name and its type. */
public final class ColumnDeclaration extends SqlCall {

    private static final SqlOperator OPERATOR = new SqlSpecialOperator("COLUMN", SqlKind.OTHER);

    private final SqlIdentifier name;
    private final SqlDataTypeSpec type;
    private final boolean nullable;

    /** Made by the parser. */
    public ColumnDeclaration(
            SqlParserPos position, SqlIdentifier name, SqlDataTypeSpec type, boolean nullable) {
        super(position);
        this.name = name;
        this.type = type;
        this.nullable = nullable;
    }

    /** The name, in upper case unless it was quoted. */
    public String name() {
        return name.getSimple();
    }

    /** The declared type. */
    public SqlDataTypeSpec type() {
        return type;
    }

    /** Whether NULL is allowed. */
    public boolean nullable() {
        return nullable;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name, type);
    }
}
