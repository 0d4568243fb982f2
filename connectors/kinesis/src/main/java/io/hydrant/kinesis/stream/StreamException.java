package io.hydrant.kinesis.stream;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.util.Locale;

/** A stream cannot be used, and waiting will not change that; the message says what would. */
public final class StreamException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String KINESIS = "kinesis:";

    /** Lists the shards of a table's stream. */
    private static final String DESCRIBE = "DescribeStream";

    /** With a message that is complete in itself. */
    public StreamException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Says what was asked of which stream, what the answer was, and what to do.
     *
     * @param action the API action, such as {@code GetRecords}
     * @param what what it was asked of, such as a shard's id; null for the stream itself
     */
    public static StreamException of(
            String action, StreamArn stream, String what, Throwable cause) {
        String called = stream.isOfTable() && action.equals("ListShards") ? DESCRIBE : action;
        return new StreamException(
                called
                        + " on "
                        + (what == null ? "" : what + " of ")
                        + "stream "
                        + stream
                        + " failed: "
                        + answer(cause)
                        + ". "
                        + wayOut(
                                (stream.isOfTable() ? "dynamodb:" : KINESIS) + called,
                                stream.toString(),
                                cause),
                cause);
    }

    /**
     * Says what could not be found out about which streams, and what to do.
     *
     * @param action the API action, such as {@code ListStreams}
     * @param streams the streams as the user gave them, such as a name
     */
    public static StreamException finding(String action, String streams, Throwable cause) {
        return new StreamException(
                action
                        + " for "
                        + streams
                        + " failed: "
                        + answer(cause)
                        + ". "
                        + wayOut(KINESIS + action, "*", cause),
                cause);
    }

    private static String answer(Throwable cause) {
        if (cause instanceof AwsServiceException service && service.awsErrorDetails() != null) {
            return service.awsErrorDetails().errorCode()
                    + " ("
                    + service.awsErrorDetails().errorMessage()
                    + ")";
        }
        return String.valueOf(cause.getMessage());
    }

    private static String wayOut(String permission, String stream, Throwable cause) {
        String text =
                (cause.getClass().getSimpleName() + " " + answer(cause)).toLowerCase(Locale.ROOT);
        if (permission.equals("kinesis:RegisterStreamConsumer") && text.contains("limitexceeded")) {
            return "A stream takes 20 consumers (50 with On-demand Advantage) and registers five at a"
                    + " time: deregister one that nobody uses";
        }
        if (cause instanceof ResourceNotFoundException || text.contains("resourcenotfound")) {
            return "Check the name, the account and the region of the stream, and that the endpoint is"
                    + " the one that holds it; create the stream before the job";
        }
        if (text.contains("kms")) {
            return "Check that the stream's KMS key is enabled and that this identity may"
                    + " kms:Decrypt with it";
        }
        if (text.contains("accessdenied")
                || text.contains("not authorized")
                || text.contains("notauthorized")) {
            return "Allow this identity " + permission + " on " + stream;
        }
        if (text.contains("requestexpired")) {
            return "Set this machine's clock, which is more than 15 minutes off";
        }
        if (text.contains("credential")
                || text.contains("token")
                || text.contains("signature")
                || text.contains("unrecognizedclient")) {
            return "Check the aws.credentials.* options";
        }
        if (text.contains("invalidargument") || text.contains("validation")) {
            return "Check the start position and the options source.*; a stream that was deleted and"
                    + " created again does not know the sequence numbers of the old one";
        }
        return "Check the endpoint, the network and the aws.* options";
    }
}
