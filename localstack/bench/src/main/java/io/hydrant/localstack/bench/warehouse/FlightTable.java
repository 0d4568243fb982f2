package io.hydrant.localstack.bench.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The table that flights go to: texts and whole numbers, so that nobody has to read times. */
final class FlightTable {

    static final String DATABASE = "bench";

    private static final List<String> TEXTS =
            List.of("id", "event_time", "carrier", "tailnum", "origin", "dest", "time_hour");
    private static final List<String> NUMBERS =
            List.of(
                    "year",
                    "month",
                    "day",
                    "dep_time",
                    "sched_dep_time",
                    "dep_delay",
                    "arr_time",
                    "sched_arr_time",
                    "arr_delay",
                    "flight",
                    "air_time",
                    "distance",
                    "hour",
                    "minute");
    private static final Schema SCHEMA = schema();
    private static final ObjectMapper JSON = new ObjectMapper();

    private FlightTable() {}

    private static Schema schema() {
        List<Types.NestedField> fields = new ArrayList<>();
        for (String text : TEXTS) {
            fields.add(Types.NestedField.optional(fields.size() + 1, text, Types.StringType.get()));
        }
        for (String number : NUMBERS) {
            fields.add(
                    Types.NestedField.optional(fields.size() + 1, number, Types.IntegerType.get()));
        }
        return new Schema(fields);
    }

    /** Makes it. */
    static Table create(Catalog catalog, String name) {
        Namespace namespace = Namespace.of(DATABASE);
        if (!((SupportsNamespaces) catalog).namespaceExists(namespace)) {
            ((SupportsNamespaces) catalog).createNamespace(namespace);
        }
        return catalog.buildTable(TableIdentifier.of(namespace, name), SCHEMA)
                .withProperty("format-version", "2")
                .create();
    }

    /** Its columns as Flink has them. */
    static RowType rowType() {
        return FlinkSchemaUtil.convert(SCHEMA);
    }

    /** A flight as a row. */
    static Record row(byte[] line) throws IOException {
        JsonNode flight = JSON.readTree(line);
        Record row = GenericRecord.create(SCHEMA);
        for (Types.NestedField field : SCHEMA.columns()) {
            JsonNode value = flight.get(field.name());
            if (value != null && !value.isNull()) {
                boolean isText = field.type().typeId() == Type.TypeID.STRING;
                row.setField(field.name(), isText ? value.textValue() : value.intValue());
            }
        }
        return row;
    }
}
