package io.hydrant.sql.functions.time;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeUtils;
import org.apache.flink.table.types.utils.TypeConversions;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;
import java.util.Optional;

/** What {@link Step} may be called with, and what comes back: the type of the first argument. */
final class StepArguments implements InputTypeStrategy {

    @Override
    public ArgumentCount getArgumentCount() {
        return ConstantArgumentCount.of(2);
    }

    @Override
    public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
        LogicalType value = call.getArgumentDataTypes().get(0).getLogicalType();
        LogicalType step = call.getArgumentDataTypes().get(1).getLogicalType();
        Optional<List<DataType>> types = types(value, step);
        if (types.isEmpty()) {
            return call.fail(
                    throwOnFailure,
                    "STEP rounds a time down to an interval or an integer to an integer, not %s to %s.",
                    value,
                    step);
        }
        refuseWhatIsNotPositive(call);
        return types;
    }

    private static Optional<List<DataType>> types(LogicalType value, LogicalType step) {
        boolean months = step.is(LogicalTypeRoot.INTERVAL_YEAR_MONTH);
        if (!months && !step.is(LogicalTypeRoot.INTERVAL_DAY_TIME)) {
            return integers(value, step);
        }
        Class<?> stepClass = months ? Integer.class : Long.class;
        Class<?> valueClass =
                switch (value.getTypeRoot()) {
                    case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                            TimestampData.class;
                    case DATE -> LocalDate.class;
                    case TIME_WITHOUT_TIME_ZONE -> months ? null : LocalTime.class;
                    case INTERVAL_YEAR_MONTH -> months ? Integer.class : null;
                    case INTERVAL_DAY_TIME -> months ? null : Long.class;
                    default -> null;
                };
        if (valueClass == null) {
            return Optional.empty();
        }
        return Optional.of(List.of(bridged(value, valueClass), bridged(step, stepClass)));
    }

    private static Optional<List<DataType>> integers(LogicalType value, LogicalType step) {
        if (!isInteger(value) || !isInteger(step)) {
            return Optional.empty();
        }
        boolean large = value.is(LogicalTypeRoot.BIGINT) || step.is(LogicalTypeRoot.BIGINT);
        DataType type = large ? DataTypes.BIGINT() : DataTypes.INT();
        return Optional.of(List.of(type, type));
    }

    private static boolean isInteger(LogicalType type) {
        return type.is(LogicalTypeRoot.TINYINT)
                || type.is(LogicalTypeRoot.SMALLINT)
                || type.is(LogicalTypeRoot.INTEGER)
                || type.is(LogicalTypeRoot.BIGINT);
    }

    static Optional<DataType> result(CallContext call) {
        DataType value = call.getArgumentDataTypes().get(0);
        LogicalType plain = LogicalTypeUtils.removeTimeAttributes(value.getLogicalType());
        return Optional.of(bridged(plain.copy(true), value.getConversionClass()));
    }

    private static DataType bridged(LogicalType type, Class<?> as) {
        return TypeConversions.fromLogicalToDataType(type).bridgedTo(as);
    }

    private static void refuseWhatIsNotPositive(CallContext call) {
        if (!call.isArgumentLiteral(1) || call.isArgumentNull(1)) {
            return;
        }
        boolean positive =
                switch (call.getArgumentDataTypes().get(1).getLogicalType().getTypeRoot()) {
                    case INTERVAL_YEAR_MONTH ->
                            call.getArgumentValue(1, Period.class).orElseThrow().toTotalMonths()
                                    > 0;
                    case INTERVAL_DAY_TIME ->
                            call.getArgumentValue(1, Duration.class).orElseThrow().toMillis() > 0;
                    default -> call.getArgumentValue(1, Long.class).orElse(1L) > 0;
                };
        if (!positive) {
            throw call.newValidationError(
                    "The second argument of STEP, what to round down to, must be greater than zero.");
        }
    }

    @Override
    public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
        return List.of(
                Signature.of(
                        Signature.Argument.of("value", "<TIMESTAMP|DATE|TIME|INTERVAL>"),
                        Signature.Argument.of("step", "<INTERVAL>")),
                Signature.of(
                        Signature.Argument.of("value", "<INTEGER>"),
                        Signature.Argument.of("step", "<INTEGER>")));
    }
}
