package io.hydrant.iceberg.sink;

import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Files of a table on disk, read by DuckDB, which shares no code with Iceberg's writers. */
class IndependentReaderTest {

    private static final Schema SCHEMA =
            new Schema(
                    Types.NestedField.required(1, "id", Types.LongType.get()),
                    Types.NestedField.optional(2, "item", Types.StringType.get()),
                    Types.NestedField.optional(3, "price", Types.DecimalType.of(9, 2)),
                    Types.NestedField.optional(4, "at", Types.TimestampType.withoutZone()),
                    Types.NestedField.optional(5, "on", Types.DateType.get()),
                    Types.NestedField.optional(6, "time", Types.TimeType.get()),
                    Types.NestedField.optional(
                            7, "tags", Types.ListType.ofOptional(8, Types.StringType.get())));

    @TempDir private Path warehouse;

    @Test
    void valuesAreThoseOfTheRecords() throws Exception {
        try (HadoopCatalog catalog =
                new HadoopCatalog(new Configuration(), warehouse.toUri().toString())) {
            catalog.createNamespace(Namespace.of("shop"));
            catalog.buildTable(Deliveries.TABLE, SCHEMA)
                    .withProperty("format-version", "2")
                    .create();
            Deliveries delivery = new Deliveries(catalog, Deliveries.config());
            for (int checkpoint = 1; checkpoint <= 3; checkpoint++) {
                delivery.committer()
                        .commit(List.of(delivery.commit("a@" + checkpoint, records(checkpoint))));
            }

            assertThat(query(catalog.loadTable(Deliveries.TABLE), "count(*), sum(id)"))
                    .isEqualTo("300 75150");
            assertThat(
                            query(
                                    catalog.loadTable(Deliveries.TABLE),
                                    "id, item, price, \"at\", \"on\", \"time\", tags",
                                    "WHERE id = 207"))
                    .isEqualTo(
                            "207 item 7 107.25 2026-01-27 13:05:59.123456 2026-01-27 13:05:59.123 [a, NULL]");
        }
    }

    private static String[] records(int checkpoint) {
        String[] records = new String[100];
        for (int i = 0; i < records.length; i++) {
            records[i] =
                    """
                    {"id": %d, "item": "item %d", "price": %d.25, "at": "2026-01-27T13:05:59.123456",
                     "on": "2026-01-27", "time": "13:05:59.123", "tags": ["a", null]}
                    """
                            .formatted(checkpoint * 100 + 1 + i, i + 1, 100 + i + 1);
        }
        return records;
    }

    private static String query(Table table, String columns, String... filter) throws Exception {
        List<String> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            tasks.forEach(
                    task -> files.add(Path.of(URI.create(task.file().location())).toString()));
        }
        String from = files.stream().collect(Collectors.joining("','", "['", "']"));
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT concat_ws(' ', "
                                        + columns
                                        + ") FROM read_parquet("
                                        + from
                                        + ") "
                                        + String.join(" ", filter))) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
