package io.hydrant.sql.functions.time;

import io.hydrant.sql.functions.typing.CheckedArguments;

import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/** What the functions share that write a time in a pattern; see {@link DatePattern}. */
abstract class TimeToText extends ScalarFunction {

    private static final long serialVersionUID = 1;

    private transient DatePatterns patterns;

    /** Null where the pattern is null or none. */
    final String format(String pattern, TimestampData time) {
        if (patterns == null) {
            patterns = new DatePatterns();
        }
        DatePattern known = pattern == null ? null : patterns.get(pattern);
        return known == null ? null : known.format(time);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return CheckedArguments.with(
                DatePatterns.literalIsAPattern(), super.getTypeInference(types));
    }
}
