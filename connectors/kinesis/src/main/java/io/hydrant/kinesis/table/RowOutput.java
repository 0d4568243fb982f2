package io.hydrant.kinesis.table;

import io.hydrant.core.record.Envelope;

import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.table.data.RowData;

/** Takes the records of a reader and hands their rows on. */
final class RowOutput extends RowSplitOutput implements ReaderOutput<Envelope> {

    private final ReaderOutput<RowData> rows;
    private final RowDecoder decoder;
    private final RowLimit limit;

    RowOutput(ReaderOutput<RowData> rows, RowDecoder decoder, RowLimit limit) {
        super(rows, decoder, limit);
        this.rows = rows;
        this.decoder = decoder;
        this.limit = limit;
    }

    @Override
    public SourceOutput<Envelope> createOutputForSplit(String splitId) {
        return new RowSplitOutput(rows.createOutputForSplit(splitId), decoder, limit);
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        rows.releaseOutputForSplit(splitId);
    }
}
