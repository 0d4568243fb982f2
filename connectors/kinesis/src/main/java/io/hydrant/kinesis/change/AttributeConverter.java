package io.hydrant.kinesis.change;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.table.types.logical.LogicalType;

import java.io.IOException;

/**
 * Reads attribute values into one column, or a part of one, in Flink's internal form.
 *
 * <p>Source: DynamoDB API reference, {@code AttributeValue}: an object with one member, whose name
 * says what its value is: S, N, B, BOOL, NULL, M, L, SS, NS or BS.
 */
abstract class AttributeConverter {

    final String path;
    final LogicalType type;
    final Mismatches mismatches;

    /**
     * A converter.
     *
     * @param path the column, and where in it
     */
    AttributeConverter(String path, LogicalType type, Mismatches mismatches) {
        this.path = path;
        this.type = type;
        this.mismatches = mismatches;
    }

    /** Reads the value at whose beginning the parser is, to its end. */
    final Object convert(JsonParser in) throws IOException {
        require(in.currentToken(), JsonToken.START_OBJECT);
        require(in.nextToken(), JsonToken.FIELD_NAME);
        String kind = in.currentName();
        in.nextToken();
        Object value;
        if (kind.equals("NULL")) {
            in.skipChildren();
            value = null;
        } else {
            value = of(kind, in);
        }
        require(in.nextToken(), JsonToken.END_OBJECT);
        return orRefuseNull(value);
    }

    /** The value, unless it is null and must not be. */
    final Object orRefuseNull(Object value) {
        if (value == null && !type.isNullable()) {
            throw new MismatchException(
                    "column '"
                            + path
                            + "' is "
                            + type.asSummaryString()
                            + ", but the item has no value for it; declare it without NOT NULL");
        }
        return value;
    }

    /**
     * Reads a value of a kind to its end.
     *
     * @param kind DynamoDB's type, such as {@code N}; not NULL
     * @param in at the value itself
     */
    abstract Object of(String kind, JsonParser in) throws IOException;

    /** An element of a set: {@code kind} is S, N or B. */
    Object ofElement(String kind, String text) {
        return mismatches.on(path, type, kind, text, wayOut());
    }

    /** What would fit in place of a value that does not. */
    abstract String wayOut();

    /** Passes over a value that does not fit. */
    final Object mismatch(String kind, JsonParser in) throws IOException {
        String value = in.currentToken().isScalarValue() ? in.getText() : null;
        in.skipChildren();
        return mismatches.on(path, type, kind, value, wayOut());
    }

    static void require(JsonToken token, JsonToken wanted) throws IOException {
        if (token != wanted) {
            throw new IOException(
                    "not the JSON of DynamoDB: " + token + " stands where " + wanted + " belongs");
        }
    }
}
