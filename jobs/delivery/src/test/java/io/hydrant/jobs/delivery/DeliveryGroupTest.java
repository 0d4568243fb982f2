package io.hydrant.jobs.delivery;

import io.hydrant.jobs.delivery.document.InvalidConfigurationException;
import io.hydrant.jobs.delivery.document.Problems;
import io.hydrant.redshift.ErrorAction;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeliveryGroupTest {

    private static final String LAKE =
            """
            {
              "DeliveryStreamName": "lake",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:us-east-1:111122223333:stream/orders"
              },
              "ExtendedS3DestinationConfiguration": {
                "RoleARN": "arn:aws:iam::111122223333:role/writes",
                "BucketARN": "arn:aws:s3:::shop", "Prefix": "lake/"
              },
              "Hydrant": {"delivery.sample.method": "ONE_IN_N", "delivery.sample.count": "2", "delivery.sample.interval": "1 h"}
            }
            """;

    private static final String TABLE =
            """
            {
              "DeliveryStreamName": "table",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:us-east-1:111122223333:stream/orders"
              },
              "RedshiftDestinationConfiguration": {
                "RoleARN": "arn:aws:iam::111122223333:role/writes",
                "ClusterJDBCURL": "jdbc:redshift://c.us-east-1.redshift.amazonaws.com:5439/dev",
                "Username": "loader", "Password": "Hush-hush1",
                "CopyCommand": {"DataTableName": "orders", "CopyOptions": "JSON 'auto'"},
                "S3Configuration": {
                  "RoleARN": "arn:aws:iam::111122223333:role/writes",
                  "BucketARN": "arn:aws:s3:::shop", "Prefix": "table/"
                }
              },
              "Hydrant": {}
            }
            """;

    private static final String TABLES =
            """
            {
              "DeliveryStreamName": "tables",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:us-east-1:111122223333:stream/orders"
              },
              "IcebergDestinationConfiguration": {
                "RoleARN": "arn:aws:iam::111122223333:role/writes",
                "CatalogConfiguration": {},
                "DestinationTableConfigurationList": [
                  {"DestinationDatabaseName": "shop", "DestinationTableName": "orders"}
                ],
                "S3Configuration": {"RoleARN": "arn:aws:iam::111122223333:role/writes", "BucketARN": "arn:aws:s3:::shop"}
              },
              "Hydrant": {}
            }
            """;

    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());

    @Test
    void oneJobReadsTheStreamOnceForAllOfThem() throws IOException {
        assertThat(run(LAKE, TABLE)).isTrue();

        assertThat(env.getStreamGraph(false).getJobName()).isEqualTo("deliver lake, table");
        assertThat(env.getStreamGraph(false).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .containsExactlyInAnyOrder(
                        "kinesis",
                        "lake/transform",
                        "lake/sample-keys",
                        "lake/sample",
                        "lake/s3",
                        "Sink Committer: lake/s3",
                        "table/transform",
                        "table/redshift",
                        "Sink Committer: table/redshift");
        assertThat(env.getStreamGraph(false).getStreamNodes())
                .extracting(StreamNode::getOperatorName)
                .contains("lake/sample", "table/redshift: Writer");
        // The source; keys of samples, samples and sink of one; all of the other.
        assertThat(env.getStreamGraph().getJobGraph().getNumberOfVertices()).isEqualTo(5);
    }

    @Test
    void oneThatWasAloneBeforeKeepsTheNameOfItsState() throws IOException {
        run(TABLE.replace("\"Hydrant\": {}", "\"Hydrant\": {\"state.name\": \"\"}"), LAKE);

        assertThat(env.getStreamGraph().getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .contains("transform", "redshift", "Sink Committer: redshift", "lake/s3");
    }

    @Test
    void showsTheOptionsOfAllOfThemAndWhoseTheyAre() throws IOException {
        run(LAKE, TABLE);

        assertThat(env.getConfig().getGlobalJobParameters().toMap())
                .containsEntry("delivery.stream.name", "lake;table")
                .containsEntry("s3.bucket", "shop")
                .containsEntry("lake/delivery.prefix", "lake/")
                .containsEntry("table/delivery.prefix", "table/")
                .containsEntry("table/redshift.password", "(not shown)");
    }

    @Test
    void printsEveryPlanInADryRun() throws IOException {
        assertThat(run(List.of("--dry-run"), LAKE, TABLE)).isFalse();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("delivery stream  lake, version 1\n")
                .contains("\n\ndelivery stream  table, version 1\n");
    }

    @Test
    void aWrongTableStopsNoOther() throws IOException {
        assertThat(group(TABLE, LAKE).plans().get(0).redshift().onError())
                .isEqualTo(ErrorAction.WAIT);
        assertThat(group(TABLE).first().redshift().onError()).isEqualTo(ErrorAction.FAIL);
    }

    @Test
    void tablesOfIcebergAreBehindObjectsThatWait() throws IOException {
        assertThat(run(TABLES, LAKE)).isTrue();

        assertThat(env.getStreamGraph(false).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .contains(
                        "tables/transform",
                        "tables/iceberg-staged",
                        "Sink Committer: tables/iceberg-staged",
                        "lake/s3")
                .doesNotContain("iceberg", "tables/s3");
        assertThat(group(TABLES).first().iceberg().staged()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iceberg.route.query\": \"{operation:.op}\"}",
                "{\"iceberg.compaction.enabled\": true}",
                "{\"iceberg.snapshots.max-age\": \"1 h\"}"
            })
    void oneTaskPutsInRowsByKeyAndKeepsTablesInShape(String options) throws IOException {
        env.setParallelism(3);

        assertThat(run(TABLES.replace("\"Hydrant\": {}", "\"Hydrant\": " + options), LAKE))
                .isTrue();

        assertThat(parallelism("tables/iceberg-staged")).isEqualTo(1);
        assertThat(parallelism("Sink Committer: tables/iceberg-staged")).isEqualTo(1);
        assertThat(parallelism("tables/transform")).isEqualTo(3);
    }

    @Test
    void everyTaskPutsInRowsThatAreOnlyAdded() throws IOException {
        env.setParallelism(3);

        run(
                TABLES.replace(
                        "\"Hydrant\": {}",
                        "\"Hydrant\": {\"iceberg.route.query\": \"{operation:.op}\", \"iceberg.append-only\": true}"),
                LAKE);

        assertThat(parallelism("Sink Committer: tables/iceberg-staged")).isEqualTo(3);
    }

    private int parallelism(String uid) {
        return env.getStreamGraph(false).getStreamNodes().stream()
                .filter(node -> uid.equals(node.getTransformationUID()))
                .findFirst()
                .orElseThrow()
                .getParallelism();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            textBlock =
                    """
                    {"delivery.error-prefix": "failed/"} ! delivery.error-prefix: (ErrorOutputPrefix) puts what waits for its table (iceberg.staged) beside what failed; give it a folder !{firehose:error-output-type}/
                    {"backup.mode": "FAILED_ONLY", "backup.bucket": "shop"} ! iceberg.staged: is on, and a backup of failed records would miss those that a table refuses; keep all records
                    """)
    void refusesWhatObjectsThatWaitCannotDo(String options, String message) {
        assertThatThrownBy(
                        () ->
                                group(
                                        TABLES.replace(
                                                "\"Hydrant\": {}", "\"Hydrant\": " + options),
                                        LAKE))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            textBlock =
                    """
                    "DeliveryStreamName": "table" ! "DeliveryStreamName": "lake" ! DeliveryStreamName: 'lake' is the name of two of them
                    "Hydrant": {} ! "Hydrant": {"state.name": "lake"} ! state.name: of table is that of another one, too
                    stream/orders ! stream/others ! table: reads arn:aws:kinesis:us-east-1:111122223333:stream/others, and lake arn:aws:kinesis:us-east-1:111122223333:stream/orders; give one of them a job of its own
                    "Hydrant": {} ! "Hydrant": {"source.init.position": "TRIM_HORIZON"} ! table: reads otherwise than lake, and one job reads once: source.init.position; give
                    "Hydrant": {} ! "Hydrant": {"parallelism": 3} ! table: runs in parallel tasks: 3, and lake as Flink is told; give
                    s3:::shop ! s3:::other ! table: writes to the bucket other, and lake to shop; one of them that cannot be written to would stop the others
                    "Hydrant": {} ! "Hydrant": {"ledger.bucket": "books"} ! table: writes to the bucket books, and lake to shop
                    "Hydrant": {} ! "Hydrant": {"backup.mode": "ENABLED", "backup.bucket": "kept"} ! table: writes to the bucket kept, and lake to shop
                    "Hydrant": {} ! "Hydrant": {"s3.endpoint": "http://s3"} ! table: reaches its bucket otherwise than lake
                    "Hydrant": {} ! "Hydrant": {"s3.encryption.type": "SSE_KMS"} ! table: encrypts objects by SSE_KMS, and lake by BUCKET_DEFAULT; a key that is disabled would stop the others
                    """)
    void refusesWhatWouldLetOneStopTheOthers(String text, String other, String message)
            throws IOException {
        String changed = TABLE.replace(text, other);

        assertThat(changed).isNotEqualTo(TABLE);
        assertThatThrownBy(() -> group(LAKE, changed))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageStartingWith("several deliveries in one job: 1 problem\n")
                .hasMessageContaining(message);
    }

    @Test
    void refusesABackupOfTheFirstElsewhere() {
        assertThatThrownBy(
                        () ->
                                group(
                                        TABLE.replace(
                                                "\"Hydrant\": {}",
                                                "\"Hydrant\": {\"backup.mode\": \"ENABLED\", \"backup.bucket\": \"kept\"}"),
                                        LAKE))
                .hasMessageContaining("table: writes to the bucket kept, and table to shop");
    }

    @Test
    void saysWhatIsWrongWithEachOfThem() {
        assertThatThrownBy(
                        () ->
                                group(
                                        LAKE.replace("ONE_IN_N", "SOME"),
                                        TABLE.replace("JSON 'auto'", "JSON 'auto' GZIP")))
                .hasMessageContaining("0.json: 2 problems")
                .hasMessageContaining("delivery.sample.method")
                .hasMessageContaining("1.json: 1 problem")
                .hasMessageContaining("redshift.copy-options");
    }

    @Test
    void whoAsksForOneDeliveryIsGivenNoGroup() throws IOException {
        List<String> arguments = arguments(LAKE, TABLE);

        assertThatThrownBy(() -> DeliveryPlan.of(arguments))
                .hasMessageContaining(
                        "--config: is given more than once; this is about one delivery");
    }

    private DeliveryGroup group(String... documents) throws IOException {
        return DeliveryGroup.resolve(
                DeliveryArguments.parse(arguments(documents), new Problems()),
                PlanResolver.forReading(
                        (aws, store) -> {
                            throw new IllegalStateException("nothing is read from S3");
                        }));
    }

    private boolean run(String... documents) throws IOException {
        return run(List.of(), documents);
    }

    private boolean run(List<String> more, String... documents) throws IOException {
        List<String> arguments = arguments(documents);
        arguments.addAll(more);
        return new DeliveryJob(
                        folder.resolve("properties.json"),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        Clock.systemUTC())
                .addTo(env, arguments);
    }

    private List<String> arguments(String... documents) throws IOException {
        List<String> arguments = new ArrayList<>();
        for (String document : documents) {
            Path file = folder.resolve(arguments.size() / 2 + ".json");
            Files.writeString(file, document);
            arguments.addAll(List.of("--config", file.toString()));
        }
        return arguments;
    }
}
