package io.hydrant.s3.archive;

import io.hydrant.core.record.Envelope;

import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

import java.util.Map;
import java.util.function.Supplier;

/** Reads one object after the other, and asks for the next. */
final class ArchiveReader
        extends SingleThreadMultiplexSourceReaderBase<
                Envelope, Envelope, ArchiveSplit, ArchiveProgress> {

    ArchiveReader(
            Supplier<SplitReader<Envelope, ArchiveSplit>> objects, SourceReaderContext context) {
        super(
                objects,
                (record, output, progress) -> {
                    output.collect(record, record.arrivalMillis());
                    progress.emitted();
                },
                context.getConfiguration(),
                context);
    }

    @Override
    public void start() {
        if (getNumberOfCurrentlyAssignedSplits() == 0) {
            context.sendSplitRequest();
        }
    }

    @Override
    protected void onSplitFinished(Map<String, ArchiveProgress> finished) {
        context.sendSplitRequest();
    }

    @Override
    protected ArchiveProgress initializedState(ArchiveSplit split) {
        return new ArchiveProgress(split);
    }

    @Override
    protected ArchiveSplit toSplitType(String splitId, ArchiveProgress progress) {
        return progress.toSplit();
    }
}
