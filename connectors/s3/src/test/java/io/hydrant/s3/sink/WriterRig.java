package io.hydrant.s3.sink;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.s3.read.LedgerKeys;
import io.hydrant.s3.store.MemoryStore;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;

import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.metrics.testutils.MetricListener;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A writer and a committer without Flink: the test is the task thread and says when time passes.
 */
final class WriterRig implements AutoCloseable {

    final MemoryStore memory;
    final Delivered delivered;
    final OwnMailbox mailbox = new OwnMailbox();
    final MemoryBudget budget;
    final PartUploader uploader;
    final S3Writer writer;
    final MetricListener metrics = new MetricListener();

    private final ManualTime time = new ManualTime(1_700_000_000_000L);
    private final S3SinkConfig config;
    private final ObjectStore store;
    private final S3Calls calls;

    WriterRig(MemoryStore memory, ObjectStore store, S3SinkConfig config) {
        this.memory = memory;
        this.delivered = new Delivered(memory, Delivered.BUCKET);
        this.store = store;
        this.config = config;
        this.calls = new S3Calls(Duration.ofMillis(1), RetryClock.SYSTEM);
        this.budget = new MemoryBudget(config.buffer().memoryBudget());
        this.uploader = new PartUploader(store, calls, mailbox, budget, config.uploadThreads());
        S3WriterMetrics writerMetrics =
                new S3WriterMetrics(metrics.getMetricGroup(), config.role());
        this.writer =
                new S3Writer(
                        config,
                        S3WriterParts.of(config, store, uploader, budget, writerMetrics, true),
                        time,
                        writerMetrics);
    }

    static WriterRig with(String... options) {
        MemoryStore memory = new MemoryStore(Delivered.BUCKET);
        return new WriterRig(memory, memory, config(options));
    }

    /** Lets time pass and timers fire, each at its instant. */
    void pass(long millis) {
        time.passUntil(time.getCurrentProcessingTime() + millis);
    }

    /** Another task after this one, restored from what a checkpoint left. */
    WriterRig restored(Collection<S3WriterState> states, String... options) {
        WriterRig next =
                new WriterRig(memory, store, options.length == 0 ? config : config(options));
        next.writer.restore(states);
        return next;
    }

    static S3SinkConfig config(String... keysAndValues) {
        Map<String, String> options =
                new HashMap<>(
                        Map.of(
                                "s3.bucket", Delivered.BUCKET,
                                "delivery.stream.name", "flights",
                                "delivery.append-newline", "true",
                                "delivery.compression", "GZIP",
                                "delivery.compression.level", "1"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return S3SinkConfig.from(Configuration.fromMap(options));
    }

    void write(DeliveryRecord... records) throws Exception {
        for (DeliveryRecord record : records) {
            writer.write(record, null);
        }
    }

    /** What Flink does at a checkpoint, serializers included. */
    Checkpoint checkpoint() throws Exception {
        writer.flush(false);
        return new Checkpoint(
                overTheWire(writer.prepareCommit()), throughState(writer.snapshotState(1)));
    }

    /** What Flink does at the end of the input. */
    List<S3Committable> end() throws Exception {
        writer.flush(true);
        return overTheWire(writer.prepareCommit());
    }

    void commit(Collection<S3Committable> committables) throws Exception {
        commit(committables, store);
    }

    void commit(Collection<S3Committable> committables, ObjectStore through) throws Exception {
        LedgerWriter ledger =
                new LedgerWriter(
                        through,
                        calls,
                        config.ledger().bucket(),
                        new LedgerKeys(config.ledger().prefix(), config.naming().streamName()),
                        Clock.systemUTC());
        Collection<CommitRequest<S3Committable>> requests = new ArrayList<>();
        committables.forEach(committable -> requests.add(new Request(committable)));
        try (S3Committer committer =
                new S3Committer(
                        through,
                        new ObjectCommit(through, calls),
                        ledger,
                        new S3CommitterMetrics(new UnregisteredMetricsGroup(), config.role()),
                        2)) {
            committer.commit(requests);
        }
    }

    private static List<S3Committable> overTheWire(Collection<S3Committable> committables)
            throws Exception {
        S3CommittableSerializer serializer = new S3CommittableSerializer();
        List<S3Committable> copies = new ArrayList<>();
        for (S3Committable committable : committables) {
            copies.add(
                    serializer.deserialize(
                            serializer.getVersion(), serializer.serialize(committable)));
        }
        return copies;
    }

    private static List<S3WriterState> throughState(Collection<S3WriterState> states)
            throws Exception {
        S3WriterStateSerializer serializer = new S3WriterStateSerializer();
        List<S3WriterState> copies = new ArrayList<>();
        for (S3WriterState state : states) {
            copies.add(
                    serializer.deserialize(serializer.getVersion(), serializer.serialize(state)));
        }
        return copies;
    }

    @Override
    public void close() {
        writer.close();
    }

    /**
     * What a checkpoint holds.
     *
     * @param committables the committer's part
     * @param inPacks the writer's part
     */
    record Checkpoint(List<S3Committable> committables, List<S3WriterState> inPacks) {

        /** The writer's part, by object. */
        List<S3WriterState> states() {
            return StatePacks.unpacked(inPacks);
        }
    }

    private record Request(S3Committable committable) implements CommitRequest<S3Committable> {

        @Override
        public S3Committable getCommittable() {
            return committable;
        }

        @Override
        public int getNumberOfRetries() {
            return 0;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void retryLater() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void updateAndRetryLater(S3Committable updated) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void signalAlreadyCommitted() {
            throw new UnsupportedOperationException();
        }
    }
}
