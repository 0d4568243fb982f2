package io.hydrant.sql.kda.parse;

import org.apache.calcite.sql.SqlCreate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.List;

/** Declares an in-application stream. */
public final class CreateStream extends SqlCreate {

    private static final SqlOperator OPERATOR =
            new SqlSpecialOperator("CREATE STREAM", SqlKind.OTHER_DDL);

    private final SqlIdentifier name;
    private final SqlNodeList columns;

    /** Made by the parser. */
    public CreateStream(
            SqlParserPos position, boolean replace, SqlIdentifier name, SqlNodeList columns) {
        super(OPERATOR, position, replace, false);
        this.name = name;
        this.columns = columns;
    }

    /** Its name, perhaps with a schema before it. */
    public SqlIdentifier name() {
        return name;
    }

    /** Its {@link ColumnDeclaration}s. */
    public SqlNodeList columns() {
        return columns;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name, columns);
    }
}
