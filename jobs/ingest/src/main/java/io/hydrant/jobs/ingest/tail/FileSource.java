package io.hydrant.jobs.ingest.tail;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.util.Objects;

/**
 * Reads files that grow, line by line, through rotations of all kinds.
 *
 * <p>Exactly once into Flink's state because a checkpoint holds, for each content of a file, up to
 * which byte its records were passed on, and bytes of the content by which it is known again after
 * a rename, a copy and truncation, or a replacement. A record that is read again has the producer
 * and the number that it had before, so what follows can tell copies.
 *
 * <p>Assumes that files only grow at their end until they are truncated or replaced, and that the
 * task can see them: the flow is read by one task, which needs the directory on its machine or in a
 * shared file system. What was written between the last look at a file and its truncation is lost
 * where no copy of it is left in the directory; so is what is left of a file that is removed while
 * it is not open. Two contents under one inode that begin with the same 256 bytes, of which the
 * second took the first one's place twice between a checkpoint and the restart from it, cannot be
 * told apart.
 */
public final class FileSource
        implements Source<LogRecord, FlowSplit, FileSource.Unassigned>,
                ResultTypeQueryable<LogRecord> {

    private static final long serialVersionUID = 1L;

    private final TailConfig config;
    private final String lineage;

    /**
     * A source of a flow's files.
     *
     * @param lineage a name that no other job has; a job that is restarted without a checkpoint has
     *     the same, so that what it reads again counts as copies
     */
    public FileSource(TailConfig config, String lineage) {
        this.config = Objects.requireNonNull(config, "config");
        this.lineage = Objects.requireNonNull(lineage, "lineage");
    }

    /**
     * The flow, while no task has it.
     *
     * @param split null while a task has it
     */
    public record Unassigned(FlowSplit split) {}

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<LogRecord, FlowSplit> createReader(SourceReaderContext context) {
        return new FileSourceReader(config, context);
    }

    @Override
    public SplitEnumerator<FlowSplit, Unassigned> createEnumerator(
            SplitEnumeratorContext<FlowSplit> context) {
        return new FlowEnumerator(context, FlowSplit.beginning(config.flow(), lineage));
    }

    @Override
    public SplitEnumerator<FlowSplit, Unassigned> restoreEnumerator(
            SplitEnumeratorContext<FlowSplit> context, Unassigned state) {
        return new FlowEnumerator(context, state.split());
    }

    @Override
    public SimpleVersionedSerializer<FlowSplit> getSplitSerializer() {
        return new FlowSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Unassigned> getEnumeratorCheckpointSerializer() {
        return new UnassignedSerializer();
    }

    @Override
    public TypeInformation<LogRecord> getProducedType() {
        return LogRecordTypeInformation.INSTANCE;
    }
}
