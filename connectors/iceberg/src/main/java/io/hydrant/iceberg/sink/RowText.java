package io.hydrant.iceberg.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.FlinkSchemaUtil;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * Shows rows as JSON objects, their values as the table has them: times as ISO texts, those with a
 * zone in UTC, bytes as base64.
 */
final class RowText {

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private final RowType type;

    RowText(Schema schema) {
        this.type = FlinkSchemaUtil.convert(schema);
    }

    /** The row; one that deletes has but the columns that it was given. */
    String of(RowKind kind, RowData row) {
        ObjectNode object = JSON.objectNode();
        put(row, type, kind == RowKind.DELETE, object);
        return object.toString();
    }

    private static void put(RowData row, RowType type, boolean isPart, ObjectNode object) {
        for (int i = 0; i < type.getFieldCount(); i++) {
            LogicalType field = type.getTypeAt(i);
            Object value = RowData.createFieldGetter(field, i).getFieldOrNull(row);
            if (value != null || !isPart) {
                object.set(type.getFieldNames().get(i), value(value, field));
            }
        }
    }

    private static JsonNode value(Object value, LogicalType type) {
        if (value == null) {
            return JSON.nullNode();
        }
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> JSON.booleanNode((Boolean) value);
            case INTEGER -> JSON.numberNode((Integer) value);
            case BIGINT -> JSON.numberNode((Long) value);
            case FLOAT -> JSON.numberNode((Float) value);
            case DOUBLE -> JSON.numberNode((Double) value);
            case DECIMAL -> JSON.numberNode(((DecimalData) value).toBigDecimal());
            case DATE -> JSON.textNode(LocalDate.ofEpochDay((Integer) value).toString());
            case TIME_WITHOUT_TIME_ZONE ->
                    JSON.textNode(
                            LocalTime.ofNanoOfDay(TimeUnit.MILLISECONDS.toNanos((Integer) value))
                                    .toString());
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    JSON.textNode(((TimestampData) value).toLocalDateTime().toString());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    JSON.textNode(((TimestampData) value).toInstant().toString());
            case BINARY, VARBINARY ->
                    JSON.textNode(Base64.getEncoder().encodeToString((byte[]) value));
            case ROW -> object((RowData) value, (RowType) type);
            case ARRAY -> array((ArrayData) value, ((ArrayType) type).getElementType());
            case MAP -> map((MapData) value, (MapType) type);
            default -> JSON.textNode(value.toString());
        };
    }

    private static ObjectNode object(RowData row, RowType type) {
        ObjectNode object = JSON.objectNode();
        put(row, type, false, object);
        return object;
    }

    private static ArrayNode array(ArrayData array, LogicalType elements) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(elements);
        ArrayNode node = JSON.arrayNode();
        for (int i = 0; i < array.size(); i++) {
            node.add(value(getter.getElementOrNull(array, i), elements));
        }
        return node;
    }

    private static ObjectNode map(MapData map, MapType type) {
        ArrayData.ElementGetter keys = ArrayData.createElementGetter(type.getKeyType());
        ArrayData.ElementGetter values = ArrayData.createElementGetter(type.getValueType());
        ObjectNode node = JSON.objectNode();
        for (int i = 0; i < map.size(); i++) {
            node.set(
                    String.valueOf(keys.getElementOrNull(map.keyArray(), i)),
                    value(values.getElementOrNull(map.valueArray(), i), type.getValueType()));
        }
        return node;
    }
}
