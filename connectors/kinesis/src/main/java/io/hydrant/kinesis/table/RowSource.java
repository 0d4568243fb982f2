package io.hydrant.kinesis.table;

import io.hydrant.kinesis.source.KinesisSource;
import io.hydrant.kinesis.source.enumerator.KinesisEnumeratorState;
import io.hydrant.kinesis.source.split.KinesisShardSplit;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/**
 * A {@link KinesisSource} that decodes records in its readers, so that a watermark strategy sees
 * rows while it is still known which shard they came from. Its state is that of the source.
 */
final class RowSource
        implements Source<RowData, KinesisShardSplit, KinesisEnumeratorState>,
                ResultTypeQueryable<RowData> {

    private static final long serialVersionUID = 1L;

    private final KinesisSource records;
    private final RowDecoder decoder;
    private final long limit;
    private final TypeInformation<RowData> type;

    /**
     * A source of rows.
     *
     * @param records where the records come from
     * @param decoder makes rows of them
     * @param limit rows of one reader at the most
     * @param type of the rows
     */
    RowSource(
            KinesisSource records, RowDecoder decoder, long limit, TypeInformation<RowData> type) {
        this.records = records;
        this.decoder = decoder;
        this.limit = limit;
        this.type = type;
    }

    @Override
    public Boundedness getBoundedness() {
        return records.getBoundedness();
    }

    @Override
    public SourceReader<RowData, KinesisShardSplit> createReader(SourceReaderContext context)
            throws Exception {
        decoder.open(new ReaderDecoderContext(context));
        return new RowReader(records.createReader(context), decoder, limit);
    }

    @Override
    public SplitEnumerator<KinesisShardSplit, KinesisEnumeratorState> createEnumerator(
            SplitEnumeratorContext<KinesisShardSplit> context) {
        return records.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<KinesisShardSplit, KinesisEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<KinesisShardSplit> context, KinesisEnumeratorState state) {
        return records.restoreEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<KinesisShardSplit> getSplitSerializer() {
        return records.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KinesisEnumeratorState> getEnumeratorCheckpointSerializer() {
        return records.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return type;
    }
}
