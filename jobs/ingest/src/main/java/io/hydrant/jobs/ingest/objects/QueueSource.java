package io.hydrant.jobs.ingest.objects;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.jobs.ingest.tail.LogRecord;
import io.hydrant.jobs.ingest.tail.LogRecordTypeInformation;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.time.Clock;
import java.util.Objects;

/**
 * Reads objects of S3 as a queue says that they arrive.
 *
 * <pre>
 *   queue ─> enumerator: which objects are new ── object ──> reader ─> records
 *     ^          |  ^                                           |
 *     '─ delete ─'  '──── finished, by a completed checkpoint ──'
 * </pre>
 *
 * <p>Exactly once into Flink's state because a checkpoint holds how many records of each object
 * went on, and a message is deleted when a completed checkpoint has the last record of each of its
 * objects; until then it is hidden, and hidden anew, or comes again. A record that is read again
 * has the producer, which is its object, and the number that it had before.
 *
 * <p>Assumes that an object is read as it arrived: by its version where the bucket keeps them, else
 * as long as it was not replaced. An object is read twice where a further notification of it comes
 * after more objects than are remembered; what is stamped is then the same again.
 */
public final class QueueSource
        implements Source<LogRecord, ObjectSplit, QueueState>, ResultTypeQueryable<LogRecord> {

    private static final long serialVersionUID = 1L;

    private final QueueConfig config;
    private final QueueApi.Factory queue;
    private final ObjectOpener.Factory objects;

    private QueueSource(QueueConfig config, QueueApi.Factory queue, ObjectOpener.Factory objects) {
        this.config = Objects.requireNonNull(config, "config");
        this.queue = Objects.requireNonNull(queue, "queue");
        this.objects = Objects.requireNonNull(objects, "objects");
    }

    /** A source of a queue of SQS and objects of S3, both reached in that way. */
    public static QueueSource of(QueueConfig config, AwsClientConfig aws) {
        return new QueueSource(
                config, SqsQueueApi.factory(config.queue(), aws), S3Objects.factory(aws));
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<LogRecord, ObjectSplit> createReader(SourceReaderContext context) {
        return ObjectSourceReader.create(config, objects, context);
    }

    @Override
    public SplitEnumerator<ObjectSplit, QueueState> createEnumerator(
            SplitEnumeratorContext<ObjectSplit> context) {
        return restoreEnumerator(context, null);
    }

    @Override
    public SplitEnumerator<ObjectSplit, QueueState> restoreEnumerator(
            SplitEnumeratorContext<ObjectSplit> context, QueueState state) {
        return new QueueEnumerator(context, config, state, queue.open(), Clock.systemUTC());
    }

    @Override
    public SimpleVersionedSerializer<ObjectSplit> getSplitSerializer() {
        return new ObjectSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<QueueState> getEnumeratorCheckpointSerializer() {
        return new QueueStateSerializer();
    }

    @Override
    public TypeInformation<LogRecord> getProducedType() {
        return LogRecordTypeInformation.INSTANCE;
    }
}
