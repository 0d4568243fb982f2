package io.hydrant.s3.sink;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.read.LedgerKeys;
import io.hydrant.s3.read.LedgerReader;
import io.hydrant.s3.sink.FaultyStore.Call;
import io.hydrant.s3.sink.FaultyStore.Fault;
import io.hydrant.s3.sink.FaultyStore.Side;
import io.hydrant.s3.store.ObjectAttributes;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3ObjectStore;
import io.hydrant.s3.store.S3StoreConfig;

import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The sink and what reads its objects, over S3's own protocol. */
@LocalStackTest
class S3SinkLocalStackITCase {

    private static final int KIBIBYTE = 1024;
    private static final int SHARDS = 2;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(SHARDS)
                            .build());

    private final S3Client s3;
    private final AwsClientConfig aws;
    private final String name = UUID.randomUUID().toString();

    S3SinkLocalStackITCase(S3Client s3, LocalStack localStack) {
        this.s3 = s3;
        this.aws =
                AwsClientConfig.forEndpoint(
                        localStack.endpoint(),
                        localStack.region(),
                        localStack.accessKey(),
                        localStack.secretKey());
    }

    @AfterEach
    void forgetFaults() {
        JobFaults.forget(name);
    }

    @ParameterizedTest
    @CsvSource({"PART, AFTER, 2", "COMPLETE, BEFORE, 1", "COMPLETE, AFTER, 1"})
    void deliversObjectsOfPartsOnceOverAFailure(Call call, Side side, int nth, UniqueNames names)
            throws Exception {
        String bucket = names.newBucket("parts");
        Fault fault = new Fault(call, side, "20", nth);

        run(
                bucket,
                fault,
                Map.of("delivery.compression", "UNCOMPRESSED", "delivery.buffer.size", "7 mb"),
                new SteppedSource(name, SHARDS, 200, 64 * KIBIBYTE, 50));

        assertThat(fault.hasStruck()).isTrue();
        try (ObjectStore store = connect()) {
            Delivered delivered = new Delivered(store, bucket);
            delivered.assertHoldsOnceEach(SHARDS, 200);
            assertThat(delivered.keys())
                    .as("objects of two parts, by the form of their tags")
                    .anyMatch(key -> tag(bucket, key).endsWith("-2\""));
            assertIdentitiesAreStored(bucket, delivered);
        }
    }

    @ParameterizedTest
    @CsvSource({"PUT, BEFORE, 20, 2", "PUT, AFTER, 20, 2", "PUT, AFTER, _hydrant, 1"})
    void deliversObjectsInOnePieceOnceOverAFailure(
            Call call, Side side, String prefix, int nth, UniqueNames names) throws Exception {
        String bucket = names.newBucket("pieces");
        Fault fault = new Fault(call, side, prefix, nth);

        run(
                bucket,
                fault,
                Map.of("delivery.buffer.size", "1 kb"),
                new SteppedSource(name, SHARDS, 500, 0, 400));

        assertThat(fault.hasStruck()).isTrue();
        try (ObjectStore store = connect()) {
            Delivered delivered = new Delivered(store, bucket);
            delivered.assertHoldsOnceEach(SHARDS, 500);
            assertIdentitiesAreStored(bucket, delivered);
        }
    }

    private String tag(String bucket, String key) {
        return s3.headObject(request -> request.bucket(bucket).key(key)).eTag();
    }

    private void assertIdentitiesAreStored(String bucket, Delivered delivered) {
        assertThat(delivered.ledger())
                .allSatisfy(
                        entry ->
                                assertThat(
                                                s3.headObject(
                                                                request ->
                                                                        request.bucket(bucket)
                                                                                .key(
                                                                                        delivered
                                                                                                .keyOf(
                                                                                                        entry)))
                                                        .metadata())
                                        .containsEntry("hydrant-id", entry.id().toString()));
    }

    @Test
    void readsLedgerAndCompressedObjectsBack(UniqueNames names) throws Exception {
        String bucket = names.newBucket("read-back");
        String ledgerBucket = names.newBucket("ledger");
        run(
                bucket,
                null,
                // About a thousand gzip members in an object of two parts.
                Map.of(
                        "delivery.buffer.size", "7 mb",
                        "delivery.buffer.block-size", "8 kb",
                        "ledger.bucket", ledgerBucket,
                        "ledger.prefix", "audit/"),
                new SteppedSource(name, SHARDS, 2400, 4 * KIBIBYTE, 1500));

        try (ObjectStore store = connect()) {
            S3Calls calls = new S3Calls(Duration.ofSeconds(10), RetryClock.SYSTEM);
            DeliveredObjects objects = new DeliveredObjects(store, calls, bucket);
            Map<String, List<String>> found = new HashMap<>();
            long count =
                    objects.forEach(
                            "",
                            object -> found.put(object.key(), identities(objects, object.key())));
            List<LedgerEntry> ledger = new ArrayList<>();
            new LedgerReader(store, calls, ledgerBucket, new LedgerKeys("audit/", "flights"))
                    .forEach(ledger::add);

            assertThat(count).isEqualTo(ledger.size()).isGreaterThanOrEqualTo(4);
            assertThat(found.values().stream().flatMap(List::stream))
                    .hasSize(SHARDS * 2400)
                    .doesNotHaveDuplicates();
            assertThat(ledger)
                    .allSatisfy(
                            entry ->
                                    assertThat(found.get(new Delivered(store, bucket).keyOf(entry)))
                                            .hasSize((int) entry.records()));
        }
    }

    private static List<String> identities(DeliveredObjects objects, String key)
            throws InterruptedException, IOException {
        try (InputStream content = objects.open(key, Compression.GZIP)) {
            return Delivered.identitiesIn(content.readAllBytes());
        }
    }

    @Test
    void saysAtTheStartThatTheBucketDoesNotExist(UniqueNames names) {
        String missing = names.bucket("missing");

        assertThatThrownBy(() -> run(missing, null, Map.of(), new SteppedSource(name, 1, 10, 0, 5)))
                .hasStackTraceContaining("There is no bucket '" + missing + "' there: create it");
        assertThat(JobFaults.named(name).records()).as("records that were read before").isZero();
    }

    private void run(String bucket, Fault fault, Map<String, String> options, SteppedSource source)
            throws Exception {
        if (fault == null) {
            JobFaults.none(name, S3ObjectStore::connect);
        } else {
            JobFaults.inStore(name, S3ObjectStore::connect, fault);
        }
        Map<String, String> all = new HashMap<>(options);
        all.put("s3.bucket", bucket);
        new SinkJob(name, aws, all).run(SHARDS, source);
    }

    private ObjectStore connect() {
        return S3ObjectStore.connect(aws, new S3StoreConfig(null, ObjectAttributes.NONE));
    }
}
