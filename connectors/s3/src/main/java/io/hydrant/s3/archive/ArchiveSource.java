package io.hydrant.s3.archive;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeTypeInformation;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.ObjectStoreFactory;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3StoreConfig;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.time.Duration;

/**
 * Reads the objects under a prefix, each record as an envelope whose identity is its place: the
 * object's key and the record's number in it.
 *
 * <pre>
 *   enumerator: a page of keys at a time ── object ──> reader: records, a batch at a time
 * </pre>
 *
 * <p>Every record goes into Flink's state exactly once, because the position is the number of
 * records emitted of the object and reading it again gives the same. Assumes that objects do not
 * change while they are read; objects that are added behind the listing's place are read, too. The
 * source ends with the last object. Holds one page of keys and one batch of records in memory.
 */
public final class ArchiveSource
        implements Source<Envelope, ArchiveSplit, ArchiveEnumeratorState>,
                ResultTypeQueryable<Envelope> {

    private static final long serialVersionUID = 1L;

    private final ArchiveConfig config;
    private final AwsClientConfig aws;
    private final S3StoreConfig storeConfig;
    private final Duration retryTimeout;
    private final ObjectStoreFactory stores;

    /**
     * A source.
     *
     * @param aws how to reach the store
     * @param storeConfig how to speak to it
     * @param retryTimeout how long a request is repeated
     */
    public ArchiveSource(
            ArchiveConfig config,
            AwsClientConfig aws,
            S3StoreConfig storeConfig,
            Duration retryTimeout,
            ObjectStoreFactory stores) {
        this.config = config;
        this.aws = aws;
        this.storeConfig = storeConfig;
        this.retryTimeout = retryTimeout;
        this.stores = stores;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<ArchiveSplit, ArchiveEnumeratorState> createEnumerator(
            SplitEnumeratorContext<ArchiveSplit> context) {
        return restoreEnumerator(context, null);
    }

    @Override
    public SplitEnumerator<ArchiveSplit, ArchiveEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<ArchiveSplit> context, ArchiveEnumeratorState state) {
        return new ArchiveEnumerator(
                context, config, stores.open(aws, storeConfig), calls(), state);
    }

    @Override
    public SourceReader<Envelope, ArchiveSplit> createReader(SourceReaderContext context) {
        return new ArchiveReader(
                () -> {
                    ObjectStore store = stores.open(aws, storeConfig);
                    return new ArchiveSplitReader(
                            config,
                            store,
                            new DeliveredObjects(store, calls(), config.bucket()),
                            context.metricGroup().counter("unreadableObjects"));
                },
                context);
    }

    private S3Calls calls() {
        return new S3Calls(retryTimeout, RetryClock.SYSTEM);
    }

    @Override
    public SimpleVersionedSerializer<ArchiveSplit> getSplitSerializer() {
        return new ArchiveSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<ArchiveEnumeratorState> getEnumeratorCheckpointSerializer() {
        return new ArchiveEnumeratorState.Serializer();
    }

    @Override
    public TypeInformation<Envelope> getProducedType() {
        return EnvelopeTypeInformation.INSTANCE;
    }
}
