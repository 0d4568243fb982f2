package io.hydrant.sql.functions.time;

import io.hydrant.sql.functions.typing.CheckedArguments;

import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

import java.time.LocalTime;

/**
 * {@code CHAR_TO_TIME(pattern, text)}: the time of day that a text begins with; see {@link
 * DatePattern}.
 */
public final class CharToTime extends ScalarFunction {

    private static final long serialVersionUID = 1;

    private final CharToTimestamp timestamps = new CharToTimestamp();

    /** Null where an argument is null, the pattern is none or the text does not begin with it. */
    @DataTypeHint("TIME(0)")
    public LocalTime eval(String pattern, String text) {
        TimestampData time = timestamps.eval(pattern, text);
        return time == null ? null : time.toLocalDateTime().toLocalTime();
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return CheckedArguments.with(
                DatePatterns.literalIsAPattern(), super.getTypeInference(types));
    }
}
