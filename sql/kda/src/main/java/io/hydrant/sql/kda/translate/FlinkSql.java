package io.hydrant.sql.kda.translate;

import org.apache.calcite.config.NullCollation;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.List;

/** Writes trees as Flink's parser reads them. */
final class FlinkSql {

    private static final SqlDialect DIALECT =
            new SqlDialect(
                    SqlDialect.EMPTY_CONTEXT
                            .withDatabaseProduct(SqlDialect.DatabaseProduct.UNKNOWN)
                            .withIdentifierQuoteString("`")
                            .withLiteralQuoteString("'")
                            .withLiteralEscapedQuoteString("''")
                            .withNullCollation(NullCollation.LOW));

    private FlinkSql() {}

    static String text(SqlNode node) {
        return node.toSqlString(
                        config ->
                                config.withDialect(DIALECT)
                                        .withAlwaysUseParentheses(true)
                                        .withSelectListItemsOnSeparateLines(false)
                                        .withQuoteAllIdentifiers(true)
                                        .withLineFolding(
                                                org.apache.calcite.sql.SqlWriterConfig.LineFolding
                                                        .WIDE)
                                        .withIndentation(0)
                                        .withClauseStartsLine(false))
                .getSql();
    }

    static String name(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static SqlIdentifier column(String name, SqlParserPos position) {
        return path(List.of(name), position);
    }

    /**
     * A name that is none of a function: without quotes at its place, Calcite would write a column
     * {@code user} as the function USER.
     */
    static SqlIdentifier path(List<String> names, SqlParserPos position) {
        return new SqlIdentifier(names, position.withQuoting(true));
    }
}
