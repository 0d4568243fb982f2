package io.hydrant.iceberg.row;

import io.hydrant.delivery.json.JsonScan;
import io.hydrant.delivery.json.ScanChance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Makes rows of JSON objects, by the schema of a table.
 *
 * <p>A field goes to the column of exactly its name; types must match, and no value is rounded or
 * cut to make it fit. A field that is null is one that is not there. What becomes of fields without
 * a column is {@link UnknownFields}; those within lists and maps never go to the collecting column,
 * since it could not say of which element they were.
 *
 * <p>Source: Firehose developer guide, "Considerations and limitations" of Apache Iceberg Tables
 * (names and types match exactly, fields without a column are left out). Not thread-safe.
 */
public final class RowReader {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private final UnknownFields unknownFields;
    private final StructReader root;
    private final ScanStruct scanned;
    private final JsonScan scan = new JsonScan();
    private final ScanChance chance = new ScanChance();
    private final int collectPosition;
    private ObjectNode collected;

    /**
     * A reader.
     *
     * @param schema schema of the table
     * @param unknownFields what becomes of fields without a column; to the reader, ADD is
     *     DEAD_LETTER, since only its caller can change the table
     * @param collectColumn name of the column that takes fields without one; null unless COLLECT
     * @throws IllegalArgumentException naming a column whose type cannot be written, or the column
     *     that should collect and cannot
     */
    public RowReader(Schema schema, UnknownFields unknownFields, String collectColumn) {
        this.unknownFields = unknownFields;
        this.collectPosition =
                unknownFields == UnknownFields.COLLECT
                        ? collectPosition(schema, collectColumn)
                        : -1;
        this.root = struct(schema.asStruct(), "");
        this.scanned =
                new ScanReaders(unknownFields == UnknownFields.IGNORE).struct(schema.asStruct());
    }

    /**
     * The row of a plain record, read from its bytes, which takes a fraction of what {@link #parse}
     * and {@link #read} take; null where it takes those to read the record, or to say why it does
     * not fit the table.
     */
    public GenericRowData scan(byte[] payload, int offset, int length) {
        if (!chance.isToBeTaken()) {
            return null;
        }
        GenericRowData row = scanAlways(payload, offset, length);
        chance.came(row != null);
        return row;
    }

    /** The same, whatever came of the records before. */
    GenericRowData scanAlways(byte[] payload, int offset, int length) {
        scan.over(payload, offset, length);
        GenericRowData row = scanned.scan(scan);
        boolean isWhole = scan.isAtEnd();
        scan.leave();
        return isWhole ? row : null;
    }

    /**
     * The object that a record holds.
     *
     * @throws MisfitException if it is not one JSON object
     */
    public static ObjectNode parse(byte[] payload, int offset, int length) throws MisfitException {
        try {
            JsonNode node = JSON.readTree(payload, offset, length);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new MisfitException(
                    Misfit.NO_OBJECT, "", "The record is not one JSON object: it cannot be parsed");
        } catch (IOException e) {
            throw new IllegalStateException("Reading from memory failed", e);
        }
        throw new MisfitException(Misfit.NO_OBJECT, "", "The record is not one JSON object");
    }

    /**
     * The row of a record.
     *
     * @throws MisfitException if it does not fit the table
     */
    public GenericRowData read(ObjectNode record) throws MisfitException {
        GenericRowData row = readPart(record);
        root.requireValues(row);
        return row;
    }

    /**
     * The same for a record of which only some columns count, such as one that deletes by key; the
     * others may be missing.
     *
     * @throws MisfitException if what is there does not fit the table
     */
    public GenericRowData readPart(ObjectNode record) throws MisfitException {
        collected = null;
        GenericRowData row = root.read(record);
        if (collected != null) {
            row.setField(collectPosition, StringData.fromString(collected.toString()));
        }
        return row;
    }

    private static int collectPosition(Schema schema, String column) {
        List<Types.NestedField> columns = schema.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                if (columns.get(i).type().typeId() != Type.TypeID.STRING) {
                    throw new IllegalArgumentException(
                            "column "
                                    + column
                                    + " is of the type "
                                    + columns.get(i).type()
                                    + "; one that collects fields is a string");
                }
                return i;
            }
        }
        throw new IllegalArgumentException("column " + column + " is not there");
    }

    /** A reader of an object; {@code path} is null within lists and maps. */
    private StructReader struct(Types.StructType type, String path) {
        ValueReader[] readers = new ValueReader[type.fields().size()];
        for (int i = 0; i < readers.length; i++) {
            Types.NestedField field = type.fields().get(i);
            try {
                readers[i] = reader(field.type(), path == null ? null : path + field.name() + ".");
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "column " + field.name() + ": " + e.getMessage(), e);
            }
        }
        return new StructReader(type, readers, (name, value) -> unknown(path, name, value));
    }

    private ValueReader reader(Type type, String path) {
        return switch (type.typeId()) {
            case STRUCT -> whole(struct(type.asStructType(), path));
            case LIST -> list(type.asListType());
            case MAP -> map(type.asMapType());
            default -> Scalars.of(type);
        };
    }

    private static ValueReader whole(StructReader struct) {
        return value -> {
            GenericRowData row = struct.read(value);
            struct.requireValues(row);
            return row;
        };
    }

    private ValueReader list(Types.ListType type) {
        ValueReader element = reader(type.elementType(), null);
        boolean isRequired = type.isElementRequired();
        return value -> {
            if (!value.isArray()) {
                throw Scalars.mismatch(value, "an array");
            }
            Object[] elements = new Object[value.size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = element(element, value.get(i), isRequired, String.valueOf(i));
            }
            return new GenericArrayData(elements);
        };
    }

    private ValueReader map(Types.MapType type) {
        if (type.keyType().typeId() != Type.TypeID.STRING) {
            throw new IllegalArgumentException(
                    "maps have texts as keys in JSON, and the type " + type + " has others");
        }
        ValueReader element = reader(type.valueType(), null);
        boolean isRequired = type.isValueRequired();
        return value -> {
            if (!value.isObject()) {
                throw Scalars.mismatch(value, "an object");
            }
            Map<StringData, Object> entries = new HashMap<>();
            for (Iterator<Map.Entry<String, JsonNode>> each = value.fields(); each.hasNext(); ) {
                Map.Entry<String, JsonNode> entry = each.next();
                entries.put(
                        StringData.fromString(entry.getKey()),
                        element(element, entry.getValue(), isRequired, entry.getKey()));
            }
            return new GenericMapData(entries);
        };
    }

    private static Object element(
            ValueReader reader, JsonNode value, boolean isRequired, String name)
            throws MisfitException {
        if (value.isNull()) {
            if (isRequired) {
                throw MisfitException.mismatch("is null, and must have a value").within(name);
            }
            return null;
        }
        try {
            return reader.read(value);
        } catch (MisfitException e) {
            throw e.within(name);
        }
    }

    private void unknown(String path, String name, JsonNode value) throws MisfitException {
        if (unknownFields == UnknownFields.IGNORE) {
            return;
        }
        if (unknownFields == UnknownFields.COLLECT && path != null) {
            if (collected == null) {
                collected = JSON.createObjectNode();
            }
            collected.set(path + name, value);
            return;
        }
        throw new MisfitException(Misfit.UNKNOWN_FIELD, name, "has no column in the table");
    }
}
