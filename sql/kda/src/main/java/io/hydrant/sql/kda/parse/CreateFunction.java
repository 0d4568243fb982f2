package io.hydrant.sql.kda.parse;

import org.apache.calcite.sql.SqlCreate;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.List;

/** Declares a scalar function by an expression. */
public final class CreateFunction extends SqlCreate {

    private static final SqlOperator OPERATOR =
            new SqlSpecialOperator("CREATE FUNCTION", SqlKind.OTHER_DDL);

    private final SqlIdentifier name;
    private final SqlNodeList parameters;
    private final SqlDataTypeSpec returns;
    private final SqlNode body;
    private final boolean nullOnNull;

    /** Made by the parser. */
    public CreateFunction(
            SqlParserPos position,
            boolean replace,
            SqlIdentifier name,
            SqlNodeList parameters,
            SqlDataTypeSpec returns,
            SqlNode body,
            boolean nullOnNull) {
        super(OPERATOR, position, replace, false);
        this.name = name;
        this.parameters = parameters;
        this.returns = returns;
        this.body = body;
        this.nullOnNull = nullOnNull;
    }

    /** Its name, perhaps with a schema before it. */
    public SqlIdentifier name() {
        return name;
    }

    /** Its {@link ColumnDeclaration}s. */
    public SqlNodeList parameters() {
        return parameters;
    }

    /** The type of the result. */
    public SqlDataTypeSpec returns() {
        return returns;
    }

    /** The expression behind RETURN. */
    public SqlNode body() {
        return body;
    }

    /** Whether any NULL argument makes the result NULL. */
    public boolean nullOnNull() {
        return nullOnNull;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name, parameters, returns, body);
    }
}
