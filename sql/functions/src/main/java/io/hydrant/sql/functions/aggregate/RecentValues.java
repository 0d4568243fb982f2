package io.hydrant.sql.functions.aggregate;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.dataview.MapView;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.util.FlinkRuntimeException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What the functions share that need the values of a window one by one: first, last, n-th, lag.
 *
 * <p>The values stand in the order in which they came and leave in it, which is how the planner
 * moves an OVER window; each is one entry of a map in the state, so that a large window is not read
 * as a whole. Rows that are taken back from the middle, as an updating input has them, are not for
 * these functions.
 */
abstract class RecentValues extends AggregateFunction<Object, Window> {

    private static final long serialVersionUID = 1;

    /** The types of the arguments behind the value, null for that of the value. */
    abstract List<DataType> others();

    /** How many of them must be given. */
    int required() {
        return 0;
    }

    /** Reads a value from the state. */
    static Object read(Callable<Object> value) {
        try {
            return value.call();
        } catch (Exception e) {
            throw new FlinkRuntimeException("The values of a window cannot be read", e);
        }
    }

    @Override
    public final Window createAccumulator() {
        return new Window();
    }

    @Override
    public final TypeInference getTypeInference(DataTypeFactory types) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(new Arguments())
                .accumulatorTypeStrategy(RecentValues::state)
                .outputTypeStrategy(call -> Optional.of(value(call)))
                .build();
    }

    private static DataType value(CallContext call) {
        return call.getArgumentDataTypes().get(0).nullable();
    }

    private static Optional<DataType> state(CallContext call) {
        DataType value = value(call);
        return Optional.of(
                DataTypes.STRUCTURED(
                        Window.class,
                        DataTypes.FIELD("head", DataTypes.BIGINT().notNull()),
                        DataTypes.FIELD("tail", DataTypes.BIGINT().notNull()),
                        DataTypes.FIELD("place", DataTypes.BIGINT().notNull()),
                        DataTypes.FIELD("fromLast", DataTypes.BOOLEAN().notNull()),
                        DataTypes.FIELD("ignoreNulls", DataTypes.BOOLEAN().notNull()),
                        DataTypes.FIELD("ifNone", value),
                        DataTypes.FIELD(
                                "byNumber",
                                MapView.newMapViewDataType(
                                        DataTypes.BIGINT().notNull(), value.notNull()))));
    }

    /** The value of any type, and what the function wants behind it. */
    private final class Arguments implements InputTypeStrategy {

        @Override
        public ArgumentCount getArgumentCount() {
            return ConstantArgumentCount.between(1 + required(), 1 + others().size());
        }

        @Override
        public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
            List<DataType> types = new ArrayList<>();
            types.add(value(call));
            for (int i = 1; i < call.getArgumentDataTypes().size(); i++) {
                DataType type = others().get(i - 1);
                types.add(type == null ? value(call) : type);
            }
            return Optional.of(types);
        }

        @Override
        public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
            List<Signature.Argument> arguments = new ArrayList<>();
            arguments.add(Signature.Argument.of("value", "<ANY>"));
            others().forEach(
                            type ->
                                    arguments.add(
                                            Signature.Argument.of(
                                                    type == null ? "<ANY>" : type.toString())));
            return List.of(Signature.of(arguments.toArray(Signature.Argument[]::new)));
        }
    }
}
