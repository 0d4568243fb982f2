package io.hydrant.iceberg.row;

import io.hydrant.delivery.json.JsonScan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.apache.flink.table.data.StringData;
import org.apache.iceberg.types.Type;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * The readers of values without parts as they are scanned: of those that are in most tables with no
 * object but the value, of the others as {@link Scalars} reads them.
 */
final class ScanScalars {

    private ScanScalars() {}

    /**
     * The reader of a type.
     *
     * @throws IllegalArgumentException if rows of that type cannot be written
     */
    static ScanReader of(Type type) {
        return switch (type.typeId()) {
            case INTEGER -> ScanScalars::integer;
            case LONG -> ScanScalars::longInteger;
            case FLOAT -> json -> json.number() ? (Object) (float) json.floating() : null;
            case DOUBLE -> json -> json.number() ? (Object) json.floating() : null;
            case BOOLEAN -> ScanScalars::bool;
            case STRING -> ScanScalars::text;
            default -> asNode(Scalars.of(type));
        };
    }

    private static Object integer(JsonScan json) {
        if (!json.number() || json.scale() > 0) {
            return null;
        }
        long number = json.unscaled();
        return number == (int) number ? (Object) (int) number : null;
    }

    private static Object longInteger(JsonScan json) {
        return json.number() && json.scale() == 0 ? (Object) json.unscaled() : null;
    }

    private static Object bool(JsonScan json) {
        return json.acceptTrue() ? Boolean.TRUE : json.acceptFalse() ? Boolean.FALSE : null;
    }

    /** Bytes of its own, since rows may be kept for longer than records. */
    private static Object text(JsonScan json) {
        return json.text()
                ? StringData.fromBytes(
                        Arrays.copyOfRange(
                                json.array(), json.offset(), json.offset() + json.length()))
                : null;
    }

    private static ScanReader asNode(ValueReader reader) {
        return json -> {
            JsonNode value = node(json);
            try {
                return value == null ? null : reader.read(value);
            } catch (MisfitException e) {
                return null;
            }
        };
    }

    private static JsonNode node(JsonScan json) {
        if (json.peek() == '"') {
            return json.text() ? TextNode.valueOf(json.string()) : null;
        }
        if (!json.number()) {
            return null;
        }
        return json.scale() == 0
                ? LongNode.valueOf(json.unscaled())
                : DecimalNode.valueOf(BigDecimal.valueOf(json.unscaled(), json.scale()));
    }
}
