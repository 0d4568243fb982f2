package io.hydrant.sql.functions.time;

import io.hydrant.sql.functions.typing.AnyTimestamp;
import io.hydrant.sql.functions.typing.CheckedArguments;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;

/**
 * {@code TIMESTAMP_TO_CHAR(pattern, time)}: a time as text, in UTC.
 *
 * <p>Source: SQL reference, TIMESTAMP_TO_CHAR, with its note that the text for no time is {@code
 * null}.
 */
public final class TimestampToChar extends TimeToText {

    private static final long serialVersionUID = 1;

    /** The text {@code null} where there is no time; no text where there is no pattern. */
    public String eval(String pattern, TimestampData time) {
        return time == null ? "null" : format(pattern, time);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return CheckedArguments.with(
                DatePatterns.literalIsAPattern(),
                TypeInference.newBuilder()
                        .inputTypeStrategy(
                                InputTypeStrategies.sequence(
                                        InputTypeStrategies.explicit(DataTypes.STRING()),
                                        AnyTimestamp.INSTANCE))
                        .outputTypeStrategy(TypeStrategies.explicit(DataTypes.STRING()))
                        .build());
    }
}
