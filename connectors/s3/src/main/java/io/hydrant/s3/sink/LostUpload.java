package io.hydrant.s3.sink;

import io.hydrant.s3.store.S3FailedException;

/** The errors for a multipart upload that a checkpoint counts on and the store no longer has. */
final class LostUpload {

    private LostUpload() {}

    static S3FailedException of(String bucket, String key, Throwable cause) {
        return new S3FailedException(
                "The multipart upload of s3://"
                        + bucket
                        + '/'
                        + key
                        + " is gone, and the object is not there: something aborted it, for example a lifecycle rule (AbortIncompleteMultipartUpload) "
                        + "that is shorter than the age of the checkpoint or savepoint that was restored. "
                        + "Way out: restore an older checkpoint or savepoint whose uploads still exist, or start anew from the stream at the time "
                        + "before the object (its key shows the arrival of its oldest record); let such rules wait for at least as long as savepoints are kept.",
                cause);
    }

    /** The segment is gone that the object was staged in with others. */
    static S3FailedException ofBundled(String bucket, String key, String segment) {
        return new S3FailedException(
                "The staged segment s3://"
                        + bucket
                        + '/'
                        + segment
                        + " is gone, and s3://"
                        + bucket
                        + '/'
                        + key
                        + ", which it held, is not there: something removed it, for example a lifecycle rule "
                        + "that is shorter than the age of the checkpoint or savepoint that was restored. "
                        + "Way out: restore an older checkpoint or savepoint, or start anew from the stream at the time "
                        + "before the object (its key shows the arrival of its oldest record); let such rules pass over the prefix _hydrant/ "
                        + "for at least as long as savepoints are kept.",
                null);
    }

    /** The upload was completed, by a delivery that had gone on from the checkpoint before. */
    static S3FailedException delivered(String bucket, String key, Throwable cause) {
        return new S3FailedException(
                "s3://"
                        + bucket
                        + '/'
                        + key
                        + " is delivered already, with more records than the checkpoint or savepoint knows of that was restored: a later one has been completed. "
                        + "Way out: restore the newest checkpoint or savepoint of this delivery; going on from the older one would deliver records twice.",
                cause);
    }
}
