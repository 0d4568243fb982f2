package io.hydrant.sql.functions.time;

import io.hydrant.sql.functions.typing.CheckedArguments;

import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/**
 * {@code CHAR_TO_TIMESTAMP(pattern, text)}: the time that a text begins with; see {@link
 * DatePattern}.
 */
public final class CharToTimestamp extends ScalarFunction {

    private static final long serialVersionUID = 1;

    private transient DatePatterns patterns;

    /** Null where an argument is null, the pattern is none or the text does not begin with it. */
    @DataTypeHint(value = "TIMESTAMP(3)", bridgedTo = TimestampData.class)
    public TimestampData eval(String pattern, String text) {
        if (pattern == null || text == null) {
            return null;
        }
        if (patterns == null) {
            patterns = new DatePatterns();
        }
        DatePattern known = patterns.get(pattern);
        return known == null ? null : known.parse(text);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return CheckedArguments.with(
                DatePatterns.literalIsAPattern(), super.getTypeInference(types));
    }
}
