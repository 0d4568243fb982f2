package io.hydrant.s3.sink;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.format.Compression;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.s3.sink.FaultyStore.Call;
import io.hydrant.s3.sink.FaultyStore.Fault;
import io.hydrant.s3.sink.FaultyStore.Side;
import io.hydrant.s3.sink.JobFaults.Moment;
import io.hydrant.s3.store.MemoryStore;
import io.hydrant.s3.store.ObjectStoreFactory;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The sink in real jobs, which fail at every step on the way of an object. */
class S3SinkITCase {

    private static final int SLOTS = 4;
    private static final int KIBIBYTE = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Objects of one part and a tail: 112 records of 64 KiB, of which the first 80 are a part. */
    private static final Map<String, String> LARGE =
            Map.of("delivery.compression", "UNCOMPRESSED", "delivery.buffer.size", "7 mb");

    private static final Map<String, String> SMALL = Map.of("delivery.buffer.size", "1 kb");

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(SLOTS)
                            .build());

    @TempDir private Path temporary;

    private final String name = UUID.randomUUID().toString();
    private final MemoryStore memory = new MemoryStore(Delivered.BUCKET);
    private final Delivered delivered = new Delivered(memory, Delivered.BUCKET);
    private final ObjectStoreFactory stores = (aws, config) -> memory;

    @AfterEach
    void forgetFaults() {
        JobFaults.forget(name);
    }

    @ParameterizedTest
    @CsvSource({
        // While parts are uploaded.
        "CREATE,   BEFORE, 20,       2",
        "CREATE,   AFTER,  20,       2",
        "PART,     BEFORE, 20,       1",
        "PART,     AFTER,  20,       2",
        "PART,     AFTER,  20,       3",
        // Between the checkpoint and its commit, and between two objects of a commit.
        "COMPLETE, BEFORE, 20,       1",
        "COMPLETE, BEFORE, 20,       2",
        // The object is there, but the committer does not hear of it.
        "COMPLETE, AFTER,  20,       1",
        "COMPLETE, AFTER,  20,       3",
        // Between the objects and their ledger lines, and behind both.
        "PUT,      BEFORE, _hydrant, 2",
        "PUT,      AFTER,  _hydrant, 2",
    })
    void deliversObjectsOfPartsOnceWhateverCallFails(Call call, Side side, String prefix, int nth)
            throws Exception {
        JobFaults faults = JobFaults.inStore(name, stores, new Fault(call, side, prefix, nth));

        job(LARGE).run(2, largeRecords(2, 260, 45));

        assertThat(faults.hasStruck()).isTrue();
        assertWasRepeatedIfItHadWorked(call, side, prefix);
        delivered.assertHoldsOnceEach(2, 260);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, BEFORE, 20,       1",
        "PUT, BEFORE, 20,       3",
        "PUT, AFTER,  20,       1",
        "PUT, AFTER,  20,       3",
        "PUT, BEFORE, _hydrant, 3",
        "PUT, AFTER,  _hydrant, 3",
    })
    void deliversObjectsInOnePieceOnceWhateverCallFails(
            Call call, Side side, String prefix, int nth) throws Exception {
        JobFaults faults = JobFaults.inStore(name, stores, new Fault(call, side, prefix, nth));

        job(SMALL).run(2, smallRecords(3, 1000, 400));

        assertThat(faults.hasStruck()).isTrue();
        assertWasRepeatedIfItHadWorked(call, side, prefix);
        delivered.assertHoldsOnceEach(3, 1000);
    }

    /**
     * What a lost answer leads to: the same object is asked for again, the same lines come again.
     */
    private void assertWasRepeatedIfItHadWorked(Call call, Side side, String prefix) {
        boolean isCommit = call == Call.COMPLETE || call == Call.PUT;
        if (isCommit && side == Side.AFTER) {
            assertThat(memory.repetitions()).isPositive();
            if (prefix.equals("_hydrant")) {
                assertThat(delivered.ledgerLines()).hasSizeGreaterThan(delivered.ledger().size());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"81, 1", "161, 2"})
    void aTaskThatFailsBehindAPartLosesAndDoublesNothing(int record, int parts) throws Exception {
        JobFaults faults =
                JobFaults.inTask(
                        name,
                        stores,
                        Moment.RECORD,
                        nth -> {
                            if (nth == record) {
                                Conditions.until(
                                        PATIENCE,
                                        "part " + parts + " to arrive",
                                        () -> memory.partsUploaded() == parts);
                            }
                            return nth == record;
                        });

        job(Map.of("delivery.compression", "UNCOMPRESSED", "delivery.buffer.size", "100 mb"))
                .run(1, largeRecords(2, 150, 100));

        assertThat(faults.hasStruck()).isTrue();
        delivered.assertHoldsOnceEach(2, 150);
    }

    @Test
    void aPartOnItsWayWhileACheckpointIsTakenIsSentAgain() throws Exception {
        Fault held = Fault.holding(Call.PART, () -> JobFaults.named(name).hasStruck());
        AtomicInteger completed = new AtomicInteger();
        JobFaults faults =
                JobFaults.inTask(
                        name,
                        (aws, config) -> new FaultyStore(memory, held),
                        Moment.COMMITTED,
                        // The second checkpoint that completes meanwhile began with the part held.
                        nth -> held.hasStruck() && completed.incrementAndGet() == 2);

        job(Map.of("delivery.compression", "UNCOMPRESSED", "delivery.buffer.size", "100 mb"))
                .run(1, largeRecords(2, 150, 100));

        assertThat(faults.hasStruck()).isTrue();
        delivered.assertHoldsOnceEach(2, 150);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void goesOnWhereACheckpointDoesNotComplete(int checkpoint) throws Exception {
        JobFaults faults =
                JobFaults.inTask(name, stores, Moment.SNAPSHOT, nth -> nth == checkpoint);

        job(LARGE).run(2, largeRecords(2, 200, 50));

        assertThat(faults.hasStruck()).isTrue();
        delivered.assertHoldsOnceEach(2, 200);
    }

    @Test
    void anObjectStaysInvisibleUntilItsCheckpointCompletes() throws Exception {
        JobFaults faults =
                JobFaults.inTask(
                        name,
                        stores,
                        Moment.SNAPSHOT,
                        // Enough for one object at least, which has just been handed over.
                        nth -> JobFaults.named(name).uncommitted() > 300);

        job(SMALL).run(1, smallRecords(1, 5000, 500));

        assertThat(faults.hasStruck()).isTrue();
        delivered.assertHoldsOnceEach(1, 5000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCommitThatNoCheckpointKnowsOfIsRepeatedWithoutEffect(boolean isLarge) throws Exception {
        JobFaults faults =
                JobFaults.inTask(
                        name, stores, Moment.COMMITTED, nth -> !delivered.keys().isEmpty());

        job(isLarge ? LARGE : SMALL)
                .run(1, isLarge ? largeRecords(1, 200, 50) : smallRecords(1, 200, 50));

        assertThat(faults.hasStruck()).isTrue();
        assertThat(memory.repetitions()).isPositive();
        assertThat(delivered.ledgerLines()).hasSizeGreaterThan(delivered.ledger().size());
        delivered.assertHoldsOnceEach(1, 200);
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNCOMPRESSED", "GZIP"})
    void goesOnWithAFileThatWasCutInEveryCompression(Compression compression) throws Exception {
        JobFaults faults =
                JobFaults.inStore(name, stores, new Fault(Call.PART, Side.AFTER, "20", 3));

        job(Map.of("delivery.compression", compression.name(), "delivery.buffer.size", "14 mb"))
                .run(2, largeRecords(2, 260, 45));

        assertThat(faults.hasStruck()).isTrue();
        delivered.assertHoldsOnceEach(2, 260);
    }

    @ParameterizedTest
    @CsvSource({"2, 3", "3, 1", "1, 4"})
    void goesOnWithAnotherParallelism(int before, int after) throws Exception {
        JobFaults faults = JobFaults.none(name, stores);
        SinkJob job =
                job(Map.of("delivery.compression", "UNCOMPRESSED", "delivery.buffer.size", "7 mb"));

        JobClient first = job.start(before, largeRecords(4, 150, 60).heldAt(100), null);
        Conditions.until(PATIENCE, "all shards to wait", () -> faults.heldShards() == 4);
        String savepoint =
                first.stopWithSavepoint(
                                false, temporary.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        long visible =
                delivered.keys().stream()
                        .mapToLong(key -> delivered.identitiesIn(key).size())
                        .sum();
        assertThat(visible).as("records that are not in the savepoint").isLessThan(400);
        SinkJob.awaitEnd(job.start(after, largeRecords(4, 150, 60), savepoint));

        delivered.assertHoldsOnceEach(4, 150);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void deliversEveryByteAsItIs(Compression compression) throws Exception {
        JobFaults.none(name, stores);
        byte[] largest = new byte[KIBIBYTE * KIBIBYTE];
        new Random(1).nextBytes(largest);
        List<byte[]> payloads =
                List.of(
                        new byte[0],
                        new byte[] {(byte) 0xC3, 0x28, (byte) 0xFF, (byte) 0xFE, 0, '\n', '\r'},
                        largest,
                        new byte[0],
                        new byte[] {(byte) 0x80});
        List<DeliveryRecord> records = new ArrayList<>();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (byte[] payload : payloads) {
            records.add(record(records.size(), payload));
            expected.writeBytes(payload);
        }

        job(exactBytes(compression)).deliver(records);

        assertThat(delivered.keys()).hasSize(1);
        assertThat(delivered.content(delivered.keys().get(0))).isEqualTo(expected.toByteArray());
        assertThat(delivered.ledger())
                .singleElement()
                .satisfies(entry -> assertThat(entry.records()).isEqualTo(payloads.size()));
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void deliversAnObjectOfNothingButEmptyRecords(Compression compression) throws Exception {
        JobFaults.none(name, stores);

        job(exactBytes(compression))
                .deliver(List.of(record(0, new byte[0]), record(1, new byte[0])));

        assertThat(delivered.keys())
                .singleElement()
                .satisfies(key -> assertThat(delivered.content(key)).isEmpty());
        assertThat(delivered.ledger())
                .singleElement()
                .satisfies(entry -> assertThat(entry.records()).isEqualTo(2));
    }

    @Test
    void saysAtTheStartThatTheBucketDoesNotExist() {
        JobFaults faults = JobFaults.none(name, stores);

        assertThatThrownBy(
                        () ->
                                job(Map.of("s3.bucket", "no-such-bucket"))
                                        .run(1, smallRecords(1, 10, 5)))
                .hasStackTraceContaining(
                        "There is no bucket 'no-such-bucket' there: create it, or correct the bucket's name");
        assertThat(faults.records()).as("records that were read before").isZero();
    }

    @Test
    void saysAtTheStartThatTheBucketIsNotOurs() {
        JobFaults faults = JobFaults.inStore(name, stores, Fault.denying(Call.CHECK));

        assertThatThrownBy(() -> job(SMALL).run(1, smallRecords(1, 10, 5)))
                .hasStackTraceContaining(
                        "Cannot use the bucket s3://bucket: AccessDenied, HTTP 403")
                .hasStackTraceContaining("Allow s3:ListBucket on the bucket");
        assertThat(faults.records()).as("records that were read before").isZero();
    }

    @Test
    void saysWhichPermissionIsMissing() {
        JobFaults.inStore(name, stores, Fault.denying(Call.PUT));

        assertThatThrownBy(() -> job(SMALL).run(1, smallRecords(1, 10, 5)))
                .hasStackTraceContaining("Cannot write s3://bucket/2023/11/14/22/flights-1-")
                .hasStackTraceContaining("AccessDenied, HTTP 403")
                .hasStackTraceContaining("Allow s3:PutObject on the bucket");
    }

    private SinkJob job(Map<String, String> options) {
        return new SinkJob(
                name,
                AwsClientConfig.forEndpoint(URI.create("http://localhost"), "us-east-1", "a", "b"),
                options);
    }

    private static Map<String, String> exactBytes(Compression compression) {
        return Map.of(
                "delivery.append-newline", "false", "delivery.compression", compression.name());
    }

    private SteppedSource largeRecords(int shards, int recordsPerShard, int step) {
        return new SteppedSource(name, shards, recordsPerShard, 64 * KIBIBYTE, step);
    }

    private SteppedSource smallRecords(int shards, int recordsPerShard, int step) {
        return new SteppedSource(name, shards, recordsPerShard, 0, step);
    }

    private static DeliveryRecord record(int index, byte[] payload) {
        return DeliveryRecord.deliver(Records.envelope(0, index, Records.START + index, payload));
    }
}
