package io.hydrant.s3.table;

import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerLine;
import io.hydrant.delivery.ledger.ShardTally;
import io.hydrant.localstack.fakes.s3.FakeS3;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Rows of SQL in objects, on a strict S3 in memory. */
@Timeout(180)
class S3TableITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final String BUCKET = "archive";

    private static FakeS3 s3;

    private final String folder = "t" + System.nanoTime() + "/";
    private final StreamTableEnvironment tables = environment(1);

    @BeforeAll
    static void startS3() throws Exception {
        s3 = FakeS3.start();
        try (S3Client client =
                S3Client.builder()
                        .endpointOverride(s3.endpoint())
                        .region(Region.US_EAST_1)
                        .forcePathStyle(true)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("test", "test")))
                        .build()) {
            client.createBucket(request -> request.bucket(BUCKET));
        }
    }

    @AfterAll
    static void stopS3() {
        s3.close();
    }

    @Test
    void deliversEachRowOnceOverAFailure() throws Exception {
        int rows = 3000;
        StreamTableEnvironment restarting =
                environment(
                        2,
                        "execution.checkpointing.interval",
                        "50 ms",
                        // datagen has a thread of its own: between the failure of what is chained
                        // to it and the task's end a checkpoint may come, which lacks that row.
                        "pipeline.operator-chaining.enabled",
                        "false",
                        "restart-strategy.type",
                        "fixed-delay",
                        "restart-strategy.fixed-delay.attempts",
                        "1",
                        "restart-strategy.fixed-delay.delay",
                        "10 ms");
        restarting.createTemporarySystemFunction("fail_once", FailOnce.class);
        restarting.executeSql(
                "CREATE TABLE numbers (id BIGINT) WITH ('connector' = 'datagen',"
                        + " 'rows-per-second' = '1500', 'fields.id.kind' = 'sequence',"
                        + " 'fields.id.start' = '1', 'fields.id.end' = '"
                        + rows
                        + "')");
        create(
                restarting,
                "id BIGINT, twice BIGINT",
                "json",
                "",
                "'delivery.compression' = 'GZIP'",
                "'delivery.buffer.interval' = '200 ms'",
                "'delivery.buffer.size' = '8 kb'");

        FailOnce.arm();
        restarting
                .executeSql(
                        "INSERT INTO archive SELECT fail_once(id, "
                                + rows * 2 / 3
                                + "), id * 2 FROM numbers")
                .await();

        assertThat(FailOnce.hasFailed()).isTrue();
        assertThat(lines().values().stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, rows)
                                .mapToObj(id -> "{\"id\":%d,\"twice\":%d}".formatted(id, id * 2))
                                .toList());
        assertThat(lines())
                .as("objects from before the failure and from after it")
                .hasSizeGreaterThan(4);
        assertThat(lines().keySet()).allMatch(key -> key.endsWith(".gz"));
        assertLedgerNumbersEachRowOnce(rows);
    }

    /** The ledger alone shows it: every task's numbers are there from 1 on, once each. */
    private void assertLedgerNumbersEachRowOnce(int rows) {
        Map<String, List<ShardTally>> writers = new TreeMap<>();
        List<String> objects = new ArrayList<>();
        for (LedgerEntry entry : ledger()) {
            assertThat(entry.kind()).isEqualTo(EntryKind.DATA);
            objects.add(entry.object());
            for (ShardTally tally : entry.shards()) {
                assertThat(tally.stream()).isEqualTo("archive");
                writers.computeIfAbsent(tally.shard(), writer -> new ArrayList<>()).add(tally);
            }
        }
        assertThat(objects)
                .containsExactlyInAnyOrderElementsOf(
                        lines().keySet().stream()
                                .map(key -> "s3://" + BUCKET + "/" + key)
                                .toList());
        assertThat(writers).as("one name for each task, kept over the restart").hasSize(2);
        long counted = 0;
        for (List<ShardTally> tallies : writers.values()) {
            tallies.sort((a, b) -> Long.compare(a.firstSubSequence(), b.firstSubSequence()));
            long next = 1;
            for (ShardTally tally : tallies) {
                assertThat(tally.firstSubSequence()).isEqualTo(next);
                next += tally.count();
                assertThat(tally.lastSubSequence()).isEqualTo(next - 1);
            }
            counted += next - 1;
        }
        assertThat(counted).isEqualTo(rows);
    }

    @Test
    void putsRowsUnderTheirPartitionAndLeavesThatOutOfTheObject() throws Exception {
        create(tables, "id BIGINT, city STRING, day_ DATE", "json", "PARTITIONED BY (city, day_)");
        insert(
                "INSERT INTO archive VALUES (1, 'Bonn', DATE '2026-11-21'),"
                        + " (2, 'a/b', DATE '2026-11-21'), (3, CAST(NULL AS STRING), DATE '2026-11-22'),"
                        + " (4, 'Bonn', DATE '2026-11-21')");
        insert("INSERT INTO archive PARTITION (city = 'Oslo') SELECT 5, DATE '2026-11-23'");

        assertThat(byFolder())
                .isEqualTo(
                        Map.of(
                                "city=Bonn/day_=2026-11-21/", List.of("{\"id\":1}", "{\"id\":4}"),
                                "city=a%2Fb/day_=2026-11-21/", List.of("{\"id\":2}"),
                                "city=__HIVE_DEFAULT_PARTITION__/day_=2026-11-22/",
                                        List.of("{\"id\":3}"),
                                "city=Oslo/day_=2026-11-23/", List.of("{\"id\":5}")));
    }

    @Test
    void takesTheTimeOfThePrefixFromARowThatHasOne() throws Exception {
        create(
                tables,
                "id BIGINT, at_ TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'",
                "json",
                "",
                "'delivery.partition.time' = 'RECORD'",
                "'delivery.time-zone' = 'Asia/Tokyo'");
        insert(
                "INSERT INTO archive VALUES"
                        + " (1, CAST(TIMESTAMP '2026-01-01 22:30:00' AS TIMESTAMP_LTZ(3))),"
                        + " (2, CAST(TIMESTAMP '2026-01-01 23:30:00' AS TIMESTAMP_LTZ(3)))");

        assertThat(byFolder())
                .isEqualTo(
                        Map.of(
                                "2026/01/02/07/", List.of("{\"id\":1}"),
                                "2026/01/02/08/", List.of("{\"id\":2}")));
    }

    @Test
    void writesLinesOfCsv() throws Exception {
        create(tables, "id BIGINT, name STRING", "csv", "");
        insert("INSERT INTO archive VALUES (1, 'a,b'), (2, 'c')");

        assertThat(lines().values()).containsExactly(List.of("1,\"a,b\"", "2,c"));
    }

    @Test
    void writesEveryTypeIntoParquetAsItIs(@TempDir Path temporary) throws Exception {
        create(
                tables,
                "id BIGINT, yes BOOLEAN, tiny TINYINT, f FLOAT, d DOUBLE, money DECIMAL(30, 4), Name STRING,"
                        + " born DATE, noon TIME, at_ TIMESTAMP(9), seen TIMESTAMP_LTZ(3), tags ARRAY<STRING>,"
                        + " counts MAP<STRING, INT>, who ROW<First STRING, age INT>, nothing STRING, city STRING",
                "parquet",
                "PARTITIONED BY (city)");
        insert(
                "INSERT INTO archive VALUES (9007199254740993, TRUE, CAST(-7 AS TINYINT), CAST(0.1 AS FLOAT),"
                        + " CAST('NaN' AS DOUBLE), CAST('12345678901234567890123456.7890' AS DECIMAL(30, 4)),"
                        + " 'Ünï\"', DATE '1815-12-10', TIME '12:00:01', TIMESTAMP '2026-11-21 12:00:00.123456789',"
                        + " CAST(TIMESTAMP '2026-11-21 12:00:00.5' AS TIMESTAMP_LTZ(3)), ARRAY['a', 'b'],"
                        + " MAP['Dots.and', 1], ROW('Ada', 36), CAST(NULL AS STRING), 'Bonn')");

        String key = keys().get(0);
        Path file = Files.write(temporary.resolve("rows.parquet"), s3.content(BUCKET, key));
        assertThat(key).startsWith(folder + "city=Bonn/").endsWith(".parquet");
        assertThat(
                        duckDb(
                                "SELECT id, yes, tiny, f, isnan(d), money, Name, born, noon, at_::VARCHAR,"
                                        + " seen::VARCHAR, tags::VARCHAR, counts::VARCHAR, who.First, who.age,"
                                        + " nothing FROM '"
                                        + file
                                        + "'"))
                .containsExactly(
                        "9007199254740993|true|-7|0.1|true|12345678901234567890123456.7890|Ünï\"|1815-12-10"
                                + "|12:00:01|2026-11-21 12:00:00.123456|2026-11-21 12:00:00.5|[a, b]"
                                + "|{Dots.and=1}|Ada|36|null");
    }

    @Test
    void sendsARowWithoutAPossiblePrefixToTheDeadLetterAndGoesOn() throws Exception {
        create(
                tables,
                "id BIGINT, city STRING",
                "json",
                "PARTITIONED BY (city)",
                "'delivery.error-prefix' = '" + folder + "bad/!{firehose:error-output-type}/'");
        insert("INSERT INTO archive VALUES (1, REPEAT('x', 600)), (2, 'Bonn')");

        Map<String, List<String>> found = byFolder();
        assertThat(found).containsEntry("city=Bonn/", List.of("{\"id\":2}"));
        assertThat(found.get("bad/metadata-extraction-failed/"))
                .singleElement()
                .asString()
                .contains("eyJpZCI6MX0=")
                .contains("The evaluated prefix has");
    }

    @Test
    void refusesAQueryWhoseRowsChange() {
        create(tables, "city STRING, n BIGINT", "json", "");
        tables.executeSql("CREATE TABLE orders (city STRING) WITH ('connector' = 'datagen')");

        assertThatThrownBy(
                        () ->
                                tables.executeSql(
                                        "INSERT INTO archive SELECT city, COUNT(*) FROM orders GROUP BY city"))
                .hasStackTraceContaining("Table 'archive' keeps rows as objects in S3")
                .hasStackTraceContaining("PRIMARY KEY");
    }

    @Test
    void refusesAnEndlessQueryWithoutCheckpoints() {
        create(tables, "city STRING", "json", "");
        tables.executeSql("CREATE TABLE orders (city STRING) WITH ('connector' = 'datagen')");

        assertThatThrownBy(() -> tables.executeSql("INSERT INTO archive SELECT city FROM orders"))
                .hasStackTraceContaining("SET 'execution.checkpointing.interval' = '10 s';");
    }

    private void create(
            StreamTableEnvironment environment,
            String columns,
            String format,
            String partitioned,
            String... more) {
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "'connector' = 'hydrant-s3'",
                                "'s3.bucket' = '" + BUCKET + "'",
                                "'delivery.prefix' = '" + folder + "'",
                                "'ledger.prefix' = '" + folder + "ledger/'",
                                "'delivery.memory-budget' = '32 mb'",
                                "'format' = '" + format + "'",
                                "'aws.region' = 'us-east-1'",
                                "'aws.endpoint' = '" + s3.endpoint() + "'",
                                "'aws.credentials.provider' = 'BASIC'",
                                "'aws.credentials.basic.accesskeyid' = 'test'",
                                "'aws.credentials.basic.secretkey' = 'test'"));
        options.addAll(List.of(more));
        environment.executeSql(
                "CREATE TABLE archive (%s) %s WITH (%s)"
                        .formatted(columns, partitioned, String.join(", ", options)));
    }

    private void insert(String statement) throws Exception {
        tables.executeSql(statement).await();
    }

    /** Keys of everything but the ledger. */
    private List<String> keys() {
        return s3.keys(BUCKET).stream()
                .filter(key -> key.startsWith(folder) && !key.startsWith(folder + "ledger/"))
                .toList();
    }

    /** Lines of the objects, by their keys. */
    private Map<String, List<String>> lines() {
        Map<String, List<String>> lines = new TreeMap<>();
        for (String key : keys()) {
            byte[] content = s3.content(BUCKET, key);
            lines.put(
                    key, (key.endsWith(".gz") ? gunzip(content) : text(content)).lines().toList());
        }
        return lines;
    }

    /** Lines of the objects, by the rest of their prefix. */
    private Map<String, List<String>> byFolder() {
        Map<String, List<String>> found = new TreeMap<>();
        lines().forEach(
                        (key, lines) ->
                                found.put(
                                        key.substring(folder.length(), key.lastIndexOf('/') + 1),
                                        lines));
        return found;
    }

    private List<LedgerEntry> ledger() {
        Map<Object, LedgerEntry> entries = new TreeMap<>();
        for (String key : s3.keys(BUCKET)) {
            if (key.startsWith(folder + "ledger/")) {
                text(s3.content(BUCKET, key))
                        .lines()
                        .map(S3TableITCase::read)
                        .forEach(entry -> entries.put(entry.id(), entry));
            }
        }
        return List.copyOf(entries.values());
    }

    private static LedgerEntry read(String line) {
        try {
            return LedgerLine.read(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String gunzip(byte[] content) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return text(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    private static List<String> duckDb(String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join("|", row.stream().map(String::valueOf).toList()));
            }
        }
        return rows;
    }

    private static StreamTableEnvironment environment(int parallelism, String... settings) {
        Configuration config = new Configuration();
        config.setString("parallelism.default", String.valueOf(parallelism));
        config.setString("restart-strategy.type", "none");
        config.setString("table.local-time-zone", "UTC");
        for (int i = 0; i < settings.length; i += 2) {
            config.setString(settings[i], settings[i + 1]);
        }
        return StreamTableEnvironment.create(
                StreamExecutionEnvironment.getExecutionEnvironment(config));
    }
}
