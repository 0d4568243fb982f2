package io.hydrant.sql.functions.time;

import io.hydrant.sql.functions.typing.CheckedArguments;

import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

import java.time.LocalDate;

/**
 * {@code CHAR_TO_DATE(pattern, text)}: the date that a text begins with; see {@link DatePattern}.
 */
public final class CharToDate extends ScalarFunction {

    private static final long serialVersionUID = 1;

    private final CharToTimestamp timestamps = new CharToTimestamp();

    /** Null where an argument is null, the pattern is none or the text does not begin with it. */
    @DataTypeHint("DATE")
    public LocalDate eval(String pattern, String text) {
        TimestampData time = timestamps.eval(pattern, text);
        return time == null ? null : time.toLocalDateTime().toLocalDate();
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return CheckedArguments.with(
                DatePatterns.literalIsAPattern(), super.getTypeInference(types));
    }
}
