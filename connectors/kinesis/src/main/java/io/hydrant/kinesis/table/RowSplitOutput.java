package io.hydrant.kinesis.table;

import io.hydrant.core.record.Envelope;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.table.data.RowData;

/** Takes the records of one shard and hands their rows on, each with its record's timestamp. */
class RowSplitOutput implements SourceOutput<Envelope> {

    private final SourceOutput<RowData> rows;
    private final RowDecoder decoder;
    private final RowLimit limit;

    RowSplitOutput(SourceOutput<RowData> rows, RowDecoder decoder, RowLimit limit) {
        this.rows = rows;
        this.decoder = decoder;
        this.limit = limit;
    }

    @Override
    public final void collect(Envelope envelope) {
        for (RowData row : decoder.decode(envelope)) {
            if (limit.take()) {
                rows.collect(row);
            }
        }
    }

    @Override
    public final void collect(Envelope envelope, long timestamp) {
        for (RowData row : decoder.decode(envelope)) {
            if (limit.take()) {
                rows.collect(row, timestamp);
            }
        }
    }

    @Override
    public final void emitWatermark(Watermark watermark) {
        rows.emitWatermark(watermark);
    }

    @Override
    public final void markIdle() {
        rows.markIdle();
    }

    @Override
    public final void markActive() {
        rows.markActive();
    }
}
