package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.processing.TransformResult;

import java.io.IOException;
import java.util.List;

/**
 * Transforms records in batches and takes its time, such as a function elsewhere that is called
 * over the network. Several threads use one instance at once, a batch each.
 */
public interface BatchTransform extends AutoCloseable {

    /** Bytes that the record adds to a request, see {@link BatchLimits#maxRequestBytes}. */
    long requestBytes(Envelope record);

    /**
     * What becomes of each record, in their order. Tries again as long as it thinks fit; a record
     * that it gives up is a result, too.
     *
     * @throws IOException to fail the job with that message
     * @throws InterruptedException where the job ends meanwhile
     */
    List<TransformResult> transform(List<Envelope> batch) throws IOException, InterruptedException;

    /** Releases what it took. */
    @Override
    default void close() throws Exception {}
}
