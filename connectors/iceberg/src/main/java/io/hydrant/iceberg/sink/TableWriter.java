package io.hydrant.iceberg.sink;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.ledger.LedgerTally;
import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.row.MisfitException;
import io.hydrant.iceberg.row.RowReader;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.RowDataWrapper;
import org.apache.iceberg.flink.sink.FlinkAppenderFactory;
import org.apache.iceberg.io.BaseTaskWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.WriteResult;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.util.PropertyUtil;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Writes the rows of one table between two commits. When the table's schema changes, or it
 * remembers too many keys, it begins new files in another step: what a step deletes is in the steps
 * before it, so they are committed in their order.
 */
final class TableWriter {

    private final String name;
    private final Table table;
    private final IcebergConfig config;
    private final int subtask;
    private final int attempt;
    private final List<WriteResult> steps = new ArrayList<>();
    private final List<Long> stepRows = new ArrayList<>();
    private final List<LedgerTally> stepTallies = new ArrayList<>();

    private RowReader reader;
    private List<Integer> keys;
    private BaseTaskWriter<RowData> writer;
    private int schemaId;
    private long rows;
    private LedgerTally tally = new LedgerTally();

    TableWriter(String name, Table table, IcebergConfig config, int subtask, int attempt) {
        this.name = name;
        this.table = table;
        this.config = config;
        this.subtask = subtask;
        this.attempt = attempt;
        useSchema();
    }

    void write(TableRow row) throws IOException {
        if (row.schemaId() != schemaId && !table.schemas().containsKey(row.schemaId())) {
            table.refresh();
            if (table.schema().schemaId() != schemaId) {
                endStep();
                useSchema();
            }
        }
        boolean isOwn = row.row() != null && row.schemaId() == schemaId;
        RowData data = isOwn ? row.row() : read(row);
        data.setRowKind(row.kind());
        if (writer == null) {
            writer = open(row.kind());
        }
        writer.write(data);
        rows++;
        tally.add(row.record(), row.part());
        if (writer instanceof DeltaRowWriter delta
                && (rows >= config.maxKeysInMemory()
                        || delta.openPartitions() > config.maxOpenFiles())) {
            endStep();
        }
    }

    /** Ends what is open and gives the files away, step by step. */
    List<WrittenFiles> complete() throws IOException {
        endStep();
        List<WrittenFiles> files = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            files.add(new WrittenFiles(name, i, stepRows.get(i), steps.get(i), stepTallies.get(i)));
        }
        steps.clear();
        stepRows.clear();
        stepTallies.clear();
        return files;
    }

    /** Removes what is open; what is in steps is left to whoever removes orphan files. */
    void abort() throws IOException {
        if (writer != null) {
            writer.abort();
            writer = null;
        }
    }

    private void endStep() throws IOException {
        if (writer != null) {
            steps.add(writer.complete());
            stepRows.add(rows);
            stepTallies.add(tally);
            writer = null;
            rows = 0;
            tally = new LedgerTally();
        }
    }

    private void useSchema() {
        schemaId = table.schema().schemaId();
        reader = new RowReader(table.schema(), config.unknownFields(), config.collectColumn());
        keys = config.hasOperations() ? TableKeys.of(table, config.target(name)) : List.of();
    }

    private GenericRowData read(TableRow row) throws IOException {
        Envelope record = row.record();
        if (row.kind() != RowKind.DELETE) {
            GenericRowData scanned =
                    reader.scan(
                            record.payloadArray(), record.payloadOffset(), record.payloadLength());
            if (scanned != null) {
                return scanned;
            }
        }
        try {
            ObjectNode object =
                    RowReader.parse(
                            record.payloadArray(), record.payloadOffset(), record.payloadLength());
            return row.kind() == RowKind.DELETE ? reader.readPart(object) : reader.read(object);
        } catch (MisfitException e) {
            // It was judged by another schema; the job's next attempt judges it by this one.
            throw new IOException(
                    "The schema of table "
                            + name
                            + " changed while a record was on its way, which does not fit it any more: "
                            + e.getMessage(),
                    e);
        }
    }

    private BaseTaskWriter<RowData> open(RowKind kind) {
        Schema schema = table.schema();
        PartitionSpec spec = table.spec();
        RowType rowType = FlinkSchemaUtil.convert(schema);
        FileFormat format =
                FileFormat.fromString(
                        table.properties()
                                .getOrDefault(
                                        TableProperties.DEFAULT_FILE_FORMAT,
                                        TableProperties.DEFAULT_FILE_FORMAT_DEFAULT));
        long targetSize =
                PropertyUtil.propertyAsLong(
                        table.properties(),
                        TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                        TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
        OutputFileFactory files =
                OutputFileFactory.builderFor(table, subtask, attempt).format(format).build();
        RowDataWrapper wrapper = new RowDataWrapper(rowType, schema.asStruct());
        if (kind == RowKind.INSERT) {
            FlinkAppenderFactory appenders =
                    new FlinkAppenderFactory(
                            table, schema, rowType, table.properties(), spec, null, null, null);
            return new AppendRowWriter(
                    table, format, appenders, files, targetSize, wrapper, config.maxOpenFiles());
        }
        Schema keySchema = TypeUtil.select(schema, new HashSet<>(keys));
        List<EarlierPartitionDeletes> earlier = new ArrayList<>();
        for (PartitionSpec each : TableKeys.earlierSpecs(table, keys)) {
            earlier.add(
                    new EarlierPartitionDeletes(
                            table,
                            each,
                            format,
                            deletingAppenders(rowType, each, keySchema),
                            files));
        }
        return new DeltaRowWriter(
                table,
                keySchema,
                rowType,
                format,
                deletingAppenders(rowType, spec, keySchema),
                files,
                targetSize,
                wrapper,
                earlier);
    }

    private FlinkAppenderFactory deletingAppenders(
            RowType rowType, PartitionSpec spec, Schema keySchema) {
        return new FlinkAppenderFactory(
                table,
                table.schema(),
                rowType,
                table.properties(),
                spec,
                keys.stream().mapToInt(Integer::intValue).toArray(),
                keySchema,
                null);
    }
}
