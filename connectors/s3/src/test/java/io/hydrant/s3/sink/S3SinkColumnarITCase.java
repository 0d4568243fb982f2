package io.hydrant.s3.sink;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.conversion.schema.HiveTypeParser;
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
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The sink in real jobs that convert, which fail at every step on the way of a file. */
class S3SinkColumnarITCase {

    private static final int SLOTS = 4;
    private static final int KIBIBYTE = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Objects of one segment and a tail, whose files are two parts and more. */
    private static final Map<String, String> LARGE =
            Map.of("delivery.conversion.format", "PARQUET", "delivery.buffer.size", "11 mb");

    private static final Map<String, String> SMALL =
            Map.of("delivery.conversion.format", "ORC", "delivery.buffer.size", "2 kb");

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
        // While segments are staged, and read back.
        "PUT,      BEFORE, _hydrant/segments, 1",
        "PUT,      AFTER,  _hydrant/segments, 2",
        "GET,      BEFORE, _hydrant/segments, 1",
        "GET,      AFTER,  _hydrant/segments, 2",
        // While the file is uploaded.
        "CREATE,   AFTER,  20,                1",
        "PART,     BEFORE, 20,                1",
        "PART,     AFTER,  20,                2",
        // Between the checkpoint and its commit, and behind what the committer does not hear of.
        "COMPLETE, BEFORE, 20,                1",
        "COMPLETE, AFTER,  20,                1",
        "PUT,      BEFORE, _hydrant/ledger,   1",
        "PUT,      AFTER,  _hydrant/ledger,   1",
    })
    void deliversFilesOnceWhateverCallFails(Call call, Side side, String prefix, int nth)
            throws Exception {
        JobFaults faults = JobFaults.inStore(name, stores, new Fault(call, side, prefix, nth));

        job(LARGE).run(2, largeRecords(2, 260, 45));

        assertThat(faults.hasStruck()).isTrue();
        delivered.assertHoldsOnceEach(2, 260);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEFORE", "AFTER"})
    void aSegmentThatCannotBeRemovedKeepsNothingUp(Side side) throws Exception {
        JobFaults faults =
                JobFaults.inStore(
                        name, stores, new Fault(Call.DELETE, side, "_hydrant/segments", 1));

        job(LARGE).run(1, largeRecords(2, 130, 45));

        assertThat(faults.hasStruck()).isTrue();
        assertThat(delivered.segments()).hasSize(side == Side.BEFORE ? 1 : 0);
        delivered.assertHoldsOnceEach(2, 130);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, BEFORE, 20,              1",
        "PUT, AFTER,  20,              3",
        "PUT, BEFORE, _hydrant/ledger, 2",
        "PUT, AFTER,  _hydrant/ledger, 2",
    })
    void deliversSmallFilesOnceWhateverCallFails(Call call, Side side, String prefix, int nth)
            throws Exception {
        JobFaults faults = JobFaults.inStore(name, stores, new Fault(call, side, prefix, nth));

        job(SMALL).run(2, smallRecords(3, 1000, 400));

        assertThat(faults.hasStruck()).isTrue();
        delivered.assertHoldsOnceEach(3, 1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 200})
    void aTaskThatFailsBehindASegmentLosesAndDoublesNothing(int record) throws Exception {
        JobFaults faults = JobFaults.inTask(name, stores, Moment.RECORD, nth -> nth == record);

        job(LARGE).run(1, largeRecords(2, 150, 100));

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

    @ParameterizedTest
    @CsvSource({"2, 3", "3, 1"})
    void goesOnWithAnotherParallelism(int before, int after) throws Exception {
        JobFaults faults = JobFaults.none(name, stores);
        JobClient first = job(LARGE).start(before, largeRecords(4, 150, 60).heldAt(100), null);
        Conditions.until(PATIENCE, "all shards to wait", () -> faults.heldShards() == 4);
        String savepoint =
                first.stopWithSavepoint(
                                false, temporary.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        SinkJob.awaitEnd(job(LARGE).start(after, largeRecords(4, 150, 60), savepoint));

        delivered.assertHoldsOnceEach(4, 150);
        assertThat(delivered.segments()).isEmpty();
    }

    @Test
    void followsItsTableWhileItRunsAndOverASavepoint() throws Exception {
        Map<String, String> options =
                Map.of(
                        "delivery.conversion.format", "PARQUET",
                        "delivery.conversion.table.poll-interval", "1 s",
                        "delivery.buffer.size", "11 mb");
        columnsOfTable = Records.COLUMNS;
        JobFaults faults = JobFaults.none(name, stores);
        SinkJob following = job(options).following(S3SinkColumnarITCase::columnsOfTable);
        JobClient first = following.start(1, smallRecords(1, 300, 50).heldAt(200), null);
        Conditions.until(PATIENCE, "the shard to wait", () -> faults.heldShards() == 1);
        columnsOfTable = "struct<id:string,ballast:string,later:int>";
        Conditions.until(PATIENCE, "the file to end", () -> !delivered.keys().isEmpty());
        String savepoint =
                first.stopWithSavepoint(
                                false, temporary.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        SinkJob.awaitEnd(following.start(1, smallRecords(1, 300, 50), savepoint));

        delivered.assertHoldsOnceEach(1, 300);
        assertThat(delivered.keys().stream().map(this::hasColumnLater))
                .containsExactlyInAnyOrder(false, true);
    }

    /** As a catalog has it; tasks run in this process. */
    private static volatile String columnsOfTable;

    private static HiveType.Struct columnsOfTable() {
        return (HiveType.Struct) HiveTypeParser.parse(columnsOfTable);
    }

    private boolean hasColumnLater(String key) {
        return new String(memory.content(Delivered.BUCKET, key), StandardCharsets.ISO_8859_1)
                .contains("later");
    }

    private SinkJob job(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("delivery.compression", "UNCOMPRESSED");
        all.put("delivery.conversion.columns", Records.COLUMNS);
        return new SinkJob(
                name,
                AwsClientConfig.forEndpoint(URI.create("http://localhost"), "us-east-1", "a", "b"),
                all);
    }

    private SteppedSource largeRecords(int shards, int recordsPerShard, int step) {
        return new SteppedSource(name, shards, recordsPerShard, 64 * KIBIBYTE, step);
    }

    private SteppedSource smallRecords(int shards, int recordsPerShard, int step) {
        return new SteppedSource(name, shards, recordsPerShard, 0, step);
    }
}
