package io.hydrant.sql.functions.time;

import io.hydrant.sql.functions.typing.CheckedArguments;

import org.apache.flink.table.types.inference.CallContext;

/**
 * The pattern that a function was called with last: in nearly all statements it is one literal, and
 * is read once.
 */
final class DatePatterns {

    private DatePattern last;
    private String unreadable;

    /** The pattern, or null where it is none. */
    DatePattern get(String pattern) {
        if (last != null && last.pattern().equals(pattern)) {
            return last;
        }
        if (pattern.equals(unreadable)) {
            return null;
        }
        try {
            last = DatePattern.of(pattern);
            return last;
        } catch (IllegalArgumentException e) {
            unreadable = pattern;
            return null;
        }
    }

    /** Refuses a literal first argument that is no pattern. */
    static CheckedArguments.Rule literalIsAPattern() {
        return DatePatterns::checkLiteral;
    }

    private static void checkLiteral(CallContext call) {
        String pattern = CheckedArguments.literal(call, 0, String.class).orElse(null);
        if (pattern == null) {
            return;
        }
        try {
            DatePattern.of(pattern);
        } catch (IllegalArgumentException e) {
            throw call.newValidationError(
                    "The first argument of %s is no pattern of java.text.SimpleDateFormat: '%s' (%s). "
                            + "An example of one is 'yyyy-MM-dd HH:mm:ss'.",
                    call.getName(), pattern, e.getMessage());
        }
    }
}
