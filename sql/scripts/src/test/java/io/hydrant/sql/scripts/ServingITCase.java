package io.hydrant.sql.scripts;

import io.hydrant.localstack.fakes.kinesis.FakeKinesis;
import io.hydrant.localstack.fakes.s3.FakeS3;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scripts that put answers where applications read them, as they stand but for the addresses,
 * over rows written by hand, in order and as late as their watermark allows: what can be read there
 * in the end.
 */
@Timeout(180)
class ServingITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final Path SERVED = Path.of("src/test/resources/served");
    private static final String LOCALSTACK = "http://localhost:4566";
    private static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    @TempDir private Path folder;

    @Test
    void putALeaderboardIntoPostgreSql() throws Exception {
        String script = "top-players-to-postgresql";
        String create =
                Files.readAllLines(script(script)).stream()
                        .filter(line -> line.contains("CREATE TABLE top_players (place"))
                        .map(line -> line.substring(line.indexOf("CREATE")))
                        .findFirst()
                        .orElseThrow();
        try (EmbeddedPostgres postgres =
                        EmbeddedPostgres.builder()
                                .setLocaleConfig("locale", "C")
                                .setPGStartupWait(Duration.ofMinutes(2))
                                .start();
                Connection connection = postgres.getPostgresDatabase().getConnection()) {
            for (long seed : new long[] {-1, 1}) {
                execute(connection, "DROP TABLE IF EXISTS top_players");
                execute(connection, create);
                serve(
                        script,
                        seed,
                        text -> text.replace("localhost:5432", "localhost:" + postgres.getPort()));

                assertThat(rows(connection, "SELECT * FROM top_players ORDER BY place"))
                        .as("seed %d", seed)
                        .isEqualTo(expected(script));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void putATimeSeriesIntoS3(long seed) throws Exception {
        String script = "departures-to-s3";
        try (FakeS3 s3 = FakeS3.start();
                S3Client client = s3(s3.endpoint())) {
            client.createBucket(request -> request.bucket("analytics"));
            serve(script, seed, text -> text.replace(LOCALSTACK, s3.endpoint().toString()));

            List<String> found = new ArrayList<>();
            for (String key : s3.keys("analytics")) {
                if (!key.startsWith("_hydrant/")) {
                    Path file = Files.createTempFile(folder, "rows", ".parquet");
                    Files.write(file, s3.content("analytics", key));
                    String place = key.substring(0, key.lastIndexOf('/') + 1);
                    duckDb("SELECT * FROM '" + file + "'")
                            .forEach(row -> found.add(row + " | " + place));
                }
            }
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected(script));
        }
    }

    /** And the questions to the lake say what is in it: one that ends, and one that does not. */
    @Test
    void putATimeSeriesIntoIceberg() throws Exception {
        String script = "departures-to-iceberg";
        try (FakeS3 s3 = FakeS3.start();
                S3Client client = s3(s3.endpoint())) {
            client.createBucket(request -> request.bucket("analytics"));
            UnaryOperator<String> addresses =
                    text ->
                            text.replace(LOCALSTACK, s3.endpoint().toString())
                                    .replace(
                                            "/tmp/hydrant-lake.db",
                                            folder.resolve("lake.db").toString());
            serve(script, 1, addresses);

            String all =
                    "SELECT CAST(hour_begin AS TIMESTAMP(3)), airport, departed, cancelled, minutes_late, flown_on"
                            + " FROM lake.air.departures;";
            String asked = addresses.apply(Files.readString(asked("airports-by-day")));
            String catalog = asked.substring(0, asked.indexOf("SELECT"));
            assertThat(batch().answer(script, catalog + all)).isEqualTo(expected(script));
            assertThat(batch().answer("airports-by-day", asked))
                    .isEqualTo(answer("airports-by-day"));
            String unending = "departures-as-they-come";
            assertThat(
                            new Question()
                                    .answer(
                                            unending,
                                            addresses.apply(Files.readString(asked(unending))),
                                            answer(unending)))
                    .isEqualTo(answer(unending));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void putARankingIntoKinesis(long seed) throws Exception {
        String script = "top-players-to-kinesis";
        try (FakeKinesis kinesis = FakeKinesis.start();
                KinesisClient client =
                        KinesisClient.builder()
                                .endpointOverride(kinesis.endpoint())
                                .region(Region.US_EAST_1)
                                .credentialsProvider(CREDENTIALS)
                                .build()) {
            client.createStream(request -> request.streamName("top-players").shardCount(1));
            String arn =
                    client.describeStreamSummary(request -> request.streamName("top-players"))
                            .streamDescriptionSummary()
                            .streamARN();
            serve(
                    script,
                    seed,
                    text ->
                            text.replace(LOCALSTACK, kinesis.endpoint().toString())
                                    .replace(
                                            "arn:aws:kinesis:us-east-1:000000000000:stream/top-players",
                                            arn));

            String shard =
                    client.listShards(request -> request.streamName("top-players"))
                            .shards()
                            .get(0)
                            .shardId();
            String iterator =
                    client.getShardIterator(
                                    request ->
                                            request.streamName("top-players")
                                                    .shardId(shard)
                                                    .shardIteratorType(
                                                            ShardIteratorType.TRIM_HORIZON))
                            .shardIterator();
            assertThat(client.getRecords(request -> request.shardIterator(iterator)).records())
                    .extracting(record -> record.data().asUtf8String())
                    .containsExactlyInAnyOrderElementsOf(expected(script));
        }
    }

    @Test
    void haveEachAnAnswerWorkedOutByHand() throws Exception {
        try (Stream<Path> scripts = Files.list(Question.SCRIPTS.resolve("serving"));
                Stream<Path> answers = Files.list(SERVED)) {
            assertThat(scripts.map(file -> file.getFileName().toString().replace(".sql", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            answers.map(file -> file.getFileName().toString()).toList());
        }
    }

    private void serve(String name, long seed, UnaryOperator<String> addresses) throws Exception {
        Question question = new Question();
        try (Stream<Path> files = Files.list(SERVED.resolve(name))) {
            for (Path rows : files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
                String table = rows.getFileName().toString().replace(".jsonl", "");
                Path input = Files.createTempFile(folder, table, ".jsonl");
                List<String> lines = Files.readAllLines(rows);
                question.with(
                        table,
                        Files.write(
                                input,
                                seed < 0
                                        ? Arrivals.inOrder(table, lines)
                                        : Arrivals.shuffled(table, lines, seed)));
            }
        }
        // The last checkpoint of a job that ends waits for its turn.
        String text = Files.readString(script(name)).replace("'10 s'", "'200 ms'");
        question.serve(addresses.apply(text));
    }

    private static Path script(String name) {
        return Question.SCRIPTS.resolve("serving").resolve(name + ".sql");
    }

    private static Path asked(String name) {
        return Question.SCRIPTS.resolve("lake").resolve(name + ".sql");
    }

    private static Question batch() {
        return new Question(RuntimeExecutionMode.BATCH);
    }

    private static List<String> answer(String name) throws Exception {
        return rows(Path.of("src/test/resources/lake"), name);
    }

    private static List<String> expected(String name) throws Exception {
        return rows(SERVED, name);
    }

    private static List<String> rows(Path answers, String name) throws Exception {
        return Files.readAllLines(answers.resolve(name).resolve("expected.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private static S3Client s3(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(CREDENTIALS)
                .build();
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    private static List<String> duckDb(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            return rows(connection, query);
        }
    }

    private static List<String> rows(Connection connection, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getObject(i)));
                }
                rows.add(String.join(" | ", row));
            }
        }
        return rows;
    }
}
