package io.hydrant.kinesis.table;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.split.KinesisShardSplit;

import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.table.data.RowData;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads as another reader does, and hands on rows in place of records, until a limit is reached.
 */
final class RowReader implements SourceReader<RowData, KinesisShardSplit> {

    private final SourceReader<Envelope, KinesisShardSplit> records;
    private final RowDecoder decoder;
    private final RowLimit limit;

    private ReaderOutput<RowData> target;
    private RowOutput output;

    RowReader(SourceReader<Envelope, KinesisShardSplit> records, RowDecoder decoder, long maxRows) {
        this.records = records;
        this.decoder = decoder;
        limit = new RowLimit(maxRows);
    }

    @Override
    public void start() {
        records.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<RowData> rows) throws Exception {
        // One for all calls, because the reader below keeps the outputs of its splits.
        if (rows != target) {
            target = rows;
            output = new RowOutput(rows, decoder, limit);
        }
        InputStatus status = records.pollNext(output);
        return limit.isReached() ? InputStatus.END_OF_INPUT : status;
    }

    @Override
    public List<KinesisShardSplit> snapshotState(long checkpointId) {
        return records.snapshotState(checkpointId);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return records.isAvailable();
    }

    @Override
    public void addSplits(List<KinesisShardSplit> splits) {
        records.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
        records.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent sourceEvent) {
        records.handleSourceEvents(sourceEvent);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        records.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        records.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void pauseOrResumeSplits(
            Collection<String> splitsToPause, Collection<String> splitsToResume) {
        records.pauseOrResumeSplits(splitsToPause, splitsToResume);
    }

    @Override
    public void close() throws Exception {
        records.close();
    }
}
