package io.hydrant.sql.bundle;

import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.flink.FlinkCluster;
import io.hydrant.localstack.harness.flink.FlinkHome;
import io.hydrant.localstack.harness.flink.FlinkJob;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;
import io.hydrant.localstack.harness.process.Command;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Scripts and applications on a real cluster: by {@code flink run} and in the SQL client. */
@LocalStackTest
class SqlJarRunITCase {

    static final Path JAR = Path.of("target/hydrant-sql.jar").toAbsolutePath();

    private static final Path SCRIPTS = Path.of("../scripts").toAbsolutePath().normalize();

    private static final String CODE =
            """
            CREATE OR REPLACE STREAM "COUNTS" (ticker VARCHAR(4), n INTEGER);
            CREATE OR REPLACE PUMP "P" AS INSERT INTO "COUNTS"
              SELECT STREAM ticker, COUNT(*) FROM "IN_001"
              GROUP BY ticker, STEP("IN_001".ROWTIME BY INTERVAL '5' SECOND);
            """;

    private static final String APPLICATION =
            """
            {"ApplicationDetail": {"ApplicationName": "ticker", "ApplicationStatus": "READY",
              "InputDescriptions": [{"InputId": "1.1", "NamePrefix": "IN", "InAppStreamNames": ["IN_001"],
                "KinesisStreamsInputDescription": {"ResourceARN": "%s"},
                "InputStartingPositionConfiguration": {"InputStartingPosition": "TRIM_HORIZON"},
                "InputSchema": {
                  "RecordColumns": [{"Name": "TICKER", "Mapping": "$.ticker", "SqlType": "VARCHAR(4)"}],
                  "RecordFormat": {"RecordFormatType": "JSON",
                    "MappingParameters": {"JSONMappingParameters": {"RecordRowPath": "$"}}}}}],
              "OutputDescriptions": [{"OutputId": "2.1", "Name": "COUNTS",
                "KinesisStreamsOutputDescription": {"ResourceARN": "%s"},
                "DestinationSchema": {"RecordFormatType": "JSON"}}]}}
            """;

    private static FlinkCluster cluster;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws IOException {
        cluster = FlinkCluster.builder(FlinkHome.find(Progress.onStandardError())).start();
    }

    @AfterAll
    static void end() throws IOException {
        cluster.close();
    }

    @Test
    void runsAScriptWithVariablesAndTheFunctionsOfTheModule() throws Exception {
        Path script =
                Files.writeString(
                        folder.resolve("steps.sql"),
                        """
                        LOAD MODULE hydrant;
                        CREATE TABLE numbers (n BIGINT) WITH (
                          'connector' = 'datagen', 'fields.n.kind' = 'sequence',
                          'fields.n.start' = '1', 'fields.n.end' = '${last}'
                        );
                        CREATE TABLE steps (n BIGINT, s BIGINT) WITH (
                          'connector' = 'filesystem', 'path' = '${out}', 'format' = 'json'
                        );
                        SELECT n, STEP(n, 10) FROM numbers WHERE n > 18;
                        """);
        String job =
                cluster.run(
                        JAR.toString(),
                        "--script",
                        script.toString(),
                        "--set",
                        "last=20",
                        "--set",
                        "out=" + folder.resolve("steps"),
                        "--into",
                        "steps");

        assertThat(Conditions.comeTrue(Duration.ofMinutes(2), () -> job(job).isOver())).isTrue();
        assertThat(job(job).state()).isEqualTo("FINISHED");
        assertThat(job(job).name()).isEqualTo("steps");
        assertThat(rows("steps"))
                .containsExactlyInAnyOrder("{\"n\":19,\"s\":10}", "{\"n\":20,\"s\":20}");
    }

