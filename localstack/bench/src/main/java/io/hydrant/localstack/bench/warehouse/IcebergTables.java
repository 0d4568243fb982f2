package io.hydrant.localstack.bench.warehouse;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;
import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.catalog.CatalogConnection;
import io.hydrant.iceberg.sink.IcebergDelivery;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Tables of Iceberg in a folder. */
final class IcebergTables implements CommitTarget {

    private final Path work;
    private final CatalogConnection connection;
    private final Catalog catalog;
    private final Map<String, Table> tables = new HashMap<>();

    IcebergTables(Path work) {
        this.work = work;
        this.connection = new CatalogConnection(config("any").catalog());
        this.catalog = connection.loadCatalog();
    }

    CatalogConnection connection() {
        return connection;
    }

    Catalog catalog() {
        return catalog;
    }

    @Override
    public void create(String table) {
        FlightTable.create(catalog, table);
    }

    @Override
    public void deliver(DataStream<Envelope> flights, String table) {
        DataStream<DeliveryRecord> records =
                flights.map(DeliveryRecord::deliver)
                        .returns(DeliveryRecordTypeInformation.INSTANCE);
        IcebergDelivery.of(config(table), "bench").addTo(records).sinkTo(new DiscardingSink<>());
    }

    @Override
    public long rows(String table) {
        return total(table, "total-records");
    }

    @Override
    public Loads loads(String table) {
        long commits = 0;
        for (Snapshot ignored : refreshed(table).snapshots()) {
            commits++;
        }
        return new Loads(total(table, "total-data-files"), commits);
    }

    private long total(String table, String name) {
        Snapshot current = refreshed(table).currentSnapshot();
        return current == null ? 0 : Long.parseLong(current.summary().get(name));
    }

    private Table refreshed(String name) {
        Table table =
                tables.computeIfAbsent(
                        name,
                        key -> catalog.loadTable(TableIdentifier.of(FlightTable.DATABASE, key)));
        table.refresh();
        return table;
    }

    private IcebergConfig config(String table) {
        return IcebergConfig.from(
                Configuration.fromMap(
                        Map.of(
                                "iceberg.catalog.type",
                                "HADOOP",
                                "iceberg.catalog.warehouse",
                                work.resolve("warehouse").toUri().toString(),
                                "iceberg.tables",
                                "[{\"DestinationDatabaseName\":\""
                                        + FlightTable.DATABASE
                                        + "\",\"DestinationTableName\":\""
                                        + table
                                        + "\"}]")),
                "bench");
    }

    @Override
    public void close() throws IOException {
        if (catalog instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
