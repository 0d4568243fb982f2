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

/** Names a query. */
public final class CreateView extends SqlCreate {

    private static final SqlOperator OPERATOR =
            new SqlSpecialOperator("CREATE VIEW", SqlKind.OTHER_DDL);

    private final SqlIdentifier name;
    private final SqlNodeList columns;
    private final SqlNode query;

    /** Made by the parser. */
    public CreateView(
            SqlParserPos position,
            boolean replace,
            SqlIdentifier name,
            SqlNodeList columns,
            SqlNode query) {
        super(OPERATOR, position, replace, false);
        this.name = name;
        this.columns = columns;
        this.query = query;
    }

    /** Its name, perhaps with a schema before it. */
    public SqlIdentifier name() {
        return name;
    }

    /** Names for its columns; empty where the query names them. */
    public SqlNodeList columns() {
        return columns;
    }

    /** The query. */
    public SqlNode query() {
        return query;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name, columns, query);
    }
}
