package io.hydrant.kinesis.change;

import com.fasterxml.jackson.core.JsonParser;
import org.apache.flink.table.types.logical.LogicalType;

import java.io.IOException;
import java.time.DateTimeException;

/** Reads values of one kind, such as N, that are written as one text. */
final class ScalarConverter extends AttributeConverter {

    private final String kind;
    private final Parser parser;
    private final String wayOut;

    /** Reads a text. */
    @FunctionalInterface
    interface Parser {

        /**
         * The value in Flink's internal form.
         *
         * @throws IllegalArgumentException if the text is none
         * @throws ArithmeticException if it does not fit exactly
         * @throws DateTimeException if it is no time
         */
        Object parse(String text);
    }

    /**
     * A converter.
     *
     * @param kind the kind of value that it takes
     * @param wayOut what to say of others
     */
    ScalarConverter(
            String path,
            LogicalType type,
            Mismatches mismatches,
            String kind,
            Parser parser,
            String wayOut) {
        super(path, type, mismatches);
        this.kind = kind;
        this.parser = parser;
        this.wayOut = wayOut;
    }

    @Override
    Object of(String found, JsonParser in) throws IOException {
        return found.equals(kind) && in.currentToken().isScalarValue()
                ? ofElement(found, in.getText())
                : mismatch(found, in);
    }

    @Override
    Object ofElement(String found, String text) {
        if (!found.equals(kind)) {
            return super.ofElement(found, text);
        }
        try {
            return parser.parse(text);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return super.ofElement(found, text);
        }
    }

    @Override
    String wayOut() {
        return wayOut;
    }
}
