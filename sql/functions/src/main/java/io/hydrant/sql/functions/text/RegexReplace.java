package io.hydrant.sql.functions.text;

import io.hydrant.sql.functions.typing.CheckedArguments;

import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * {@code REGEX_REPLACE(text, pattern, replacement, start, occurrence)}: replaces what a {@link
 * Pattern} finds from a character on, counted from 1: all of it for occurrence 0, else that one. A
 * replacement may name groups by {@code $1}.
 *
 * <p>Source: SQL reference, REGEX_REPLACE.
 */
public final class RegexReplace extends ScalarFunction {

    private static final long serialVersionUID = 1;

    private transient Pattern pattern;

    /**
     * Null where an argument is null or out of its range; the text where it is shorter than start.
     */
    public String eval(
            String text, String regex, String replacement, Integer start, Integer occurrence) {
        if (text == null
                || regex == null
                || replacement == null
                || start == null
                || occurrence == null
                || start < 1
                || occurrence < 0) {
            return null;
        }
        if (start > text.length()) {
            return text;
        }
        try {
            return replace(text, regex, replacement, start - 1, occurrence);
        } catch (PatternSyntaxException | IndexOutOfBoundsException e) {
            return null;
        } catch (IllegalArgumentException e) {
            // A replacement with a sign that names no group.
            return null;
        }
    }

    private String replace(String text, String regex, String replacement, int from, int which) {
        if (pattern == null || !pattern.pattern().equals(regex)) {
            pattern = Pattern.compile(regex);
        }
        Matcher matcher = pattern.matcher(text);
        StringBuilder result = new StringBuilder();
        int found = 0;
        boolean more = matcher.find(from);
        while (more) {
            found++;
            if (which == 0 || which == found) {
                matcher.appendReplacement(result, replacement);
            }
            more = which != found && matcher.find();
        }
        return matcher.appendTail(result).toString();
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return CheckedArguments.with(RegexReplace::check, super.getTypeInference(types));
    }

    private static void check(CallContext call) {
        String regex = CheckedArguments.literal(call, 1, String.class).orElse("");
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw call.newValidationError(
                    "The second argument of REGEX_REPLACE is no pattern of java.util.regex: '%s' (%s).",
                    regex, e.getDescription());
        }
        refuseBelow(call, 3, "start", 1);
        refuseBelow(call, 4, "occurrence", 0);
    }

    private static void refuseBelow(CallContext call, int position, String name, int least) {
        int value = CheckedArguments.literal(call, position, Integer.class).orElse(least);
        if (value < least) {
            throw call.newValidationError(
                    "The argument %s of REGEX_REPLACE must be at least %s, but is %s.",
                    name, least, value);
        }
    }
}
