package io.hydrant.sql.kda.job;

import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.localstack.fakes.firehose.FakeFirehose;
import io.hydrant.localstack.fakes.lambda.FakeFunction;
import io.hydrant.localstack.fakes.lambda.FakeLambda;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;
import io.hydrant.sql.kda.application.ApplicationDocument;
import io.hydrant.sql.kda.job.KdaJob.Built;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** Applications over streams of LocalStack, from records put to rows got. */
@LocalStackTest
@Timeout(180)
class KdaJobITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int WINDOW_MILLIS = 4_000;

    /** The tumbling window of the developer guide, "Stagger Windows" and "Tumbling Windows". */
    private static final String COUNTS =
            """
            CREATE OR REPLACE STREAM "DESTINATION_SQL_STREAM" (
              ticker_symbol VARCHAR(4), window_begin TIMESTAMP, n INTEGER);
            CREATE OR REPLACE PUMP "STREAM_PUMP" AS INSERT INTO "DESTINATION_SQL_STREAM"
              SELECT STREAM ticker_symbol,
                STEP("SOURCE_SQL_STREAM_001".ROWTIME BY INTERVAL '4' SECOND), COUNT(*)
              FROM "SOURCE_SQL_STREAM_001"
              GROUP BY ticker_symbol,
                STEP("SOURCE_SQL_STREAM_001".ROWTIME BY INTERVAL '4' SECOND);
            """;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private final KinesisClient kinesis;
    private final S3Client s3;
    private final LocalStack localStack;
    private final UniqueNames names;
    private JobClient job;

    @TempDir private Path folder;

    KdaJobITCase(KinesisClient kinesis, S3Client s3, LocalStack localStack, UniqueNames names) {
        this.kinesis = kinesis;
        this.s3 = s3;
        this.localStack = localStack;
        this.names = names;
    }

    @AfterEach
    void endJob() throws Exception {
        if (job != null) {
            job.cancel().get();
        }
    }

    @Test
    void countsWhatArrivesInEachWindowOverAStopInTheMiddleOfOne() throws Exception {
        String in = names.newStream("in", 2);
        String out = names.newStream("out", 1);
        String document = document(in, out, "DESTINATION_SQL_STREAM", 1, "");
        job = start(document, COUNTS, null);
        for (int i = 0; i < 40; i++) {
            put(in, ticker(i));
        }
        putAggregate(in, 40, 60);
        job = start(document, COUNTS, stop());
        putAggregate(in, 60, 90);
        for (int i = 90; i < 120; i++) {
            put(in, ticker(i));
        }

        Map<String, Integer> expected = countsByArrival(in);
        assertThat(expected.values().stream().mapToInt(n -> n).sum()).isEqualTo(120);
        Conditions.until(PATIENCE, "all windows to be counted", () -> total(counts(out)) >= 120);
        assertThat(counts(out)).isEqualTo(expected);
    }

    @Test
    void sharesShardsAmongStreamsAndSendsWhatFitsNoSchemaToTheErrorStream() throws Exception {
        String in = names.newStream("in", 2);
        String out = names.newStream("out", 1);
        String code =
                """
                CREATE OR REPLACE STREAM "ALL" (ticker_symbol VARCHAR(4), shard VARCHAR(64), part INTEGER);
                CREATE OR REPLACE PUMP "P1" AS INSERT INTO "ALL"
                  SELECT STREAM ticker_symbol, SHARD_ID, 1 FROM "SOURCE_SQL_STREAM_001";
                CREATE OR REPLACE PUMP "P2" AS INSERT INTO "ALL"
                  SELECT STREAM ticker_symbol, SHARD_ID, 2 FROM "SOURCE_SQL_STREAM_002";
                """;
        String errors = names.newStream("errors", 1);
        String document =
                TestDocument.of(arn(in), 2, hydrant())
                        + TestDocument.output("ALL", arn(out), "CSV")
                        + ","
                        + TestDocument.output("error_stream", arn(errors), "JSON")
                        + "]}";
        job = start(document, code, null);
        for (int i = 0; i < 20; i++) {
            put(in, ticker(i));
        }
        put(in, "{\"TICKER_SYMBOL\": \"AMZN\", \"PRICE\": \"dear\"}");

        Conditions.until(
                PATIENCE,
                "all rows",
                () -> records(out).size() >= 20 && !records(errors).isEmpty());
        Set<String> parts = new HashSet<>();
        for (Record each : records(out)) {
            String[] fields = each.data().asUtf8String().split(",", -1);
            parts.add(fields[1] + " " + fields[2]);
        }
        assertThat(parts)
                .containsExactlyInAnyOrder("shardId-000000000000 1", "shardId-000000000001 2");
        assertThat(records(out)).hasSize(20);
        JsonNode error = JSON.readTree(records(errors).get(0).data().asByteArray());
        assertThat(error.get("ERROR_NAME").asText()).isEqualTo("COERCION_ERROR");
        assertThat(error.get("MESSAGE").asText()).contains("PRICE", "dear");
        assertThat(error.has("ROWTIME")).isFalse();
    }

    @Test
    void joinsAReferenceTableAndReadsItAnewWhenItsObjectChanges() throws Exception {
        String in = names.newStream("in", 1);
        String out = names.newStream("out", 1);
        String bucket = names.newBucket("refs");
        putReference(bucket, "Ticker,Company\nAMZN,Amazon\n");
        String tables =
                """
                "ReferenceDataSources": [{
                  "TableName": "CompanyName",
                  "S3ReferenceDataSource": {"BucketARN": "arn:aws:s3:::%s", "FileKey": "companies.csv",
                    "ReferenceRoleARN": "arn:aws:iam::000000000000:role/r"},
                  "ReferenceSchema": {
                    "RecordColumns": [{"Name": "Ticker", "SqlType": "VARCHAR(8)"},
                                      {"Name": "Company", "SqlType": "VARCHAR(32)"}],
                    "RecordFormat": {"RecordFormatType": "CSV", "MappingParameters": {
                      "CSVMappingParameters": {"RecordRowDelimiter": "\\n", "RecordColumnDelimiter": ","}}},
                    "RecordEncoding": "UTF-8"}}],
                """
                        .formatted(bucket);
        String code =
                """
                CREATE OR REPLACE STREAM "DESTINATION_SQL_STREAM" (ticker_symbol VARCHAR(4), "Company" varchar(20));
                CREATE OR REPLACE PUMP "STREAM_PUMP" AS INSERT INTO "DESTINATION_SQL_STREAM"
                   SELECT STREAM ticker_symbol, "c"."Company"
                   FROM "SOURCE_SQL_STREAM_001" LEFT JOIN "CompanyName" as "c"
                   ON "SOURCE_SQL_STREAM_001".ticker_symbol = "c"."Ticker";
                """;
        job = start(document(in, out, "DESTINATION_SQL_STREAM", 1, tables), code, null);
        put(in, "{\"TICKER_SYMBOL\": \"AMZN\"}");
        until(out, "Amazon"::equals);

        putReference(bucket, "Ticker,Company\nAMZN,Amazon.com\n");
        Conditions.until(
                PATIENCE,
                "a row of the new table",
                () -> {
                    put(in, "{\"TICKER_SYMBOL\": \"AMZN\"}");
                    return companies(out).contains("Amazon.com");
                });
    }

    @Test
    void hasRecordsPreparedByAFunctionAndHandsRowsToFirehoseAndToAFunction() throws Exception {
        String in = names.newStream("in", 2);
        List<String> handed = new CopyOnWriteArrayList<>();
        List<String> errors = new CopyOnWriteArrayList<>();
        try (FakeLambda lambda = FakeLambda.start();
                FakeFirehose firehose = FakeFirehose.start()) {
            firehose.create("out");
            lambda.deploy("prepare", each((data, answer) -> prepare(data, answer)));
            lambda.deploy(
                    "deliver",
                    each(
                            (data, answer) -> {
                                handed.add(data);
                                answer.put("result", "Ok");
                            }));
            String function = "arn:aws:lambda:us-east-1:000000000000:function:";
            String document =
                    TestDocument.of(arn(in), 1, hydrant())
                                    .replace(
                                            "\"kda.idle-timeout\"",
                                            "\"kda.lambda.endpoint\": \""
                                                    + lambda.endpoint()
                                                    + "\", \"kda.firehose.endpoint\": \""
                                                    + firehose.endpoint()
                                                    + "\", \"kda.idle-timeout\"")
                                    .replace(
                                            "\"InputSchema\"",
                                            TestDocument.processor(function + "prepare")
                                                    + "\"InputSchema\"")
                            + TestDocument.output("OUT", function + "deliver", "JSON")
                                    .replace("KinesisStreamsOutput", "LambdaOutput")
                            + ","
                            + TestDocument.output(
                                            "error_stream",
                                            "arn:aws:firehose:us-east-1:000000000000:deliverystream/out",
                                            "CSV")
                                    .replace("KinesisStreamsOutput", "KinesisFirehoseOutput")
                            + "]}";
            job =
                    start(
                            document,
                            """
                            CREATE OR REPLACE STREAM "OUT" (ticker_symbol VARCHAR(4));
                            CREATE OR REPLACE PUMP "P" AS INSERT INTO "OUT"
                              SELECT STREAM ticker_symbol FROM "SOURCE_SQL_STREAM_001";
                            """,
                            null);
            put(in, "amzn");
            put(in, "drop");
            put(in, "fail");

            Conditions.until(
                    PATIENCE,
                    "the row and the error",
                    () -> !handed.isEmpty() && !firehose.records("out").isEmpty());
            firehose.records("out")
                    .forEach(row -> errors.add(new String(row, StandardCharsets.UTF_8)));
        }
        assertThat(handed).containsOnly("{\"TICKER_SYMBOL\":\"AMZN\"}");
        assertThat(errors)
                .allSatisfy(
                        line ->
                                assertThat(line)
                                        .contains(
                                                ",ERROR,INPUT_PROCESSING_ERROR,The function answered"
                                                        + " ProcessingFailed,",
                                                ","
                                                        + HexFormat.of()
                                                                .formatHex(
                                                                        "fail"
                                                                                .getBytes(
                                                                                        StandardCharsets
                                                                                                .UTF_8))
                                                        + ",")
                                        .endsWith("\n"));
    }

    private static void prepare(String data, ObjectNode answer) {
        switch (data) {
            case "drop" -> answer.put("result", "Dropped");
            case "fail" -> answer.put("result", "ProcessingFailed");
            default ->
                    answer.put("result", "Ok")
                            .put(
                                    "data",
                                    Base64.getEncoder()
                                            .encodeToString(
                                                    ("{\"TICKER_SYMBOL\": \""
                                                                    + data.toUpperCase(Locale.ROOT)
                                                                    + "\"}")
                                                            .getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static FakeFunction each(BiConsumer<String, ObjectNode> judgement) {
        return bytes -> {
            ObjectNode answer = JSON.createObjectNode();
            for (JsonNode record : JSON.readTree(bytes).get("records")) {
                judgement.accept(
                        new String(
                                Base64.getDecoder().decode(record.get("data").textValue()),
                                StandardCharsets.UTF_8),
                        answer.withArray("records")
                                .addObject()
                                .put("recordId", record.get("recordId").textValue()));
            }
            return JSON.writeValueAsBytes(answer);
        };
    }

    private void until(String out, Predicate<String> company) {
        Conditions.until(PATIENCE, "a row", () -> companies(out).stream().anyMatch(company));
    }

    private List<String> companies(String out) throws Exception {
        List<String> companies = new ArrayList<>();
        for (Record each : records(out)) {
            companies.add(JSON.readTree(each.data().asByteArray()).get("Company").asText());
        }
        return companies;
    }

    private void putReference(String bucket, String text) {
        s3.putObject(r -> r.bucket(bucket).key("companies.csv"), RequestBody.fromString(text));
    }

    private String document(String in, String out, String stream, int parallelism, String more) {
        return TestDocument.of(arn(in), parallelism, hydrant() + more)
                + TestDocument.output(stream, arn(out), "JSON")
                + "]}";
    }

    private String hydrant() {
        return """
               "Hydrant": {
                 "aws.endpoint": "%s", "aws.region": "%s", "aws.credentials.provider": "BASIC",
                 "aws.credentials.basic.accesskeyid": "%s",
                 "aws.credentials.basic.secretkey": "%s",
                 "source.init.position": "TRIM_HORIZON",
                 "kda.idle-timeout": "3 s", "kda.backlog-timeout": "3 s",
                 "kda.reference.refresh-interval": "1 s"},
               """
                .formatted(
                        localStack.endpoint(),
                        localStack.region(),
                        localStack.accessKey(),
                        localStack.secretKey());
    }

    private JobClient start(String document, String code, String savepoint) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(2);
        Built built =
                KdaJob.build(
                        environment,
                        ApplicationDocument.readApplication("application.json", document),
                        code,
                        Map.of());
        assertThat(built.problems()).isEmpty();
        return environment.executeAsync("ticker");
    }

    /** Stops the job with a savepoint, which it takes once all of its tasks run. */
    private String stop() {
        AtomicReference<String> savepoint = new AtomicReference<>();
        Conditions.until(
                PATIENCE,
                "a savepoint",
                () -> {
                    savepoint.set(
                            job.stopWithSavepoint(
                                            false,
                                            folder.resolve("savepoints").toUri().toString(),
                                            SavepointFormatType.CANONICAL)
                                    .get());
                    return true;
                });
        return savepoint.get();
    }

    private String arn(String stream) {
        return kinesis.describeStreamSummary(r -> r.streamName(stream))
                .streamDescriptionSummary()
                .streamARN();
    }

    private static String ticker(int i) {
        return "{\"TICKER_SYMBOL\": \"%s\", \"SECTOR\": \"RETAIL\", \"CHANGE\": 0.5, \"PRICE\": %d}"
                .formatted(i % 3 == 0 ? "AMZN" : "TGT", i);
    }

    private void put(String stream, String record) {
        kinesis.putRecord(
                r ->
                        r.streamName(stream)
                                .partitionKey(String.valueOf(record.hashCode()))
                                .data(SdkBytes.fromUtf8String(record)));
    }

    private void putAggregate(String stream, int from, int to) {
        KplAggregator aggregator = new KplAggregator(100_000);
        for (int i = from; i < to; i++) {
            byte[] data = ticker(i).getBytes(StandardCharsets.UTF_8);
            aggregator.add("key", null, data, 0, data.length);
        }
        var aggregated = aggregator.build();
        kinesis.putRecord(
                r ->
                        r.streamName(stream)
                                .partitionKey(aggregated.partitionKey())
                                .data(SdkBytes.fromByteArray(aggregated.data())));
    }

    private Map<String, Integer> counts(String out) throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        for (Record each : records(out)) {
            JsonNode row = JSON.readTree(each.data().asByteArray());
            String key = row.get("TICKER_SYMBOL").asText() + " " + row.get("WINDOW_BEGIN").asText();
            assertThat(counts.put(key, row.get("N").asInt())).as(key).isNull();
        }
        return counts;
    }

    private static int total(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(n -> n).sum();
    }

    /** What the windows should hold, by the times of arrival that the stream says. */
    private Map<String, Integer> countsByArrival(String in) throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        int next = 0;
        Map<Integer, Long> arrivals = new HashMap<>();
        for (Record each : records(in)) {
            byte[] data = each.data().asByteArray();
            long arrival = each.approximateArrivalTimestamp().toEpochMilli();
            if (data[0] == '{') {
                arrivals.put(JSON.readTree(data).get("PRICE").asInt(), arrival);
            } else {
                String text = each.data().asString(StandardCharsets.ISO_8859_1);
                int begin = text.contains("\"PRICE\": 40}") ? 40 : 60;
                for (int i = begin; i < (begin == 40 ? 60 : 90); i++) {
                    arrivals.put(i, arrival);
                }
            }
            next++;
        }
        assertThat(next).isEqualTo(72);
        arrivals.forEach(
                (i, arrival) ->
                        counts.merge(
                                (i % 3 == 0 ? "AMZN " : "TGT ") + begin(arrival), 1, Integer::sum));
        return counts;
    }

    private static String begin(long arrival) {
        return java.time.LocalDateTime.ofInstant(
                        java.time.Instant.ofEpochMilli(arrival - arrival % WINDOW_MILLIS),
                        java.time.ZoneOffset.UTC)
                .format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS"));
    }

    private List<Record> records(String stream) {
        List<Record> records = new ArrayList<>();
        for (Shard shard : kinesis.listShards(r -> r.streamName(stream)).shards()) {
            String iterator =
                    kinesis.getShardIterator(
                                    r ->
                                            r.streamName(stream)
                                                    .shardId(shard.shardId())
                                                    .shardIteratorType(
                                                            ShardIteratorType.TRIM_HORIZON))
                            .shardIterator();
            records.addAll(kinesis.getRecords(r -> r.shardIterator(iterator)).records());
        }
        return records;
    }
}
