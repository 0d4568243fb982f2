package io.hydrant.kinesis.table;

import io.hydrant.localstack.fakes.kinesis.FakeKinesis;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tables in SQL, on a strict Kinesis in memory. */
@Timeout(180)
class KinesisTableITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final AtomicInteger STREAMS = new AtomicInteger();
    private static FakeKinesis kinesis;

    private final StreamTableEnvironment tables = environment();
    private final SqlStream stream =
            SqlStream.create(kinesis.endpoint(), "orders-" + STREAMS.incrementAndGet(), 2);

    @BeforeAll
    static void startKinesis() throws Exception {
        kinesis = FakeKinesis.start();
    }

    @AfterAll
    static void stopKinesis() {
        kinesis.close();
    }

    /** The first example of the official page, with the stream's ARN and endpoint put in. */
    @Test
    void runsTheExampleOfTheOfficialConnector() throws Exception {
        tables.executeSql(
                """
                CREATE TABLE KinesisTable (
                  `user_id` BIGINT,
                  `item_id` BIGINT,
                  `category_id` BIGINT,
                  `behavior` STRING,
                  `ts` TIMESTAMP(3)
                )
                PARTITIONED BY (user_id, item_id)
                WITH (
                  'connector' = 'kinesis',
                  'stream.arn' = '%s',
                  'aws.region' = 'us-east-1',
                  'source.init.position' = 'LATEST',
                  'format' = 'csv',
                  %s
                )
                """
                        .formatted(stream.arn(), stream.access()));
        insert(
                "INSERT INTO KinesisTable VALUES"
                        + " (1, 2, 3, 'buy', TIMESTAMP '2026-11-21 12:00:00'),"
                        + " (4, 5, 6, 'sell', TIMESTAMP '2026-11-21 13:00:00')");

        assertThat(
                        rows(
                                2,
                                "SELECT user_id, behavior, ts FROM KinesisTable"
                                        + " /*+ OPTIONS('source.init.position'='TRIM_HORIZON') */"))
                .containsExactlyInAnyOrder(
                        "+I[1, buy, 2026-11-21T12:00]", "+I[4, sell, 2026-11-21T13:00]");
        assertThat(stream.partitionKeys()).containsExactlyInAnyOrder("1|2", "4|5");
    }

    /** The second example of the official page, of release 4, with a position that has records. */
    @Test
    void writesByTheNameOfAStreamAndReadsTheMetadataColumnsOfTheOfficialConnector()
            throws Exception {
        tables.executeSql(
                """
                CREATE TABLE KinesisTable (
                  `user_id` BIGINT,
                  `item_id` BIGINT,
                  `category_id` BIGINT,
                  `behavior` STRING,
                  `ts` TIMESTAMP(3),
                  `arrival_time` TIMESTAMP(3) METADATA FROM 'timestamp' VIRTUAL,
                  `shard_id` VARCHAR(128) NOT NULL METADATA FROM 'shard-id' VIRTUAL,
                  `sequence_number` VARCHAR(128) NOT NULL METADATA FROM 'sequence-number' VIRTUAL
                )
                PARTITIONED BY (user_id, item_id)
                WITH (
                  'connector' = 'kinesis-legacy',
                  'stream' = '%s',
                  'aws.region' = 'us-east-1',
                  'scan.stream.initpos' = 'TRIM_HORIZON',
                  'format' = 'csv',
                  %s
                )
                """
                        .formatted(stream.name(), stream.access()));
        insert("INSERT INTO KinesisTable VALUES (1, 2, 3, 'buy', TIMESTAMP '2026-11-21 12:00:00')");

        assertThat(stream.partitionKeys()).containsExactly("1|2");
        assertThat(
                        rows(
                                1,
                                "SELECT behavior, arrival_time > TIMESTAMP '2026-01-01 00:00:00',"
                                        + " shard_id, sequence_number FROM KinesisTable"))
                .containsExactly(
                        "+I[buy, true, %s, %s]"
                                .formatted(
                                        stream.records().get(0).shardId(),
                                        stream.records().get(0).sequenceNumber()));
    }

    @Test
    void saysThatNoStreamToWriteToHasTheName() {
        tables.executeSql(
                "CREATE TABLE nowhere (id BIGINT) WITH ('connector' = 'kinesis', 'stream' = 'nowhere',"
                        + " 'aws.region' = 'us-east-1', 'format' = 'json', "
                        + stream.access()
                        + ")");

        assertThatThrownBy(() -> insert("INSERT INTO nowhere VALUES (1)"))
                .hasStackTraceContaining(
                        "DescribeStreamSummary for stream nowhere failed: ResourceNotFoundException")
                .hasStackTraceContaining("create the stream before the job");
    }

    @Test
    void showsWhatIdentifiesAUserRecordOfAnAggregate() throws Exception {
        tables.executeSql(
                """
                CREATE TABLE orders (
                  id BIGINT,
                  city STRING,
                  origin STRING METADATA FROM 'stream' VIRTUAL,
                  shard STRING METADATA FROM 'shard-id' VIRTUAL,
                  seq STRING METADATA FROM 'sequence-number' VIRTUAL,
                  sub BIGINT METADATA FROM 'sub-sequence-number' VIRTUAL,
                  pk STRING METADATA FROM 'partition-key' VIRTUAL,
                  arrived TIMESTAMP_LTZ(3) METADATA FROM 'arrival-timestamp' VIRTUAL,
                  arrived_too TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL
                ) PARTITIONED BY (city) WITH (%s, 'format' = 'json',
                  'sink.aggregation.enabled' = 'true')
                """
                        .formatted(stream.options()));
        insert("INSERT INTO orders VALUES (1, 'Bonn'), (2, 'Bonn'), (3, 'Bonn')");

        SqlStream.Put aggregate = stream.records().get(0);
        assertThat(stream.records()).hasSize(1);
        assertThat(
                        rows(
                                3,
                                "SELECT id, origin, shard, seq, sub, pk, arrived = arrived_too"
                                        + " FROM orders"))
                .containsExactly(
                        "+I[1, %s, %s, %s, 0, Bonn, true]"
                                .formatted(
                                        stream.name(),
                                        aggregate.shardId(),
                                        aggregate.sequenceNumber()),
                        "+I[2, %s, %s, %s, 1, Bonn, true]"
                                .formatted(
                                        stream.name(),
                                        aggregate.shardId(),
                                        aggregate.sequenceNumber()),
                        "+I[3, %s, %s, %s, 2, Bonn, true]"
                                .formatted(
                                        stream.name(),
                                        aggregate.shardId(),
                                        aggregate.sequenceNumber()));
    }

    @Test
    void readsSeveralStreamsAsOneTable() throws Exception {
        SqlStream other =
                SqlStream.create(kinesis.endpoint(), "orders-" + STREAMS.incrementAndGet(), 1);
        create(
                "id BIGINT, origin STRING METADATA FROM 'stream' VIRTUAL",
                "json",
                "'stream' = '%s'".formatted(other.name()),
                "'source.end.position' = 'NOW'",
                "'aws.region' = 'us-east-1'");
        stream.put("k", "{\"id\": 1}");
        other.put("k", "{\"id\": 2}");

        assertThat(allRows(tables, "SELECT id, origin FROM orders"))
                .containsExactlyInAnyOrder(
                        "+I[1, " + stream.name() + "]", "+I[2, " + other.name() + "]");
    }

    @Test
    void readsWhatItWroteInAvro() throws Exception {
        create("id BIGINT, who ROW<name STRING, age INT>", "avro");
        insert("INSERT INTO orders VALUES (1, ROW('Ada', 36)), (2, ROW('Bob', 7))");

        assertThat(rows(2, "SELECT who.name, id FROM orders"))
                .containsExactlyInAnyOrder("+I[Ada, 1]", "+I[Bob, 2]");
    }

    @Test
    void readsARawTextBesideItsMetadata() throws Exception {
        create("line STRING, shard STRING METADATA FROM 'shard-id' VIRTUAL", "raw");
        stream.put("key", "not json at all");

        assertThat(rows(1, "SELECT shard FROM orders")).containsExactly("+I[" + shard() + "]");
        assertThat(rows(1, "SELECT line FROM orders")).containsExactly("+I[not json at all]");
        assertThat(rows(1, "SELECT shard, line FROM orders"))
                .containsExactly("+I[" + shard() + ", not json at all]");
    }

    @Test
    void readsAChangelog() throws Exception {
        create("id BIGINT, name STRING", "debezium-json");
        stream.put("k", "{\"before\":null,\"after\":{\"id\":1,\"name\":\"a\"},\"op\":\"c\"}");
        stream.put(
                "k",
                "{\"before\":{\"id\":1,\"name\":\"a\"},\"after\":{\"id\":1,\"name\":\"b\"},\"op\":\"u\"}");
        stream.put("k", "{\"before\":{\"id\":1,\"name\":\"b\"},\"after\":null,\"op\":\"d\"}");

        assertThat(rows(4, "SELECT name, id FROM orders"))
                .containsExactly("+I[a, 1]", "-U[a, 1]", "+U[b, 1]", "-D[b, 1]");
    }

    @Test
    void readsNoMoreOfARecordThanTheQueryAsksFor() throws Exception {
        create("id BIGINT, who ROW<name STRING, age INT>", "json");
        stream.put("k", "{\"id\": 1, \"who\": {\"name\": \"Ada\", \"age\": \"not a number\"}}");

        assertThat(tables.explainSql("SELECT who.name FROM orders")).contains("project=[who_name]");
        assertThat(rows(1, "SELECT who.name FROM orders")).containsExactly("+I[Ada]");
        assertThat(rows(1, "SELECT COUNT(*) FROM orders")).containsExactly("+I[1]");
    }

    @Test
    void holdsNoRowBackBehindAShardThatIsAhead() throws Exception {
        create(
                "id BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts",
                "json",
                "'source.reader.threads' = '1'",
                "'scan.watermark.emit.strategy' = 'on-event'");
        for (int second = 0; second < 40; second++) {
            for (String shard : stream.shardIds()) {
                stream.putTo(
                        shard,
                        "{\"id\":%d,\"ts\":\"2026-11-21 12:00:%02d\"}".formatted(second, second));
            }
        }

        String windows =
                "SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts),"
                        + " INTERVAL '10' SECOND)) GROUP BY window_start, window_end";
        assertThat(tables.explainSql(windows)).contains("watermark=[");
        assertThat(rows(3, windows))
                .containsExactly(
                        "+I[2026-11-21T12:00, 20]",
                        "+I[2026-11-21T12:00:10, 20]",
                        "+I[2026-11-21T12:00:20, 20]");
    }

    @Test
    void waitsForNoShardThatIsSilent() throws Exception {
        create(
                "id BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts",
                "json",
                "'scan.shard.idle.interval' = '500'");
        for (int second = 0; second < 20; second++) {
            stream.putTo(
                    stream.shardIds().get(0),
                    "{\"id\":%d,\"ts\":\"2026-11-21 12:00:%02d\"}".formatted(second, second));
        }

        assertThat(
                        rows(
                                1,
                                "SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE orders,"
                                        + " DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY"
                                        + " window_start, window_end"))
                .containsExactly("+I[2026-11-21T12:00, 10]");
    }

    @Test
    void endsWhenTheQueryHasRowsEnough() throws Exception {
        create("id BIGINT", "json", "'scan.parallelism' = '1'");
        for (int id = 0; id < 20; id++) {
            stream.put("k" + id, "{\"id\": " + id + "}");
        }

        assertThat(tables.explainSql("SELECT * FROM orders LIMIT 5")).contains("limit=[5]");
        assertThat(allRows(tables, "SELECT * FROM orders LIMIT 5")).hasSize(5);
    }

    @Test
    void countsInBatchModeWhatIsInTheStreamNow() throws Exception {
        StreamTableEnvironment batch = environment("execution.runtime-mode", "batch");
        batch.executeSql(
                "CREATE TABLE orders (id BIGINT, city STRING) WITH (%s, 'format' = 'json',"
                                .formatted(stream.options())
                        + " 'source.end.position' = 'NOW')");
        for (int id = 0; id < 30; id++) {
            stream.put("k" + id, "{\"id\": %d, \"city\": \"c%d\"}".formatted(id, id % 2));
        }

        assertThat(allRows(batch, "SELECT city, COUNT(*) FROM orders GROUP BY city"))
                .containsExactlyInAnyOrder("+I[c0, 15]", "+I[c1, 15]");
    }

    @Test
    void readsEachRowOnceOverAFailure() throws Exception {
        StreamTableEnvironment restarting =
                environment(
                        "execution.checkpointing.interval", "50 ms",
                        "restart-strategy.type", "fixed-delay",
                        "restart-strategy.fixed-delay.delay", "10 ms");
        restarting.createTemporarySystemFunction("fail_once", FailOnce.class);
        restarting.executeSql(
                "CREATE TABLE orders (id BIGINT) WITH (%s, 'format' = 'json',"
                                .formatted(stream.options())
                        + " 'source.end.position' = 'NOW',"
                        + " 'source.shard.get-records.max-record-count' = '5')");
        for (int id = 0; id < 60; id++) {
            stream.put("k" + id, "{\"id\": " + id + "}");
        }

        FailOnce.arm();
        List<String> rows = allRows(restarting, "SELECT fail_once(id, 40) FROM orders");

        assertThat(FailOnce.hasFailed()).isTrue();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 60).mapToObj(id -> "+I[" + id + "]").toList());
    }

    @Test
    void readsAndWritesWithAsManyTasksAsTheTableSays() {
        create("id BIGINT", "json", "'scan.parallelism' = '2'", "'sink.parallelism' = '3'");
        tables.executeSql("CREATE TABLE copies LIKE orders");

        assertThat(
                        tables.explainSql(
                                "INSERT INTO copies SELECT id FROM orders",
                                ExplainDetail.JSON_EXECUTION_PLAN))
                .containsPattern(
                        "\"pact\" : \"Data Source\",\\s+\"contents\" : [^}]+\"parallelism\" : 2")
                .contains("\"parallelism\" : 3");
    }

    @Test
    void namesTheRecordThatItCannotRead() throws Exception {
        create("id BIGINT", "json");
        stream.put("k", "{\"id\": \"secret-4711\"}");

        assertThatThrownBy(() -> rows(1, "SELECT id FROM orders"))
                .rootCause()
                .hasMessageContaining("Record " + stream.records().get(0).sequenceNumber())
                .hasMessageContaining("of shard " + shard() + " of stream " + stream.name())
                .hasMessageContaining("'<format>.ignore-parse-errors' = 'true'");
    }

    @Test
    void passesOverWhatItCannotReadWhenTheFormatIsToldTo() throws Exception {
        create("id BIGINT", "json", "'json.ignore-parse-errors' = 'true'");
        stream.put("k", "{\"id\": ");
        stream.put("k", "{\"id\": 2}");

        assertThat(rows(1, "SELECT id FROM orders")).containsExactly("+I[2]");
    }

    @Test
    void readsByEnhancedFanOut(@InjectMiniCluster MiniCluster cluster) throws Exception {
        Conditions.until(
                Duration.ofSeconds(60),
                "the jobs of other tests to poll no more",
                () ->
                        cluster.listJobs().get().stream()
                                .allMatch(job -> job.getJobState().isTerminalState()));
        SqlStream pushed =
                SqlStream.create(
                        kinesis.fanOutEndpoint(), "pushed-" + STREAMS.incrementAndGet(), 2);
        tables.executeSql(
                "CREATE TABLE orders (id BIGINT) WITH (%s, 'format' = 'json',"
                                .formatted(pushed.options())
                        + " 'source.reader.type' = 'EFO', 'source.efo.consumer.name' = 'sql',"
                        + " 'source.efo.describe.retry-strategy.delay.min' = '10 ms')");
        pushed.put("k", "{\"id\": 1}");
        pushed.put("l", "{\"id\": 2}");
        long polls = kinesis.requests().count("GetRecords");

        assertThat(rows(2, "SELECT id FROM orders")).containsExactlyInAnyOrder("+I[1]", "+I[2]");
        assertThat(kinesis.requests().count("RegisterStreamConsumer")).isPositive();
        assertThat(kinesis.requests().count("GetRecords")).isEqualTo(polls);
    }

    private String shard() {
        return stream.records().get(0).shardId();
    }

    private void create(String columns, String format, String... options) {
        tables.executeSql(
                "CREATE TABLE orders (%s) WITH (%s, 'format' = '%s'%s)"
                        .formatted(
                                columns,
                                stream.options(),
                                format,
                                options.length == 0 ? "" : ", " + String.join(", ", options)));
    }

    private void insert(String statement) throws Exception {
        tables.executeSql(statement).await();
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

    /** The rows of a query that ends. */
    private static List<String> allRows(StreamTableEnvironment environment, String query)
            throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> found = environment.executeSql(query).collect()) {
            found.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }

    private static StreamTableEnvironment environment(String... settings) {
        Configuration config = new Configuration();
        config.setString("parallelism.default", "1");
        config.setString("restart-strategy.type", "none");
        config.setString("table.local-time-zone", "UTC");
        for (int i = 0; i < settings.length; i += 2) {
            config.setString(settings[i], settings[i + 1]);
        }
        return StreamTableEnvironment.create(
                StreamExecutionEnvironment.getExecutionEnvironment(config));
    }
}
