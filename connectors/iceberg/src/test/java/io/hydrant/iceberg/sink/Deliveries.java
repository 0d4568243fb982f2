package io.hydrant.iceberg.sink;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerTally;
import io.hydrant.iceberg.IcebergConfig;

import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.WriteResult;
import org.apache.iceberg.types.Types;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A delivery without a job: records become rows, files and commits step by step. */
final class Deliveries {

    static final String DELIVERY = "orders";
    static final String NAME = "shop.orders";
    static final String BY_KEY =
            "[{\"DestinationDatabaseName\":\"shop\",\"DestinationTableName\":\"orders\",\"UniqueKeys\":[\"id\"]}]";
    static final TableIdentifier TABLE = TableIdentifier.of("shop", "orders");
    static final Schema SCHEMA =
            new Schema(
                    Types.NestedField.required(1, "id", Types.LongType.get()),
                    Types.NestedField.optional(2, "item", Types.StringType.get()),
                    Types.NestedField.optional(3, "count", Types.IntegerType.get()));

    private final Catalog catalog;
    private final IcebergConfig config;
    private final RowJudge judge;

    Deliveries(Catalog catalog, IcebergConfig config) {
        this.catalog = catalog;
        this.config = config;
        this.judge = new RowJudge(config, new KnownTables(catalog, config, () -> 0), () -> 0);
    }

    /** The configuration of a delivery to the one table, and these options. */
    static IcebergConfig config(String... keysAndValues) {
        Map<String, String> options = new HashMap<>();
        options.put("iceberg.catalog.type", "HADOOP");
        options.put("iceberg.catalog.warehouse", "nowhere");
        options.put(
                "iceberg.tables",
                "[{\"DestinationDatabaseName\":\"shop\",\"DestinationTableName\":\"orders\"}]");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return IcebergConfig.from(Configuration.fromMap(options), DELIVERY);
    }

    static Table create(Catalog catalog) {
        ((SupportsNamespaces) catalog).createNamespace(Namespace.of("shop"));
        return catalog.buildTable(TABLE, SCHEMA).withProperty("format-version", "2").create();
    }

    static DeliveryRecord record(String json) {
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        return DeliveryRecord.deliver(
                new Envelope("s", "shard-0", "1", 0, "k", 0, payload, 0, payload.length));
    }

    TableRow row(String json) throws Refusal {
        return judge.judge(record(json));
    }

    /** What a task would hand over for these records, all to one table. */
    List<WrittenFiles> write(String... records) throws Refusal, IOException {
        TableWriter writer = null;
        for (String record : records) {
            TableRow row = row(record);
            if (writer == null) {
                writer = new TableWriter(NAME, catalog.loadTable(TABLE), config, 0, 0);
            }
            writer.write(row);
        }
        return writer.complete();
    }

    /** The commit of these records under a mark. */
    TableCommit commit(String mark, String... records) throws Refusal, IOException {
        Table table = catalog.loadTable(TABLE);
        TreeMap<Integer, List<WriteResult>> steps = new TreeMap<>();
        LedgerTally tally = new LedgerTally();
        for (WrittenFiles each : write(records)) {
            tally.merge(each.tally());
            steps.computeIfAbsent(each.step(), step -> new ArrayList<>()).add(each.files());
        }
        List<List<byte[]>> manifests = new ArrayList<>();
        for (List<WriteResult> step : steps.values()) {
            manifests.add(StagedManifests.write(table, step));
        }
        CommitMark parsed = CommitMark.parse(mark);
        LedgerEntry entry =
                LedgerEntry.ofObject(
                        UUID.randomUUID(),
                        EntryKind.DATA,
                        new CommitAddress(NAME, parsed.own()).toString(),
                        0,
                        0,
                        tally,
                        DELIVERY,
                        "1");
        return new TableCommit(NAME, parsed, records.length, manifests, entry);
    }

    TableCommits committer() {
        return committer(RetryClock.SYSTEM);
    }

    TableCommits committer(RetryClock time) {
        return new TableCommits(
                catalog, config.commitId(), config.forkAction(), Duration.ofSeconds(30), time);
    }

    /** The table's rows as texts, sorted, read by Iceberg's own generic reader. */
    static List<String> rows(Catalog catalog) {
        return rows(catalog.loadTable(TABLE));
    }

    static List<String> rows(Table table) {
        List<String> rows = new ArrayList<>();
        try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
            for (Record record : records) {
                List<String> values = new ArrayList<>();
                table.schema()
                        .columns()
                        .forEach(
                                column ->
                                        values.add(String.valueOf(record.getField(column.name()))));
                rows.add(String.join(" ", values));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows.sort(null);
        return rows;
    }
}
