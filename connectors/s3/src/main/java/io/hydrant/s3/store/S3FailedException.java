package io.hydrant.s3.store;

import java.io.IOException;

/** A call to S3 that failed for good; its message says what to mend. */
public final class S3FailedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** A failure with its message. */
    public S3FailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
