package io.hydrant.s3.store;

/** Is told of failed calls, those that are repeated included; by several threads. */
@FunctionalInterface
public interface S3FailureListener {

    /** Takes no notice. */
    S3FailureListener NONE = (failure, kms) -> {};

    /**
     * A call failed.
     *
     * @param kms what is wrong with the key that objects are encrypted with, null where it is
     *     something else
     */
    void failed(RuntimeException failure, KmsFailure kms);
}
