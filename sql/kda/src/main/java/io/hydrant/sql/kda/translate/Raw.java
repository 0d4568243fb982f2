package io.hydrant.sql.kda.translate;

import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.NlsString;

/** A part of a tree that is written in Flink SQL already. */
final class Raw extends SqlCharStringLiteral {

    private final String sql;

    Raw(String sql, SqlParserPos position) {
        super(new NlsString("", null, null), position);
        this.sql = sql;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.print("(" + sql + ")");
        writer.setNeedWhitespace(true);
    }

    @Override
    public Raw clone(SqlParserPos position) {
        return new Raw(sql, position);
    }
}
