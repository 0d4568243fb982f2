package io.hydrant.iceberg.row;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.iceberg.Schema;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a table would have to change for a record to fit: columns to add, at any depth, and integers
 * to make long. Nothing is ever dropped, renamed or narrowed, and no rows are rewritten.
 *
 * <p>Source: Iceberg's specification, "Schema evolution".
 */
public final class SchemaChange {

    /** One step. */
    private record Step(String parent, String name, Type type, boolean isNew) {}

    private final List<Step> steps = new ArrayList<>();
    private final AtomicInteger ids;

    private SchemaChange(Schema schema) {
        // The table gives ids of its own; these are only to differ from one another.
        this.ids = new AtomicInteger(schema.highestFieldId());
    }

    /** The change that makes room for a record; empty where it has room, or types do not tell. */
    public static SchemaChange toFit(Schema schema, JsonNode record) {
        SchemaChange change = new SchemaChange(schema);
        change.struct(schema.asStruct(), record, null);
        return change;
    }

    /** The change that adds a column of texts, empty where there is a column of that name. */
    public static SchemaChange toCollect(Schema schema, String column) {
        SchemaChange change = new SchemaChange(schema);
        if (schema.findField(column) == null) {
            change.steps.add(new Step(null, column, Types.StringType.get(), true));
        }
        return change;
    }

    /**
     * The schema of a table that is made for records like this one.
     *
     * @param required names of columns that must have a value
     */
    public static Schema newSchema(JsonNode record, List<String> required) {
        AtomicInteger ids = new AtomicInteger();
        List<Types.NestedField> columns = new ArrayList<>();
        for (Iterator<Map.Entry<String, JsonNode>> each = record.fields(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> field = each.next();
            Type type = InferredType.of(field.getValue(), ids::incrementAndGet);
            if (type != null) {
                boolean isRequired = required.contains(field.getKey());
                columns.add(
                        Types.NestedField.of(
                                ids.incrementAndGet(), !isRequired, field.getKey(), type));
            }
        }
        return new Schema(columns);
    }

    /** Whether there is nothing to change. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** How many fields, at any depth, the table would get. */
    public int newFields() {
        int fields = 0;
        for (Step step : steps) {
            if (step.isNew) {
                fields += TypeUtil.indexById(wrapped(step.type)).size();
            }
        }
        return fields;
    }

    /** Applies it to a table's pending update, which the caller commits. */
    public void applyTo(UpdateSchema update) {
        for (Step step : steps) {
            if (step.isNew) {
                update.addColumn(step.parent, step.name, step.type);
            } else {
                update.updateColumn(
                        step.parent == null ? step.name : step.parent + "." + step.name,
                        step.type.asPrimitiveType());
            }
        }
    }

    private static Types.StructType wrapped(Type type) {
        return Types.StructType.of(Types.NestedField.optional(Integer.MAX_VALUE, "column", type));
    }

    private void struct(Types.StructType type, JsonNode value, String path) {
        if (!value.isObject()) {
            return;
        }
        for (Iterator<Map.Entry<String, JsonNode>> each = value.fields(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> field = each.next();
            Types.NestedField column = type.field(field.getKey());
            if (column != null) {
                existing(column.type(), field.getValue(), path, field.getKey());
            } else {
                Type inferred = InferredType.of(field.getValue(), ids::incrementAndGet);
                if (inferred != null) {
                    steps.add(new Step(path, field.getKey(), inferred, true));
                }
            }
        }
    }

    private void existing(Type type, JsonNode value, String path, String name) {
        String own = path == null ? name : path + "." + name;
        switch (type.typeId()) {
            case STRUCT -> struct(type.asStructType(), value, own);
            case LIST -> {
                // One element at a time: what another one lacks is added when its record is read.
                for (JsonNode each : value) {
                    int before = steps.size();
                    existing(type.asListType().elementType(), each, own, "element");
                    if (steps.size() > before) {
                        return;
                    }
                }
            }
            case INTEGER -> {
                boolean fitsOnlyLong =
                        value.isIntegralNumber()
                                && value.canConvertToLong()
                                && !value.canConvertToInt();
                if (fitsOnlyLong) {
                    steps.add(new Step(path, name, Types.LongType.get(), false));
                }
            }
            default -> {
                // Other types have nothing to grow into.
            }
        }
    }
}
