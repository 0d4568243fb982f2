package io.hydrant.kinesis.table;

import io.hydrant.kinesis.LocalTable;
import io.hydrant.localstack.harness.dynamodb.DynamoDbLocal;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tables of changes in SQL, on AWS' own double of DynamoDB. */
@Timeout(180)
class DynamoDbStreamsTableITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static DynamoDbLocal dynamo;

    private final StreamTableEnvironment tables =
            StreamTableEnvironment.create(
                    StreamExecutionEnvironment.getExecutionEnvironment(
                            Configuration.fromMap(
                                    Map.of(
                                            "parallelism.default", "1",
                                            "restart-strategy.type", "none",
                                            "table.local-time-zone", "UTC"))));
    private LocalTable table;

    @BeforeAll
    static void startDynamo() throws Exception {
        dynamo = DynamoDbLocal.start();
    }

    @AfterAll
    static void stopDynamo() {
        dynamo.close();
    }

    @Test
    void showsEveryChangeAsRows() throws Exception {
        create(
                "id STRING, city STRING, price DECIMAL(6, 2), tags ARRAY<STRING>",
                "NEW_AND_OLD_IMAGES");
        table.put("a", "'city':{'S':'Ulm'},'price':{'N':'12.5'},'tags':{'SS':['y','x']}");
        table.put("a", "'city':{'S':'Bonn'},'extra':{'B':'aGk='}");
        table.delete("a");
        table.put("b", "");

        assertThat(rows(5, "SELECT * FROM orders"))
                .containsExactly(
                        "+I[a, Ulm, 12.50, [x, y]]",
                        "-U[a, Ulm, 12.50, [x, y]]",
                        "+U[a, Bonn, null, null]",
                        "-D[a, Bonn, null, null]",
                        "+I[b, null, null, null]");
    }

    @Test
    void keepsAggregatesTrueToTheTable() throws Exception {
        create(
                "id STRING, city STRING, price INT",
                "NEW_AND_OLD_IMAGES",
                "'source.end.position' = 'NOW'");
        for (int i = 0; i < 20; i++) {
            table.put("o" + i, "'city':{'S':'Ulm'},'price':{'N':'10'}");
        }
        for (int i = 0; i < 8; i++) {
            table.put("o" + i, "'city':{'S':'Bonn'},'price':{'N':'1'}");
        }
        for (int i = 6; i < 10; i++) {
            table.delete("o" + i);
        }

        assertThat(finalRows("SELECT city, COUNT(*), SUM(price) FROM orders GROUP BY city"))
                .containsExactlyInAnyOrder("Ulm, 10, 100", "Bonn, 6, 6");
    }

    @Test
    void upsertsByKeyWhereTheStreamHasNewImagesOnly() throws Exception {
        create(
                "id STRING NOT NULL, price INT NOT NULL, PRIMARY KEY (id) NOT ENFORCED",
                "NEW_IMAGE",
                "'dynamodb-stream-json.view-type' = 'NEW_IMAGE'",
                "'source.end.position' = 'NOW'");
        table.put("a", "'price':{'N':'1'}");
        table.put("b", "'price':{'N':'2'}");
        table.put("a", "'price':{'N':'3'}");
        table.delete("b");
        table.put("c", "'price':{'N':'4'}");

        assertThat(finalRows("SELECT id, price FROM orders"))
                .containsExactlyInAnyOrder("a, 3", "c, 4");
    }

    @Test
    void showsMetadata() throws Exception {
        create(
                "price INT, k STRING METADATA FROM 'keys' VIRTUAL, t STRING METADATA FROM 'table' VIRTUAL,"
                        + " changed TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,"
                        + " s STRING METADATA FROM 'shard-id' VIRTUAL,"
                        + " n STRING METADATA FROM 'sequence-number' VIRTUAL",
                "NEW_AND_OLD_IMAGES");
        table.put("a", "'price':{'N':'1'}");

        assertThat(
                        rows(
                                1,
                                "SELECT k, t, changed > TIMESTAMP '2026-01-01 00:00:00', s LIKE 'shardId-%', CHAR_LENGTH(n)"
                                        + " FROM orders"))
                .containsExactly(
                        "+I[{\"id\":{\"S\":\"a\"}}, %s, true, true, 21]"
                                .formatted(table.arn().stream()));
    }

    @Test
    void showsTheRecordsOfAStreamThatHoldsKeysOnly() throws Exception {
        create(
                "eventName STRING, dynamodb ROW<Keys MAP<STRING, MAP<STRING, STRING>>>",
                "KEYS_ONLY",
                "'format' = 'json'");
        table.put("a", "'price':{'N':'1'}");
        table.delete("a");

        assertThat(rows(2, "SELECT eventName, dynamodb.Keys['id']['S'] FROM orders"))
                .containsExactly("+I[INSERT, a]", "+I[REMOVE, a]");
    }

    @Test
    void namesTheRecordAndTheColumnThatDoNotFit() throws Exception {
        create("id STRING, price INT", "NEW_AND_OLD_IMAGES");
        table.put("a", "'price':{'S':'cheap'},'secret':{'S':'4711'}");

        assertThatThrownBy(() -> rows(1, "SELECT * FROM orders"))
                .rootCause()
                .hasMessageMatching(
                        "(?s)Record \\d{21} of shard shardId-\\S+ of stream "
                                + table.arn().stream()
                                + ".*")
                .hasMessageContaining("column 'price' is INT, but the item has S 'cheap'")
                .hasMessageContaining("'dynamodb-stream-json.value-mismatch' = 'NULL'")
                .hasMessageNotContaining("4711");
    }

    private void create(String columns, String view, String... options) throws Exception {
        table = LocalTable.create(dynamo.endpoint(), "t-" + UUID.randomUUID(), view);
        tables.executeSql(
                """
                CREATE TABLE orders (%s) WITH (
                  'connector' = 'dynamodb-streams', 'stream.arn' = '%s',
                  'source.init.position' = 'TRIM_HORIZON',
                  'aws.endpoint' = '%s', 'aws.region' = 'us-east-1',
                  'aws.credentials.provider' = 'BASIC', 'aws.credentials.basic.accesskeyid' = 'test',
                  'aws.credentials.basic.secretkey' = 'test'%s)
                """
                        .formatted(
                                columns,
                                table.arn(),
                                dynamo.endpoint(),
                                options.length == 0 ? "" : ", " + String.join(", ", options)));
    }

    /** The first rows of a query that does not end by itself. */
    private List<String> rows(int count, String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> found = tables.executeSql(query).collect()) {
            while (rows.size() < count) {
                rows.add(found.next().toString());
            }
        }
        return rows;
    }

    /** What is left of the rows of a query that ends when all changes are applied. */
    private List<String> finalRows(String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> found = tables.executeSql(query).collect()) {
            while (found.hasNext()) {
                Row row = found.next();
                String change = row.toString();
                String values = change.substring(3, change.length() - 1);
                switch (row.getKind()) {
                    case INSERT, UPDATE_AFTER -> rows.add(values);
                    default -> assertThat(rows.remove(values)).as(change).isTrue();
                }
            }
        }
        return rows;
    }
}
