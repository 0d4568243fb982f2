package io.hydrant.launcher.soak.source;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.core.record.ReadingBegin;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.source.reader.SteppedReader;
import io.hydrant.kinesis.source.split.KinesisShardSplit;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** One task: a reader, what it has emitted, and the messages on their way to and from it. */
final class SimulatedTask implements SourceReaderContext, ReaderOutput<Envelope> {

    private final int subtask;
    private final KeyLedger ledger;
    private final SimulatedFanOut fanOut;
    private final SteppedReader reader;
    private final List<Emitted> emitted = new ArrayList<>();
    private final Deque<Consumer<SteppedReader>> toReader = new ArrayDeque<>();
    private final Deque<SourceEvent> toEnumerator = new ArrayDeque<>();
    private boolean registered;
    private boolean held;
    private boolean ended;

    /**
     * A task that was just deployed.
     *
     * @param splits what its state holds
     */
    SimulatedTask(
            int subtask,
            SimulatedAccount account,
            StreamSelection streams,
            KinesisSourceConfig config,
            SimulatedTime time,
            KeyLedger ledger,
            List<KinesisShardSplit> splits) {
        this.subtask = subtask;
        this.ledger = ledger;
        this.fanOut = account.fanOut();
        this.reader =
                SteppedReader.create(
                        account.api(),
                        streams,
                        config.fanOut().isEnabled() ? fanOut.connection() : null,
                        config,
                        this,
                        time);
        if (!splits.isEmpty()) {
            reader.reader().addSplits(splits);
        }
        reader.reader().start();
    }

    int subtask() {
        return subtask;
    }

    /**
     * What came out: a record of a key, or the marker of a loss.
     *
     * @param lost null for a record
     */
    record Emitted(String key, long number, LostRange lost) {}

    /** What was emitted, in order. */
    List<Emitted> emitted() {
        return emitted;
    }

    boolean isRegistered() {
        return registered;
    }

    void register() {
        registered = true;
    }

    /** Reads once and emits up to so many records. */
    void read(int records) throws Exception {
        if (ended) {
            return;
        }
        fanOut.serve();
        reader.step();
        for (int i = 0; i < records && !ended; i++) {
            ended = reader.reader().pollNext(this) == InputStatus.END_OF_INPUT;
        }
    }

    /** Whether it has nothing left to read for good. */
    boolean hasEnded() {
        return ended;
    }

    /** The oldest message to the enumerator, null when there is none. */
    SourceEvent nextEvent() {
        return toEnumerator.poll();
    }

    /** Something reaches the reader, now or when {@link #release} lets it. */
    void send(Consumer<SteppedReader> message) {
        toReader.add(message);
        deliver();
    }

    /** From now on messages wait, because they were sent behind a checkpoint's beginning. */
    void hold() {
        held = true;
    }

    /** Its part of a checkpoint. */
    List<KinesisShardSplit> snapshot(long checkpointId) {
        return reader.reader().snapshotState(checkpointId);
    }

    /** What waited goes on. */
    void release() {
        held = false;
        deliver();
    }

    /** Ends it; what it has emitted from a place on is undone. */
    void fail(int keptRecords) throws Exception {
        reader.reader().close();
        for (Emitted undone : emitted.subList(keptRecords, emitted.size())) {
            if (undone.lost() == null) {
                ledger.undone(undone.key(), undone.number());
            } else {
                ledger.undone(undone.lost());
            }
        }
    }

    private void deliver() {
        while (!held && !toReader.isEmpty()) {
            toReader.poll().accept(reader);
        }
    }

    @Override
    public void collect(Envelope record, long timestamp) {
        if (LostRange.isMarker(record)) {
            LostRange lost = LostRange.of(record);
            ledger.lost(lost);
            emitted.add(new Emitted(null, 0, lost));
            return;
        }
        if (ReadingBegin.isMarker(record)) {
            return;
        }
        ByteBuffer payload =
                ByteBuffer.wrap(
                        record.payloadArray(), record.payloadOffset(), record.payloadLength());
        String key = record.stream() + "/" + record.partitionKey();
        long number = payload.getLong();
        ledger.cameOut(key, number);
        emitted.add(new Emitted(key, number, null));
    }

    @Override
    public void collect(Envelope record) {
        throw new Violation("A record came out without its arrival time");
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        // Records have times; nobody asks the source for more.
    }

    @Override
    public void markIdle() {
        // Nobody waits for this output.
    }

    @Override
    public void markActive() {
        // Nobody waits for this output.
    }

    @Override
    public SourceOutput<Envelope> createOutputForSplit(String splitId) {
        return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        // One output serves all splits.
    }

    @Override
    public SourceReaderMetricGroup metricGroup() {
        return UnregisteredMetricsGroup.createSourceReaderMetricGroup();
    }

    @Override
    public Configuration getConfiguration() {
        return new Configuration();
    }

    @Override
    public String getLocalHostName() {
        return "simulated";
    }

    @Override
    public int getIndexOfSubtask() {
        return subtask;
    }

    @Override
    public void sendSplitRequest() {
        // Shards are given, not asked for.
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent event) {
        toEnumerator.add(event);
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
    }
}
