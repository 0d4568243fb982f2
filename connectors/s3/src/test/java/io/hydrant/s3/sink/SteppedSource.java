package io.hydrant.s3.sink;

import io.hydrant.delivery.DeliveryRecord;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A source whose records and pace are the test's: every reader emits so many records per completed
 * checkpoint, so that checkpoints fall where they should whatever the machine does meanwhile.
 */
final class SteppedSource
        implements Source<DeliveryRecord, SteppedSource.Shard, Collection<SteppedSource.Shard>> {

    private static final long serialVersionUID = 1L;

    private final String faults;
    private final int shards;
    private final long recordsPerShard;
    private final int recordBytes;
    private final int step;
    private final long holdAt;

    /**
     * A source of {@code shards} times {@code recordsPerShard} records.
     *
     * @param faults name of the {@link JobFaults} that may strike in the reader
     * @param recordBytes size of a record, 0 for its identity alone
     * @param step records per reader and completed checkpoint
     */
    SteppedSource(String faults, int shards, long recordsPerShard, int recordBytes, int step) {
        this(faults, shards, recordsPerShard, recordBytes, step, Long.MAX_VALUE);
    }

    private SteppedSource(
            String faults,
            int shards,
            long recordsPerShard,
            int recordBytes,
            int step,
            long holdAt) {
        this.faults = faults;
        this.shards = shards;
        this.recordsPerShard = recordsPerShard;
        this.recordBytes = recordBytes;
        this.step = step;
        this.holdAt = holdAt;
    }

    /** The same source, each of whose shards waits at that index for the job to be stopped. */
    SteppedSource heldAt(long index) {
        return new SteppedSource(faults, shards, recordsPerShard, recordBytes, step, index);
    }

    /** One shard and the index of its next record. */
    record Shard(int number, long next) implements SourceSplit {

        @Override
        public String splitId() {
            return Records.shardName(number);
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<Shard, Collection<Shard>> createEnumerator(
            SplitEnumeratorContext<Shard> context) {
        List<Shard> all = new ArrayList<>();
        for (int i = 0; i < shards; i++) {
            all.add(new Shard(i, 0));
        }
        return new Enumerator(context, all);
    }

    @Override
    public SplitEnumerator<Shard, Collection<Shard>> restoreEnumerator(
            SplitEnumeratorContext<Shard> context, Collection<Shard> unassigned) {
        return new Enumerator(context, unassigned);
    }

    @Override
    public SimpleVersionedSerializer<Shard> getSplitSerializer() {
        return new ShardSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Collection<Shard>> getEnumeratorCheckpointSerializer() {
        return new ShardsSerializer();
    }

    @Override
    public SourceReader<DeliveryRecord, Shard> createReader(SourceReaderContext context) {
        return new Reader();
    }

    private static final class Enumerator implements SplitEnumerator<Shard, Collection<Shard>> {

        private final SplitEnumeratorContext<Shard> context;
        private final List<Shard> unassigned;

        private Enumerator(SplitEnumeratorContext<Shard> context, Collection<Shard> unassigned) {
            this.context = context;
            this.unassigned = new ArrayList<>(unassigned);
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, String host) {}

        @Override
        public void addSplitsBack(List<Shard> splits, int subtask) {
            unassigned.addAll(splits);
        }

        @Override
        public void addReader(int subtask) {
            int readers = context.currentParallelism();
            for (Shard shard : List.copyOf(unassigned)) {
                if (shard.number % readers == subtask) {
                    unassigned.remove(shard);
                    context.assignSplit(shard, subtask);
                }
            }
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public Collection<Shard> snapshotState(long checkpointId) {
            return List.copyOf(unassigned);
        }

        @Override
        public void close() {}
    }

    private final class Reader implements SourceReader<DeliveryRecord, Shard> {

        private final Deque<Shard> open = new ArrayDeque<>();
        private final Deque<Shard> held = new ArrayDeque<>();
        private CompletableFuture<Void> available = new CompletableFuture<>();
        private int allowed = step;
        private boolean isComplete;

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<DeliveryRecord> output) {
            Shard shard = open.peek();
            if (shard == null || allowed == 0) {
                if (shard == null && held.isEmpty() && isComplete) {
                    return InputStatus.END_OF_INPUT;
                }
                available = new CompletableFuture<>();
                return InputStatus.NOTHING_AVAILABLE;
            }
            open.remove();
            if (shard.next < recordsPerShard && shard.next < holdAt) {
                JobFaults.named(faults).at(JobFaults.Moment.RECORD);
                output.collect(record(shard));
                allowed--;
                open.add(new Shard(shard.number, shard.next + 1));
            } else if (shard.next < recordsPerShard) {
                held.add(shard);
                JobFaults.named(faults).held(shard.number);
            }
            return InputStatus.MORE_AVAILABLE;
        }

        private DeliveryRecord record(Shard shard) {
            long arrival = Records.START + shard.next * 1000;
            return recordBytes == 0
                    ? Records.record(shard.number, shard.next, arrival)
                    : Records.large(shard.number, shard.next, arrival, recordBytes);
        }

        @Override
        public List<Shard> snapshotState(long checkpointId) {
            JobFaults.named(faults).at(JobFaults.Moment.SNAPSHOT);
            List<Shard> all = new ArrayList<>(open);
            all.addAll(held);
            return all;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            JobFaults.named(faults).at(JobFaults.Moment.COMMITTED);
            allowed = step;
            available.complete(null);
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            boolean isDone = held.isEmpty() && isComplete;
            boolean isWaiting = allowed == 0 || (open.isEmpty() && !isDone);
            return isWaiting ? available : CompletableFuture.completedFuture(null);
        }

        @Override
        public void addSplits(List<Shard> splits) {
            open.addAll(splits);
            available.complete(null);
        }

        @Override
        public void notifyNoMoreSplits() {
            isComplete = true;
            available.complete(null);
        }

        @Override
        public void close() {}
    }

    private static final class ShardSerializer implements SimpleVersionedSerializer<Shard> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Shard shard) {
            return ByteBuffer.allocate(12).putInt(shard.number).putLong(shard.next).array();
        }

        @Override
        public Shard deserialize(int version, byte[] serialized) {
            ByteBuffer in = ByteBuffer.wrap(serialized);
            return new Shard(in.getInt(), in.getLong());
        }
    }

    private static final class ShardsSerializer
            implements SimpleVersionedSerializer<Collection<Shard>> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Collection<Shard> shards) {
            StringBuilder text = new StringBuilder();
            shards.forEach(
                    shard -> text.append(shard.number).append('@').append(shard.next).append('\n'));
            return text.toString().getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public Collection<Shard> deserialize(int version, byte[] serialized) {
            return new String(serialized, StandardCharsets.US_ASCII)
                    .lines()
                    .map(
                            line -> {
                                int at = line.indexOf('@');
                                return new Shard(
                                        Integer.parseInt(line.substring(0, at)),
                                        Long.parseLong(line.substring(at + 1)));
                            })
                    .toList();
        }
    }
}
