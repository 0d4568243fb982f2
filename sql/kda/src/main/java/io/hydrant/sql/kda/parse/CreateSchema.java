package io.hydrant.sql.kda.parse;

import org.apache.calcite.sql.SqlCreate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.List;

/** Declares a schema, which here is but a part of names. */
public final class CreateSchema extends SqlCreate {

    private static final SqlOperator OPERATOR =
            new SqlSpecialOperator("CREATE SCHEMA", SqlKind.OTHER_DDL);

    private final SqlIdentifier name;

    /** Made by the parser. */
    public CreateSchema(SqlParserPos position, boolean replace, SqlIdentifier name) {
        super(OPERATOR, position, replace, false);
        this.name = name;
    }

    /** Its name. */
    public SqlIdentifier name() {
        return name;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(name);
    }
}
