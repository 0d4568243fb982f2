package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;

/**
 * Changes, drops or refuses records on their way to the destination; what a Firehose user would do
 * in a Lambda function, in the job itself.
 *
 * <p>An implementation is public, has a public constructor without parameters, and is named by the
 * option {@code delivery.transform.class}. Every parallel task has one instance of its own, which
 * one thread uses. A transform should depend on nothing but the record: after a failure records are
 * transformed again, and only a transform that then answers the same keeps the delivery exactly
 * once.
 *
 * <p>Whatever {@link #transform} throws is the fault of the record: it goes to the error prefix
 * with its payload and the job goes on. Only errors of the machine (such as {@link
 * OutOfMemoryError} or a class that is missing) fail the job.
 */
public interface RecordTransform extends AutoCloseable {

    /**
     * Prepares the instance; called once, before the first record.
     *
     * @throws Exception to fail the job with that message
     */
    default void open(TransformContext context) throws Exception {}

    /**
     * Decides about one record by calling exactly one method of {@code output}, once.
     *
     * @throws Exception to send the record to the error prefix
     */
    void transform(Envelope record, TransformOutput output) throws Exception;

    /** Releases what {@link #open} took. */
    @Override
    default void close() throws Exception {}
}
