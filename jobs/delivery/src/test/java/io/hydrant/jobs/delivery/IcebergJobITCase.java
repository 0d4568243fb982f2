package io.hydrant.jobs.delivery;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeTypeInformation;
import io.hydrant.iceberg.catalog.CatalogConnection;
import io.hydrant.localstack.fakes.lambda.FakeLambda;
import io.hydrant.localstack.fakes.s3.FakeS3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** The job of a document with an IcebergDestinationConfiguration, on a catalog in a folder. */
class IcebergJobITCase {

    private static final String DOCUMENT =
            """
            {
              "DeliveryStreamName": "orders",
              "KinesisStreamSourceConfiguration": {
                "KinesisStreamARN": "arn:aws:kinesis:us-east-1:111122223333:stream/orders"
              },
              "IcebergDestinationConfiguration": {
                "RoleARN": "arn:aws:iam::111122223333:role/writes",
                "CatalogConfiguration": {},
                "DestinationTableConfigurationList": [
                  {"DestinationDatabaseName": "shop", "DestinationTableName": "orders"}
                ],
                "TableCreationConfiguration": {"Enabled": true},
                "S3BackupMode": "AllData",
                "S3Configuration": {
                  "BucketARN": "arn:aws:s3:::errors",
                  "Prefix": "kept/",
                  "ErrorOutputPrefix": "failed/!{firehose:error-output-type}/",
                  "BufferingHints": {"SizeInMBs": 1, "IntervalInSeconds": 1}
                }
              },
              "Hydrant": {"iceberg.catalog.type": "HADOOP", "iceberg.catalog.warehouse": "%s", "s3.endpoint": "%s",
                "aws.credentials.provider": "BASIC", "aws.credentials.basic.accesskeyid": "test", "aws.credentials.basic.secretkey": "test"}
            }
            """;

    private static final int RECORDS_BY_KEY = 400;
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private Path folder;

    @Test
    void recordsAreInTheTableAndWhatDoesNotFitIsUnderTheErrorPrefixAndAllAreKept()
            throws Exception {
        try (FakeS3 s3 = FakeS3.start();
                S3Client client = TestS3.client(s3)) {
            client.createBucket(r -> r.bucket("errors"));
            DeliveryPlan plan = plan(s3);

            run(plan, 200, IcebergJobITCase::record);

            assertThat(ids(plan)).hasSize(190).doesNotContain("7").contains("8", "199");
            List<String> keys =
                    client.listObjectsV2(r -> r.bucket("errors")).contents().stream()
                            .map(object -> object.key())
                            .filter(key -> !key.startsWith("_hydrant/ledger/orders/"))
                            .toList();
            assertThat(keys)
                    .isNotEmpty()
                    .allMatch(key -> key.startsWith("failed/iceberg-failed/") || isKept(key));
            assertThat(content(client, keys.stream().filter(key -> isKept(key)).toList()))
                    .satisfies(kept -> assertThat(kept.split("\\{\"id\"", -1)).hasSize(201));
            String errors = content(client, keys.stream().filter(key -> !isKept(key)).toList());
            assertThat(errors.lines())
                    .hasSize(10)
                    .allMatch(line -> line.contains("Iceberg.TypeMismatch"))
                    .anyMatch(line -> line.contains("\"sequenceNumber\":\"7\""));
        }
    }

    /** What the function says of a record is what becomes of it, wherever it waits before. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFunctionSaysWhichTableRecordsGoToAndWhatTheyDoThere(boolean isStaged) throws Exception {
        try (FakeS3 s3 = FakeS3.start();
                S3Client client = TestS3.client(s3);
                FakeLambda lambda = FakeLambda.start()) {
            client.createBucket(r -> r.bucket("errors"));
            lambda.deploy("route", IcebergJobITCase::route);
            DeliveryPlan plan =
                    plan(
                            s3,
                            "iceberg.tables=[{'DestinationDatabaseName':'shop','DestinationTableName':'even','UniqueKeys':['key']},{'DestinationDatabaseName':'shop','DestinationTableName':'odd','UniqueKeys':['key']}]"
                                    .replace('\'', '"'),
                            "lambda.function-arn=arn:aws:lambda:us-east-1:000000000000:function:route",
                            "lambda.endpoint=" + lambda.endpoint(),
                            "lambda.buffer.interval=20 ms",
                            "iceberg.compaction.enabled=true",
                            "iceberg.compaction.min-files=2",
                            "iceberg.upkeep.interval=50 ms",
                            "iceberg.staged=" + isStaged);

            run(plan, RECORDS_BY_KEY, IcebergJobITCase::recordOfKey);

            assertThat(rows(plan, "even", "odd")).isEqualTo(lastOfKeys());
            List<String> failed =
                    client.listObjectsV2(r -> r.bucket("errors")).contents().stream()
                            .map(object -> object.key())
                            .filter(key -> key.startsWith("failed/iceberg-failed/"))
                            .toList();
            assertThat(content(client, failed).lines())
                    .hasSize(RECORDS_BY_KEY / 20)
                    .allMatch(line -> line.contains("Iceberg.InvalidRoute"))
                    .allMatch(line -> line.contains("\"destinationTableName\":\"odd\""));
        }
    }

    /** Records of one key are made by one task. */
    private static Envelope recordOfKey(long index) {
        return envelope(index, "{\"key\":" + keyOf(index) + ",\"n\":" + index + "}");
    }