    @Test
    void runsAnApplicationOfKinesisDataAnalytics(
            LocalStack localStack, KinesisClient kinesis, UniqueNames names) throws Exception {
        String in = names.newStream("in", 1);
        String out = names.newStream("out", 1);
        Path document =
                Files.writeString(
                        folder.resolve("application.json"),
                        APPLICATION.formatted(arn(in), arn(out)));
        Path code = Files.writeString(folder.resolve("app.sql"), CODE);
        PutRecordsRequestEntry record =
                PutRecordsRequestEntry.builder()
                        .partitionKey("k")
                        .data(SdkBytes.fromUtf8String("{\"ticker\": \"AMZN\"}"))
                        .build();
        kinesis.putRecords(r -> r.streamName(in).records(record, record, record));
        String job =
                cluster.run(
                        JAR.toString(),
                        "--kda",
                        document.toString(),
                        "--code",
                        code.toString(),
                        "--set",
                        "aws.endpoint=" + localStack.endpoint(),
                        "--set",
                        "aws.credentials.provider=BASIC",
                        "--set",
                        "aws.credentials.basic.accesskeyid=" + localStack.accessKey(),
                        "--set",
                        "aws.credentials.basic.secretkey=" + localStack.secretKey(),
                        "--set",
                        "kda.idle-timeout=2 s",
                        "--set",
                        "kda.backlog-timeout=5 s");

        List<String> rows = new ArrayList<>();
        assertThat(
                        Conditions.comeTrue(
                                Duration.ofMinutes(2), () -> rows.addAll(recordsOf(kinesis, out))))
                .as("a row arrives; the log ends with %s", cluster.logTail())
                .isTrue();
        assertThat(rows).containsExactly("{\"TICKER\":\"AMZN\",\"N\":3}");
        assertThat(job(job).name()).isEqualTo("ticker");
        cluster.cancel(job);

        Files.writeString(code, CODE.replace("STREAM ticker", "STREAM tikker"));
        Command.Result wrong =
                cluster.flink(
                        "run",
                        JAR.toString(),
                        "--kda",
                        document.toString(),
                        "--code",
                        code.toString());
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.output()).contains("app.sql: line 3, column ").doesNotContain("\tat ");
    }

    private static String arn(String stream) {
        return "arn:aws:kinesis:us-east-1:000000000000:stream/" + stream;
    }

    private static List<String> recordsOf(KinesisClient kinesis, String stream) {
        String iterator =
                kinesis.getShardIterator(
                                r ->
                                        r.streamName(stream)
                                                .shardId("shardId-000000000000")
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
        return kinesis.getRecords(r -> r.shardIterator(iterator)).records().stream()
                .map(each -> each.data().asUtf8String())
                .toList();
    }

    @Test
    void saysWhatIsWrongWithAScriptAndNoMore() throws Exception {
        Path script = Files.writeString(folder.resolve("wrong.sql"), "SET 'a' = 'b';\nSELECT x");

        Command.Result result = cluster.flink("run", JAR.toString(), "--script", script.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains("wrong.sql, line 2: ", "Column 'x' not found", "    SELECT x")
                .doesNotContain("\tat ");
    }

    @Test
    void asksAQuestionOverMadeUpRowsInTheSqlClient() throws Exception {
        String tables = Files.readString(SCRIPTS.resolve("tables/generated/scores.sql"));
        Path few =
                Files.writeString(
                        folder.resolve("scores.sql"),
                        tables.replace("'fields.n.end' = '3000'", "'fields.n.end' = '200'"));

        Command.Result result =
                cluster.sqlClient(
                        "-j",
                        SqlBundleJarITCase.JAR.toUri().toString(),
                        "-hist",
                        folder.resolve("history").toString(),
                        "-i",
                        few.toUri().toString(),
                        "-f",
                        SCRIPTS.resolve("leaderboards/top-players-by-minute.sql")
                                .toUri()
                                .toString());

        assertThat(result.output())
                .doesNotContain("[ERROR]")
                .containsPattern("\\+I \\| 2026-01-01 00:05:00.000 \\| +1 \\| +player-");
    }

    private static FlinkJob job(String id) throws IOException {
        return cluster.list().stream().filter(job -> job.id().equals(id)).findFirst().orElseThrow();
    }

    private List<String> rows(String table) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve(table))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                rows.addAll(Files.readAllLines(file));
            }
        }
        return rows;
    }
}
