package io.hydrant.sql.functions.time;

import io.hydrant.sql.functions.typing.AnyTimestamp;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;

/**
 * {@code TSDIFF(start, end)}: the milliseconds between two times, whichever comes first.
 *
 * <p>Source: SQL reference, TSDIFF, where times are milliseconds since 1970-01-01 00:00:00 UTC;
 * times of SQL do as well. The page gives no sign: it names the earlier time first, and AWS' own
 * application for sessions of clicks takes a duration by {@code TSDIFF(max(t), min(t))}.
 */
public final class TsDiff extends ScalarFunction {

    private static final long serialVersionUID = 1;

    /** Null where an argument is null. */
    public Long eval(Long start, Long end) {
        return start == null || end == null ? null : Math.abs(end - start);
    }

    /** Null where an argument is null. */
    public Long eval(TimestampData start, TimestampData end) {
        return start == null || end == null
                ? null
                : Math.abs(end.getMillisecond() - start.getMillisecond());
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(
                        InputTypeStrategies.or(
                                InputTypeStrategies.sequence(
                                        AnyTimestamp.INSTANCE, AnyTimestamp.INSTANCE),
                                InputTypeStrategies.explicitSequence(
                                        DataTypes.BIGINT(), DataTypes.BIGINT())))
                .outputTypeStrategy(TypeStrategies.explicit(DataTypes.BIGINT()))
                .build();
    }
}