    private static long keyOf(long index) {
        return index / (RECORDS_BY_KEY / 2) * 10 + index % 10;
    }

    private static String operationOf(long index) {
        return index % 20 == 19 ? "forget" : index % 7 == 3 ? "delete" : "update";
    }

    private static Map<Long, Long> lastOfKeys() {
        Map<Long, Long> rows = new TreeMap<>();
        for (long i = 0; i < RECORDS_BY_KEY; i++) {
            switch (operationOf(i)) {
                case "delete" -> rows.remove(keyOf(i));
                case "update" -> rows.put(keyOf(i), i);
                default -> {}
            }
        }
        return rows;
    }

    private static Map<Long, Long> rows(DeliveryPlan plan, String... tables) throws Exception {
        Map<Long, Long> rows = new TreeMap<>();
        Catalog catalog = new CatalogConnection(plan.iceberg().catalog()).loadCatalog();
        for (int i = 0; i < tables.length; i++) {
            Table table = catalog.loadTable(TableIdentifier.of("shop", tables[i]));
            try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
                for (Record record : records) {
                    long key = (Long) record.getField("key");
                    assertThat(key % 2).as("table of %s", key).isEqualTo(i);
                    assertThat(rows.put(key, (Long) record.getField("n")))
                            .as("another row of %s", key)
                            .isNull();
                }
            }
        }
        return rows;
    }

    /** Even keys to one table, odd ones to the other. */
    private static byte[] route(byte[] event) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        for (JsonNode record : JSON.readTree(event).get("records")) {
            JsonNode payload = JSON.readTree(record.get("data").binaryValue());
            ObjectNode result =
                    answer.withArray("records")
                            .addObject()
                            .put("recordId", record.get("recordId").textValue())
                            .put("result", "Ok")
                            .put("data", record.get("data").textValue());
            result.putObject("metadata")
                    .putObject("otfMetadata")
                    .put("destinationDatabaseName", "shop")
                    .put(
                            "destinationTableName",
                            payload.get("key").longValue() % 2 == 0 ? "even" : "odd")
                    .put("operation", operationOf(payload.get("n").longValue()));
        }
        return JSON.writeValueAsBytes(answer);
    }

    private static boolean isKept(String key) {
        return key.startsWith("kept/");
    }

    private static String content(S3Client client, List<String> keys) {
        StringBuilder all = new StringBuilder();
        for (String key : keys) {
            all.append(client.getObjectAsBytes(r -> r.bucket("errors").key(key)).asUtf8String());
        }
        return all.toString();
    }

    private DeliveryPlan plan(FakeS3 s3, String... assignments) throws Exception {
        Path file = folder.resolve("stream.json");
        Files.writeString(
                file, DOCUMENT.formatted(folder.resolve("warehouse").toUri(), s3.endpoint()));
        List<String> arguments = new ArrayList<>(List.of("--config", file.toString()));
        for (String each : assignments) {
            arguments.addAll(List.of("--set", each));
        }
        return DeliveryPlan.of(arguments);
    }

    private static void run(DeliveryPlan plan, int count, GeneratorFunction<Long, Envelope> records)
            throws Exception {
        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(2);
        DeliveryPipeline.of(plan)
                .withSource(
                        new DataGeneratorSource<>(
                                records,
                                count,
                                RateLimiterStrategy.perCheckpoint(100),
                                EnvelopeTypeInformation.INSTANCE))
                .addTo(env);
        env.execute();
    }

    private static Envelope record(long index) {
        String json =
                index % 20 == 7
                        ? "{\"id\":\"seven\",\"item\":\"i\"}"
                        : "{\"id\":" + index + ",\"item\":\"i\"}";
        return envelope(index, json);
    }

    private static Envelope envelope(long index, String json) {
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        return new Envelope(
                "orders", "shard", String.valueOf(index), 0, "k", 0, payload, 0, payload.length);
    }

    private static Set<String> ids(DeliveryPlan plan) throws Exception {
        Set<String> ids = new TreeSet<>();
        Catalog catalog = new CatalogConnection(plan.iceberg().catalog()).loadCatalog();
        Table table = catalog.loadTable(TableIdentifier.of("shop", "orders"));
        int rows = 0;
        try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
            for (Record record : records) {
                ids.add(String.valueOf(record.getField("id")));
                rows++;
            }
        }
        assertThat(rows).as("rows, each once").isEqualTo(ids.size());
        return ids;
    }
}
