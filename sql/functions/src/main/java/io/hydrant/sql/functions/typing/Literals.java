package io.hydrant.sql.functions.typing;

import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.inference.CallContext;

/**
 * The literal arguments of a call, with the names and bounds that they have. What is left out has
 * its default; what is out of its bounds is refused while the statement is planned.
 */
public final class Literals {

    private final CallContext call;
    private final String function;

    private Literals(CallContext call, String function) {
        this.call = call;
        this.function = function;
    }

    /** The literals of a call of the function of that name. */
    public static Literals of(CallContext call, String function) {
        return new Literals(call, function);
    }

    /** A number from {@code least} to {@code most}. */
    public int integer(int position, String name, int least, int most, int ifLeftOut) {
        int value = value(position, name, Integer.class, ifLeftOut);
        if (value < least || value > most) {
            throw wrong(
                    "The argument %s of %s must be from %s to %s, but is %s.",
                    name, function, least, most, value);
        }
        return value;
    }

    /** A text that must be given. */
    public String text(int position, String name) {
        String value = value(position, name, String.class, null);
        if (value == null) {
            throw wrong("The argument %s of %s must be given.", name, function);
        }
        return value;
    }

    /** A value of any kind. */
    public <T> T value(int position, String name, Class<T> type, T ifLeftOut) {
        if (call.isArgumentNull(position)) {
            return ifLeftOut;
        }
        if (!call.isArgumentLiteral(position)) {
            throw wrong("The argument %s of %s must be a literal.", name, function);
        }
        return call.getArgumentValue(position, type).orElse(ifLeftOut);
    }

    /** An error that refuses the call. */
    public ValidationException wrong(String message, Object... values) {
        return call.newValidationError(message, values);
    }
}
