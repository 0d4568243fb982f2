package io.hydrant.sql.functions.logs;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.utils.TypeConversions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the log parsers share: a text and literals in, a row out. The row's type comes from the
 * literals, which is why they must be literals, and a wrong one is refused while the statement is
 * planned.
 */
abstract class LogParse extends ScalarFunction {

    private static final long serialVersionUID = 1;

    private transient String[] known;
    private transient LogParser parser;

    /**
     * Makes the parser for literals.
     *
     * @throws IllegalArgumentException with what is wrong about them
     */
    abstract LogParser parser(String... literals);

    /** The names of the literals, in their order. */
    abstract List<String> literalNames();

    /** How many of the literals may be left out, from the last one on. */
    int optional() {
        return 0;
    }

    /** The row, or null where the text is null or has not the form. */
    final RowData parse(String text, String... literals) {
        if (text == null) {
            return null;
        }
        if (parser == null || !Arrays.equals(known, literals)) {
            parser = parser(literals);
            known = literals.clone();
        }
        return parser.parse(text);
    }

    @Override
    public final TypeInference getTypeInference(DataTypeFactory types) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(new Arguments())
                .outputTypeStrategy(call -> Optional.of(rowOf(call)))
                .build();
    }

    private DataType rowOf(CallContext call) {
        String[] literals = new String[call.getArgumentDataTypes().size() - 1];
        for (int i = 0; i < literals.length; i++) {
            String name = literalNames().get(i);
            literals[i] =
                    literal(call, i + 1)
                            .orElseThrow(
                                    () ->
                                            call.newValidationError(
                                                    "The %s of %s must be a literal, because the columns that come back follow from it.",
                                                    name, call.getName()));
        }
        try {
            return DataTypes.ROW(
                            parser(literals).columns().stream()
                                    .map(
                                            column ->
                                                    DataTypes.FIELD(
                                                            column.name(),
                                                            TypeConversions.fromLogicalToDataType(
                                                                    column.type())))
                                    .toArray(DataTypes.Field[]::new))
                    .bridgedTo(RowData.class);
        } catch (IllegalArgumentException e) {
            throw call.newValidationError("%s: %s", call.getName(), e.getMessage());
        }
    }

    private static Optional<String> literal(CallContext call, int position) {
        if (!call.isArgumentLiteral(position) || call.isArgumentNull(position)) {
            return Optional.empty();
        }
        return call.getArgumentDataTypes()
                        .get(position)
                        .getLogicalType()
                        .is(LogicalTypeFamily.CHARACTER_STRING)
                ? call.getArgumentValue(position, String.class)
                : call.getArgumentValue(position, Integer.class).map(String::valueOf);
    }

    /** A text and the literals; a number of columns may be a number. */
    private final class Arguments implements InputTypeStrategy {

        @Override
        public ArgumentCount getArgumentCount() {
            int all = literalNames().size() + 1;
            return ConstantArgumentCount.between(all - optional(), all);
        }

        @Override
        public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
            List<DataType> types = new ArrayList<>();
            for (int i = 0; i < call.getArgumentDataTypes().size(); i++) {
                DataType type = call.getArgumentDataTypes().get(i);
                boolean number =
                        i > 0 && type.getLogicalType().is(LogicalTypeFamily.INTEGER_NUMERIC);
                types.add(number ? DataTypes.INT() : DataTypes.STRING());
            }
            return Optional.of(types);
        }

        @Override
        public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
            List<Signature.Argument> arguments = new ArrayList<>();
            arguments.add(Signature.Argument.of("text", "STRING"));
            literalNames().forEach(name -> arguments.add(Signature.Argument.of(name, "<literal>")));
            return List.of(Signature.of(arguments.toArray(Signature.Argument[]::new)));
        }
    }
}
