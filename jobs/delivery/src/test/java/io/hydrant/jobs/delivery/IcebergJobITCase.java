package io.hydrant.jobs.delivery;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeTypeInformation;
import io.hydrant.iceberg.catalog.CatalogConnection;
import io.hydrant.localstack.fakes.s3.FakeS3;

import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
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
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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

            run(plan);

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

    private DeliveryPlan plan(FakeS3 s3) throws Exception {
        Path file = folder.resolve("stream.json");
        Files.writeString(
                file, DOCUMENT.formatted(folder.resolve("warehouse").toUri(), s3.endpoint()));
        return DeliveryPlan.of(List.of("--config", file.toString()));
    }

    private static void run(DeliveryPlan plan) throws Exception {
        Configuration config = new Configuration();
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(2);
        DeliveryPipeline.of(plan)
                .withSource(
                        new DataGeneratorSource<>(
                                IcebergJobITCase::record,
                                200,
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
