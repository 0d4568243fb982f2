package io.hydrant.iceberg.sink;

import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.row.RowReader;
import io.hydrant.iceberg.row.SchemaChange;
import io.hydrant.iceberg.row.UnknownFields;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.table.data.GenericRowData;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.types.TypeUtil;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** A table as a task knows it, which may be older than it is. */
final class KnownTable {

    private static final int ATTEMPTS = 20;

    private final String name;
    private final Table table;
    private final IcebergConfig config;
    private RowReader reader;
    private int[] keyPositions;
    private int schemaId;
    private long seenNanos;

    /**
     * A table as it is now.
     *
     * @throws IllegalArgumentException if rows cannot be written to it
     */
    KnownTable(String name, Table table, IcebergConfig config, long nowNanos) {
        this.name = name;
        this.table = table;
        this.config = config;
        if (config.unknownFields() == UnknownFields.COLLECT) {
            change(() -> SchemaChange.toCollect(table.schema(), config.collectColumn()));
        }
        see(nowNanos);
    }

    int schemaId() {
        return schemaId;
    }

    RowReader reader() {
        return reader;
    }

    boolean hasKeys() {
        return keyPositions.length > 0;
    }

    boolean isOlderThanInterval(long nowNanos) {
        return nowNanos - seenNanos >= config.refreshInterval().toNanos();
    }

    /** Looks again; true where the columns are others than before. */
    boolean refresh(long nowNanos) {
        table.refresh();
        boolean differs = table.schema().schemaId() != schemaId;
        see(nowNanos);
        return differs;
    }

    /**
     * Changes the table so that a record fits; others may do the same at the same time.
     *
     * @return whether there was something to change, or somebody else had changed something
     * @throws Refusal if the table would get too many columns
     */
    boolean makeRoomFor(JsonNode record, long nowNanos) throws Refusal {
        table.refresh();
        SchemaChange wanted = SchemaChange.toFit(table.schema(), record);
        int fields = TypeUtil.indexById(table.schema().asStruct()).size();
        if (fields + wanted.newFields() > config.maxColumns()) {
            throw new Refusal(
                    "Iceberg.TooManyColumns",
                    "Table "
                            + name
                            + " has "
                            + fields
                            + " columns and would get "
                            + wanted.newFields()
                            + " more; iceberg.schema.max-columns is "
                            + config.maxColumns());
        }
        boolean changed = change(() -> SchemaChange.toFit(table.schema(), record));
        boolean differs = table.schema().schemaId() != schemaId;
        see(nowNanos);
        return changed || differs;
    }

    /** The same for all rows with these keys. */
    int hashOfKeys(GenericRowData row) {
        int hash = name.hashCode();
        for (int position : keyPositions) {
            Object value = row.getField(position);
            hash =
                    31 * hash
                            + (value instanceof byte[] bytes
                                    ? Arrays.hashCode(bytes)
                                    : Objects.hashCode(value));
        }
        return hash;
    }

    /** The first of the keys that has no value, or null. */
    String missingKey(GenericRowData row) {
        for (int position : keyPositions) {
            if (row.isNullAt(position)) {
                return table.schema().columns().get(position).name();
            }
        }
        return null;
    }

    private void see(long nowNanos) {
        schemaId = table.schema().schemaId();
        reader = new RowReader(table.schema(), config.unknownFields(), config.collectColumn());
        List<Integer> keys =
                config.hasOperations() ? TableKeys.of(table, config.target(name)) : List.of();
        keyPositions =
                keys.stream()
                        .mapToInt(
                                id ->
                                        table.schema()
                                                .columns()
                                                .indexOf(table.schema().findField(id)))
                        .toArray();
        seenNanos = nowNanos;
    }

    private boolean change(Supplier<SchemaChange> change) {
        for (int attempts = 1; ; attempts++) {
            SchemaChange wanted = change.get();
            if (wanted.isEmpty()) {
                return false;
            }
            try {
                UpdateSchema update = table.updateSchema();
                wanted.applyTo(update);
                update.commit();
                return true;
            } catch (CommitFailedException e) {
                if (attempts == ATTEMPTS) {
                    throw e;
                }
                table.refresh();
            }
        }
    }
}
