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
 * {@code KDA_UNIX_TIMESTAMP(time)}: milliseconds since 1970-01-01 00:00:00 UTC.
 *
 * <p>Source: SQL reference, UNIX_TIMESTAMP. Flink's function of that name takes text and counts
 * seconds, hence the name.
 */
public final class UnixTimestamp extends ScalarFunction {

    private static final long serialVersionUID = 1;

    /** A time without a zone is one of UTC; null for null. */
    public Long eval(TimestampData time) {
        return time == null ? null : time.getMillisecond();
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(InputTypeStrategies.sequence(AnyTimestamp.INSTANCE))
                .outputTypeStrategy(TypeStrategies.explicit(DataTypes.BIGINT()))
                .build();
    }
}
