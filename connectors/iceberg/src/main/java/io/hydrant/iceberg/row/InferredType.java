package io.hydrant.iceberg.row;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Says what type a column for a JSON value would have: string, long (decimal(38, 0) beyond),
 * double, boolean, or a struct or list of these. A text stays a text, whatever it looks like, since
 * the next one may look different.
 */
final class InferredType {

    private static final int MAX_DIGITS = 38;

    private InferredType() {}

    /**
     * The type, or null where the value does not tell: null, an empty array or object, an array of
     * unlike elements.
     *
     * @param ids gives the ids of nested fields
     */
    static Type of(JsonNode value, IntSupplier ids) {
        return switch (value.getNodeType()) {
            case STRING -> Types.StringType.get();
            case BOOLEAN -> Types.BooleanType.get();
            case NUMBER -> number(value);
            case ARRAY -> list(value, ids);
            case OBJECT -> struct(value, ids);
            default -> null;
        };
    }

    private static Type number(JsonNode value) {
        if (!value.isIntegralNumber()) {
            return Types.DoubleType.get();
        }
        if (value.canConvertToLong()) {
            return Types.LongType.get();
        }
        return value.decimalValue().precision() <= MAX_DIGITS
                ? Types.DecimalType.of(MAX_DIGITS, 0)
                : Types.DoubleType.get();
    }

    private static Type struct(JsonNode value, IntSupplier ids) {
        List<Types.NestedField> fields = new ArrayList<>();
        for (Iterator<Map.Entry<String, JsonNode>> each = value.fields(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> field = each.next();
            Type type = of(field.getValue(), ids);
            if (type != null) {
                fields.add(Types.NestedField.optional(ids.getAsInt(), field.getKey(), type));
            }
        }
        return fields.isEmpty() ? null : Types.StructType.of(fields);
    }

    private static Type list(JsonNode value, IntSupplier ids) {
        Type common = null;
        for (JsonNode each : value) {
            if (each.isNull()) {
                continue;
            }
            Type type = of(each, ids);
            common = common == null ? type : common(common, type);
            if (common == null) {
                return null;
            }
        }
        return common == null ? null : Types.ListType.ofOptional(ids.getAsInt(), common);
    }

    private static Type common(Type one, Type other) {
        if (other == null) {
            return null;
        }
        if (isNumber(one) && isNumber(other)) {
            return one.typeId() == other.typeId() ? one : Types.DoubleType.get();
        }
        // Structs: what the first element lacks is added when its record is read again.
        return one.typeId() == other.typeId() ? one : null;
    }

    private static boolean isNumber(Type type) {
        return switch (type.typeId()) {
            case LONG, DOUBLE, DECIMAL -> true;
            default -> false;
        };
    }
}
