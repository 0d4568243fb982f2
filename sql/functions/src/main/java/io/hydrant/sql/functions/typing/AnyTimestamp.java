package io.hydrant.sql.functions.typing;

import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentTypeStrategy;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

import java.util.Optional;

/**
 * An argument that is a time, with or without a zone, as {@link TimestampData}: as it stands in the
 * row, never moved by the session's zone, which two overloads would not promise (the planner may
 * cast one kind to the other to call either).
 */
public final class AnyTimestamp implements ArgumentTypeStrategy {

    /** The one instance. */
    public static final AnyTimestamp INSTANCE = new AnyTimestamp();

    private AnyTimestamp() {}

    @Override
    public Optional<DataType> inferArgumentType(
            CallContext call, int position, boolean throwOnFailure) {
        DataType type = call.getArgumentDataTypes().get(position);
        LogicalType logical = type.getLogicalType();
        if (logical.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)
                || logical.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)) {
            return Optional.of(type.bridgedTo(TimestampData.class));
        }
        return call.fail(
                throwOnFailure,
                "Argument %s of %s must be a TIMESTAMP, but is %s.",
                position + 1,
                call.getName(),
                logical);
    }

    @Override
    public Signature.Argument getExpectedArgument(FunctionDefinition definition, int position) {
        return Signature.Argument.of("<TIMESTAMP>");
    }
}
