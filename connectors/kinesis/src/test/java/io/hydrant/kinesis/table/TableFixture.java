package io.hydrant.kinesis.table;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.FactoryUtil;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table of two columns, as the planner hands it to the factory. */
final class TableFixture {

    static final ResolvedSchema SCHEMA =
            ResolvedSchema.of(
                    Column.physical("id", DataTypes.BIGINT()),
                    Column.physical("name", DataTypes.STRING()));

    private static final ObjectIdentifier NAME = ObjectIdentifier.of("c", "d", "orders");

    private final Map<String, String> options =
            new HashMap<>(
                    Map.of(
                            "connector", "kinesis",
                            "stream.arn", "arn:aws:kinesis:us-east-1:012345678901:stream/orders",
                            "format", "json"));
    private List<String> partitionKeys = List.of();
    private ResolvedSchema schema = SCHEMA;

    TableFixture with(String key, String value) {
        options.put(key, value);
        return this;
    }

    TableFixture without(String key) {
        options.remove(key);
        return this;
    }

    TableFixture partitionedBy(String... columns) {
        partitionKeys = List.of(columns);
        return this;
    }

    TableFixture keyedById() {
        schema =
                new ResolvedSchema(
                        List.of(
                                Column.physical("id", DataTypes.BIGINT().notNull()),
                                Column.physical("name", DataTypes.STRING())),
                        List.of(),
                        UniqueConstraint.primaryKey("key", List.of("id")),
                        List.of());
        return this;
    }

    DynamicTableSource source() {
        return FactoryUtil.createDynamicTableSource(
                null,
                NAME,
                table(),
                Map.of(),
                new Configuration(),
                TableFixture.class.getClassLoader(),
                false);
    }

    KinesisTableSink sink() {
        DynamicTableSink sink =
                FactoryUtil.createDynamicTableSink(
                        null,
                        NAME,
                        table(),
                        Map.of(),
                        new Configuration(),
                        TableFixture.class.getClassLoader(),
                        false);
        return (KinesisTableSink) sink;
    }

    private ResolvedCatalogTable table() {
        return new ResolvedCatalogTable(
                CatalogTable.newBuilder()
                        .schema(Schema.newBuilder().fromResolvedSchema(schema).build())
                        .partitionKeys(partitionKeys)
                        .options(options)
                        .build(),
                schema);
    }
}
