package io.hydrant.localstack.fakes.redshift;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

import java.io.IOException;

/** What COPY reads from refuses to list or to open; in the words that Redshift tells it in. */
final class UnreadableObjectException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableObjectException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Source: Redshift's own messages; "CanRetry" is left out, since nothing here tries again. */
    static UnreadableObjectException of(SdkException e) {
        if (e instanceof AwsServiceException ofService && ofService.awsErrorDetails() != null) {
            return new UnreadableObjectException(
                    "%s,Status %d,Error %s,Rid %s"
                            .formatted(
                                    ofService.awsErrorDetails().errorMessage(),
                                    ofService.statusCode(),
                                    ofService.awsErrorDetails().errorCode(),
                                    ofService.requestId()),
                    e);
        }
        return new UnreadableObjectException(e.getMessage(), e);
    }
}
