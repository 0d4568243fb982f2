package io.hydrant.localstack.it;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.ledger.AuditReport;
import io.hydrant.delivery.ledger.LedgerAudit;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.kinesis.aggregation.AggregatedRecord;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.source.reader.ShardScanner;
import io.hydrant.kinesis.stream.SdkStreamApi;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.s3.read.LedgerKeys;
import io.hydrant.s3.read.LedgerReader;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3ObjectStore;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stream, a bucket, and the delivery between them as a user configures it; knows what was put,
 * and reads back what landed without the code that wrote it.
 */
final class Corridor {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PREFIX = "data/";
    private static final int KEYS = 10;

    private final KinesisClient kinesis;
    private final S3Client s3;
    private final String stream;
    private final String bucket;
    private final Path config;
    private final Set<String> readObjects = new HashSet<>();
    private final Map<Long, Integer> deliveries = new HashMap<>();
    private long put;

    Corridor(
            LocalStack localStack,
            KinesisClient kinesis,
            S3Client s3,
            String stream,
            String bucket,
            Path folder)
            throws IOException {
        this.kinesis = kinesis;
        this.s3 = s3;
        this.stream = stream;
        this.bucket = bucket;
        this.config =
                Files.writeString(
                        folder.resolve(stream + ".json"), document(localStack, stream, bucket));
    }

    private static String document(LocalStack localStack, String stream, String bucket) {
        return """
                {
                    "DeliveryStreamName": "%s",
                    "DeliveryStreamType": "KinesisStreamAsSource",
                    "KinesisStreamSourceConfiguration": {
                        "KinesisStreamARN": "arn:aws:kinesis:%s:000000000000:stream/%s",
                        "RoleARN": "arn:aws:iam::000000000000:role/delivery"
                    },
                    "ExtendedS3DestinationConfiguration": {
                        "RoleARN": "arn:aws:iam::000000000000:role/delivery",
                        "BucketARN": "arn:aws:s3:::%s",
                        "Prefix": "%s",
                        "BufferingHints": {"SizeInMBs": 64, "IntervalInSeconds": 2},
                        "CompressionFormat": "GZIP",
                        "ProcessingConfiguration": {
                            "Enabled": true,
                            "Processors": [{"Type": "AppendDelimiterToRecord"}]
                        }
                    },
                    "Hydrant": {
                        "source.init.position": "TRIM_HORIZON",
                        "source.shard.discovery.interval": "500 ms",
                        "aws.endpoint": "%s",
                        "aws.credentials.provider": "BASIC",
                        "aws.credentials.basic.accesskeyid": "%s",
                        "aws.credentials.basic.secretkey": "%s"
                    }
                }
                """
                .formatted(
                        stream,
                        localStack.region(),
                        stream,
                        bucket,
                        PREFIX,
                        localStack.endpoint(),
                        localStack.accessKey(),
                        localStack.secretKey());
    }

    /** Where the configuration lies. */
    Path config() {
        return config;
    }

    /** The plan that the job makes, with some values set over the configuration. */
    DeliveryPlan plan(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return DeliveryPlan.of(arguments);
    }

