package io.hydrant.expression;

import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.Lex;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.ConvertToChecked;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes code of a SELECT over one record: Calcite parses it, checks its types and generates the
 * code. Standard SQL with the functions of BigQuery and PostgreSQL that Calcite has; names in any
 * case, in double quotes where they are words of SQL.
 */
final class SelectCompiler {

    /** The one table. */
    static final String TABLE = "records";

    private static final SqlParser.Config SYNTAX =
            SqlParser.config().withLex(Lex.MYSQL_ANSI).withConformance(SqlConformanceEnum.LENIENT);

    private static final SqlValidator.Config RULES =
            SqlValidator.Config.DEFAULT.withConformance(SqlConformanceEnum.LENIENT);

    private static final SqlOperatorTable FUNCTIONS =
            SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
                    SqlLibrary.STANDARD, SqlLibrary.BIG_QUERY, SqlLibrary.POSTGRESQL);

    private final List<HiveType.Field> columns;
    private final ColumnTypes types = new ColumnTypes();

    private SelectCompiler(List<HiveType.Field> columns) {
        this.columns = columns;
    }

    /**
     * Compiles.
     *
     * @param select the SQL
     * @param declared columns of the record's JSON; one called like a column of every record takes
     *     its place
     * @throws IllegalArgumentException with the place in the SQL and the reason
     */
    static CompiledSelect compile(String select, List<HiveType.Field> declared) {
        List<HiveType.Field> columns = new ArrayList<>(declared);
        Set<String> names =
                declared.stream().map(SelectCompiler::caseless).collect(Collectors.toSet());
        for (RecordColumn column : RecordColumn.values()) {
            if (!names.contains(column.field().name())) {
                columns.add(column.field());
            }
        }
        return new SelectCompiler(columns).compile(select, declared.size());
    }

    private static String caseless(HiveType.Field field) {
        return field.name().toLowerCase(Locale.ROOT);
    }

    private CompiledSelect compile(String select, int declared) {
        RelDataTypeFactory factory = types.factory();
        RexBuilder expressions = new RexBuilder(factory);
        RelOptCluster cluster = RelOptCluster.create(new VolcanoPlanner(), expressions);
        CalciteCatalogReader catalog = catalog(types.row(columns));
        SqlNode parsed = parse(select).accept(new StarExpansion(columns.subList(0, declared)));
        try {
            SqlValidator validator =
                    SqlValidatorUtil.newValidator(FUNCTIONS, catalog, factory, RULES);
            SqlToRelConverter converter =
                    new SqlToRelConverter(
                            null,
                            validator,
                            catalog,
                            cluster,
                            StandardConvertletTable.INSTANCE,
                            SqlToRelConverter.config().withExpand(false));
            SqlNode checked = validator.validate(parsed);
            List<RelDataTypeField> output =
                    OutputColumns.check(validator.getValidatedNodeType(checked).getFieldList());
            // Without it 2147483647 + 1 is -2147483648, and nobody hears of it.
            RelNode tree =
                    new ConvertToChecked(expressions)
                            .visit(converter.convertQuery(checked, false, true).rel);
            return SelectTree.of(tree, expressions)
                    .compile(output, columns, types.row(columns), declared);
        } catch (CalciteContextException e) {
            throw new IllegalArgumentException(at(e), e);
        }
    }

    private static SqlNode parse(String select) {
        try {
            SqlNode parsed = SqlParser.create(select, SYNTAX).parseQuery();
            if (SqlKind.QUERY.contains(parsed.getKind())) {
                return parsed;
            }
            throw new IllegalArgumentException(
                    parsed.getKind().sql + " changes something; a transform is a SELECT");
        } catch (SqlParseException e) {
            String reason = e.getMessage().lines().findFirst().orElse("is no SQL");
            boolean isName = reason.startsWith("Encountered") || reason.startsWith("Incorrect");
            throw new IllegalArgumentException(
                    reason
                            + (isName
                                    ? " A name that is a word of SQL stands in double quotes"
                                    : ""),
                    e);
        }
    }

    private static String at(CalciteContextException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return "line %d, column %d: %s"
                .formatted(e.getPosLine(), e.getPosColumn(), cause.getMessage());
    }

    private CalciteCatalogReader catalog(RelDataType row) {
        CalciteSchema root = CalciteSchema.createRootSchema(false, false);
        root.add(
                TABLE,
                new AbstractTable() {
                    @Override
                    public RelDataType getRowType(RelDataTypeFactory factory) {
                        return row;
                    }
                });
        Properties properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
        CalciteConnectionConfig config = new CalciteConnectionConfigImpl(properties);
        return new CalciteCatalogReader(root, List.of(), types.factory(), config);
    }
}
