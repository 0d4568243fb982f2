package io.hydrant.kinesis.change;

import io.hydrant.kinesis.dynamodb.WireJson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the rows of a record of a change: of an INSERT {@code +I}, of a MODIFY {@code -U} with the
 * item before and {@code +U} with the item after, of a REMOVE {@code -D} with the item before.
 * Where only new images are read, a MODIFY is {@code +U}, and a REMOVE {@code -D} with the key
 * alone.
 *
 * <p>Source: DynamoDB Streams API reference, {@code Record} and {@code StreamRecord}.
 */
final class ChangeRowDecoder implements DeserializationSchema<RowData> {

    private static final long serialVersionUID = 1L;

    private final StreamViewType view;
    private final ValueMismatch mismatch;
    private final List<String> key;
    private final RowType type;
    private final TypeInformation<RowData> typeInfo;
    private transient RowConverter items;

    ChangeRowDecoder(
            StreamViewType view,
            ValueMismatch mismatch,
            List<String> key,
            RowType type,
            TypeInformation<RowData> typeInfo) {
        this.view = view;
        this.mismatch = mismatch;
        this.key = List.copyOf(key);
        this.type = type;
        this.typeInfo = typeInfo;
    }

    RowType rowType() {
        return type;
    }

    @Override
    public void open(InitializationContext context) {
        items =
                AttributeConverters.ofItem(
                        type,
                        new Mismatches(
                                mismatch, context.getMetricGroup().counter("mismatchedValues")));
    }

    @Override
    public RowData deserialize(byte[] message) {
        throw new UnsupportedOperationException("A change may be two rows; give a collector");
    }

    @Override
    public void deserialize(byte[] message, Collector<RowData> out) throws IOException {
        Change change = new Change();
        try (JsonParser in = WireJson.FACTORY.createParser(message)) {
            AttributeConverter.require(in.nextToken(), JsonToken.START_OBJECT);
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                JsonToken value = in.nextToken();
                if (name.equals("dynamodb") && value == JsonToken.START_OBJECT) {
                    readImages(in, change);
                } else if (name.equals("eventName")) {
                    change.event = in.getValueAsString();
                } else {
                    in.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            throw new IOException("not the JSON of DynamoDB: " + e.getOriginalMessage(), e);
        }
        emit(change, out);
    }

    private void readImages(JsonParser in, Change change) throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            boolean isObject = in.nextToken() == JsonToken.START_OBJECT;
            if (isObject && name.equals("NewImage")) {
                change.after = items.attributes(in);
            } else if (isObject && name.equals("OldImage") && view != StreamViewType.NEW_IMAGE) {
                change.before = items.attributes(in);
            } else if (isObject && name.equals("Keys")) {
                change.key = readKey(in);
            } else {
                in.skipChildren();
            }
        }
    }

    /** Reads the key and holds it against the one that the table declares. */
    private GenericRowData readKey(JsonParser in) throws IOException {
        List<String> names = new ArrayList<>(2);
        GenericRowData row = items.key(in, names);
        if (!key.isEmpty() && !(names.size() == key.size() && names.containsAll(key))) {
            throw new MismatchException(
                    "the table's PRIMARY KEY is "
                            + key
                            + ", but the key attributes of the items are "
                            + names
                            + "; declare the same ones");
        }
        return row;
    }

    private void emit(Change change, Collector<RowData> out) throws IOException {
        if (change.event == null) {
            throw new IOException("not a record of a DynamoDB stream: it has no eventName");
        }
        boolean whole = view != StreamViewType.NEW_IMAGE;
        switch (change.event) {
            case "INSERT" -> collect(RowKind.INSERT, change.after, "NewImage", out);
            case "MODIFY" -> {
                if (whole) {
                    require(change.after, "NewImage");
                    collect(RowKind.UPDATE_BEFORE, change.before, "OldImage", out);
                }
                collect(RowKind.UPDATE_AFTER, change.after, "NewImage", out);
            }
            case "REMOVE" -> {
                if (whole) {
                    collect(RowKind.DELETE, change.before, "OldImage", out);
                } else {
                    collect(RowKind.DELETE, change.key, "Keys", out);
                }
            }
            default ->
                    throw new IOException(
                            "not a record of a DynamoDB stream: its eventName is none of INSERT,"
                                    + " MODIFY and REMOVE");
        }
    }

    private void collect(RowKind kind, GenericRowData row, String image, Collector<RowData> out) {
        require(row, image);
        row.setRowKind(kind);
        out.collect(row);
    }

    private void require(GenericRowData row, String image) {
        if (row == null) {
            throw new MismatchException(
                    "the record has no "
                            + image
                            + ", which view-type "
                            + view
                            + " needs; "
                            + (image.equals("OldImage")
                                    ? "set 'dynamodb-stream-json.view-type' = 'NEW_IMAGE' if the table's stream has"
                                            + " new images, or enable it with NEW_AND_OLD_IMAGES"
                                    : "enable the table's stream with NEW_AND_OLD_IMAGES or NEW_IMAGE"));
        }
    }

    @Override
    public boolean isEndOfStream(RowData nextElement) {
        return false;
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return typeInfo;
    }

    /** What was read of a record. */
    private static final class Change {
        private String event;
        private GenericRowData key;
        private GenericRowData before;
        private GenericRowData after;
    }
}