    /** Puts that many numbered records of every key, those of one key in one aggregate. */
    void putOfEveryKey(int records) {
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            KplAggregator aggregator = new KplAggregator(KplAggregator.LARGEST_MAX_BYTES);
            for (int i = 0; i < records; i++) {
                byte[] line = ("{\"id\":" + put++ + "}").getBytes(StandardCharsets.UTF_8);
                assertThat(aggregator.add("key-" + key, null, line, 0, line.length)).isTrue();
            }
            entries.add(entry(aggregator.build()));
        }
        PutRecordsResponse response =
                kinesis.putRecords(r -> r.streamName(stream).records(entries));
        assertThat(response.failedRecordCount()).isZero();
    }

    private static PutRecordsRequestEntry entry(AggregatedRecord record) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(record.partitionKey())
                .explicitHashKey(record.explicitHashKey())
                .data(SdkBytes.fromByteArrayUnsafe(record.data()))
                .build();
    }

    /**
     * Waits until every record that was put has landed.
     *
     * @param isAlive whether the job can still deliver; the wait ends when it cannot
     */
    void awaitAllDelivered(Callable<Boolean> isAlive) {
        awaitDelivered(put, isAlive);
    }

    /** Waits until some records have landed. */
    void awaitDelivered(long records, Callable<Boolean> isAlive) {
        Conditions.until(
                PATIENCE,
                records + " records of " + put + " to land",
                () -> {
                    readNewObjects();
                    return deliveries.size() >= records || !isAlive.call();
                });
        assertThat(deliveries.size())
                .as("records that landed")
                .isGreaterThanOrEqualTo((int) records);
    }

    /** Requires every record exactly once, by the objects themselves and by the ledger. */
    void requireExactlyOnce() throws IOException {
        readNewObjects();
        assertThat(deliveries).hasSize((int) put);
        assertThat(deliveries.values()).allMatch(times -> times == 1);
        assertThat(deliveries.keySet()).allMatch(id -> id >= 0 && id < put);
        AuditReport report = awaitComplete();
        assertThat(report.inStream()).isEqualTo(put);
        assertThat(report.data().records()).isEqualTo(put);
        assertThat(report.data().entries()).isEqualTo(readObjects.size());
    }

    /** Waits for the ledger, which follows the objects, and returns its report. */
    AuditReport awaitComplete() {
        AuditReport[] last = new AuditReport[1];
        Conditions.until(
                PATIENCE,
                "the ledger of " + stream + " to be complete",
                () -> {
                    last[0] = audit();
                    assertThat(last[0].consistent()).as(last[0].text()).isTrue();
                    return last[0].complete();
                });
        return last[0];
    }

    /** Compares the ledger with the stream. */
    AuditReport audit() throws IOException, InterruptedException {
        LedgerAudit audit = new LedgerAudit();
        ledger().forEach(audit::add);
        DeliveryPlan plan = plan();
        try (StreamApi api = SdkStreamApi.factory(plan.sourceAws(), plan.stream()).open()) {
            ShardScanner scanner = new ShardScanner(api, plan.stream(), plan.source());
            for (Shard shard : scanner.shards()) {
                audit.beginShard(stream, shard.id());
                scanner.scan(
                        shard,
                        Instant.now(),
                        record ->
                                audit.record(
                                        record.sequence(),
                                        record.subSequence(),
                                        record.arrivalMillis()),
                        (scanned, records, behind) -> {});
                audit.endShard();
            }
        }
        return audit.report();
    }

    /** Every entry of the ledger. */
    List<LedgerEntry> ledger() throws IOException, InterruptedException {
        DeliveryPlan plan = plan();
        List<LedgerEntry> entries = new ArrayList<>();
        try (ObjectStore store = S3ObjectStore.connect(plan.sinkAws(), plan.sink().store())) {
            new LedgerReader(
                            store,
                            new S3Calls(PATIENCE, RetryClock.SYSTEM),
                            bucket,
                            new LedgerKeys(plan.sink().ledger().prefix(), plan.deliveryStream()))
                    .forEach(entries::add);
        }
        return entries;
    }

    /** All keys in the bucket. */
    List<String> keys() {
        return s3.listObjectsV2Paginator(r -> r.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /** The object of an entry as it is stored. */
    byte[] content(LedgerEntry entry) {
        return content(entry.object().substring("s3:///".length() + bucket.length()));
    }

    private byte[] content(String key) {
        return s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray();
    }

    private void readNewObjects() throws IOException {
        for (String key : keys()) {
            if (key.startsWith(PREFIX) && readObjects.add(key)) {
                try (GZIPInputStream gzip =
                        new GZIPInputStream(new ByteArrayInputStream(content(key)))) {
                    new String(gzip.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .forEach(line -> deliveries.merge(id(line), 1, Integer::sum));
                }
            }
        }
    }

    private static long id(String line) {
        return Long.parseLong(line.substring("{\"id\":".length(), line.length() - 1));
    }
}
