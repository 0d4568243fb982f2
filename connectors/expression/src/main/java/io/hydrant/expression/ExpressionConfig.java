package io.hydrant.expression;

import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.conversion.schema.HiveTypeParser;
import io.hydrant.delivery.transform.TransformConfig;

import org.apache.flink.configuration.ReadableConfig;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A transform in SQL, resolved once.
 *
 * @param select the SQL
 * @param columns what it reads of a record of JSON; none where it asks for no more than what every
 *     record has
 */
public record ExpressionConfig(String select, List<HiveType.Field> columns) {

    private static final String SELECT_PARAMETER = "select";
    private static final String COLUMNS_PARAMETER = "columns";

    /** Validates that nothing is missing. */
    public ExpressionConfig {
        Objects.requireNonNull(select, "select");
        columns = List.copyOf(columns);
    }

    /**
     * Reads {@link ExpressionOptions} and compiles the SQL once.
     *
     * @return empty where there is no SQL
     * @throws IllegalArgumentException naming the option, the place in the SQL and the reason
     */
    public static Optional<ExpressionConfig> from(ReadableConfig config) {
        Optional<ExpressionConfig> expression = uncompiled(config);
        expression.ifPresent(ExpressionConfig::compile);
        return expression;
    }

    /**
     * Reads {@link ExpressionOptions} for who does not run the SQL; what is wrong with it stays
     * unseen, and the compiler's second is saved.
     *
     * @return empty where there is no SQL
     * @throws IllegalArgumentException if the columns are no type, or there is no SQL for them
     */
    public static Optional<ExpressionConfig> uncompiled(ReadableConfig config) {
        String select = config.get(ExpressionOptions.SELECT);
        String columns = config.get(ExpressionOptions.COLUMNS);
        if (select == null) {
            if (columns != null) {
                throw new IllegalArgumentException(
                        ExpressionOptions.COLUMNS.key()
                                + " is given without "
                                + ExpressionOptions.SELECT.key()
                                + ", which reads them; give both");
            }
            return Optional.empty();
        }
        return Optional.of(new ExpressionConfig(select, fields(columns)));
    }

    /** The transform that runs it. */
    public TransformConfig transform() {
        Map<String, String> parameters = new HashMap<>();
        parameters.put(SELECT_PARAMETER, select);
        if (!columns.isEmpty()) {
            parameters.put(COLUMNS_PARAMETER, new HiveType.Struct(columns).text());
        }
        return new TransformConfig(SelectTransform.class.getName(), parameters);
    }

    /** What {@link #transform} wrote down. */
    static ExpressionConfig of(Map<String, String> parameters) {
        return new ExpressionConfig(
                parameters.get(SELECT_PARAMETER), fields(parameters.get(COLUMNS_PARAMETER)));
    }

    /** The SQL as code. */
    CompiledSelect compile() {
        try {
            return SelectCompiler.compile(select, columns);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    ExpressionOptions.SELECT.key() + ": " + e.getMessage(), e);
        }
    }

    private static List<HiveType.Field> fields(String columns) {
        if (columns == null) {
            return List.of();
        }
        HiveType type;
        try {
            type = HiveTypeParser.parse(columns);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    ExpressionOptions.COLUMNS.key() + ": " + e.getMessage(), e);
        }
        if (type instanceof HiveType.Struct struct) {
            return struct.fields();
        }
        throw new IllegalArgumentException(
                ExpressionOptions.COLUMNS.key()
                        + ": '"
                        + columns
                        + "' is no struct; write struct<name:type,…>");
    }
}
