package io.hydrant.jobs.ingest.tail;

import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads on the task's own thread, so that what was passed on and what a checkpoint says are the
 * same at any time; files are in the page cache as a rule, and a thread between would cost more
 * than it hides.
 */
final class FileSourceReader implements SourceReader<LogRecord, FlowSplit> {

    /** Records in a row, before the task looks at its checkpoints again. */
    private static final int IN_A_ROW = 64;

    private final TailConfig config;
    private final SourceReaderContext context;
    private final TailCounters counters = new TailCounters();
    private final CompletableFuture<Void> assigned = new CompletableFuture<>();
    private Counter recordsIn;
    private FlowSplit split;
    private FlowTailer tailer;

    FileSourceReader(TailConfig config, SourceReaderContext context) {
        this.config = config;
        this.context = context;
    }

    @Override
    public void start() {
        MetricGroup group = context.metricGroup().addGroup("FileSource");
        group.gauge("bytesRead", () -> counters.bytes);
        group.gauge("files", () -> counters.files);
        group.gauge("unreadBytes", () -> counters.unreadBytes);
        group.gauge("copiedFiles", () -> counters.copiedFiles);
        group.gauge("replacedFiles", () -> counters.replacedFiles);
        group.gauge("removedFiles", () -> counters.removedFiles);
        group.gauge("runawayRecords", () -> counters.runawayRecords);
        group.gauge("discardedBytes", () -> counters.discardedBytes);
        group.gauge("failedReads", () -> counters.failedReads);
        recordsIn = context.metricGroup().getIOMetricGroup().getNumRecordsInCounter();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<LogRecord> output) throws IOException {
        if (tailer == null) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        for (int i = 0; i < IN_A_ROW; i++) {
            LogRecord record = tailer.next();
            if (record == null) {
                return InputStatus.NOTHING_AVAILABLE;
            }
            recordsIn.inc();
            output.collect(record);
        }
        return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public List<FlowSplit> snapshotState(long checkpointId) {
        return tailer == null
                ? List.of()
                : List.of(tailer.snapshot(split.flow(), split.lineage(), checkpointId));
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        if (tailer == null) {
            return assigned;
        }
        long wait = tailer.waitMillis();
        return wait == 0
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS));
    }

    @Override
    public void addSplits(List<FlowSplit> splits) {
        for (FlowSplit each : splits) {
            split = each;
            tailer =
                    new FlowTailer(
                            config,
                            each,
                            () -> System.nanoTime() / 1_000_000,
                            Clock.systemUTC(),
                            counters);
        }
        assigned.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        if (tailer != null) {
            tailer.completed(checkpointId);
        }
    }

    @Override
    public void close() throws IOException {
        if (tailer != null) {
            tailer.close();
        }
    }
}
