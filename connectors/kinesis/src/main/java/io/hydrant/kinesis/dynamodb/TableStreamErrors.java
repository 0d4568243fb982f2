package io.hydrant.kinesis.dynamodb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.io.IOException;

/**
 * Reads the errors of DynamoDB Streams as the exceptions that the same errors of Kinesis are, so
 * that {@link io.hydrant.kinesis.stream.StreamFailure} judges both by one rule.
 *
 * <p>Source: DynamoDB Streams API reference, errors of each action, and "Common Errors"; AWS JSON
 * 1.0 protocol, "Operation error serialization".
 */
final class TableStreamErrors {

    /** What was asked for lies before the oldest record held. */
    static final String TRIMMED = "TrimmedDataAccessException";

    private TableStreamErrors() {}

    static AwsServiceException of(SdkHttpResponse head, byte[] body) {
        String code = head.firstMatchingHeader("x-amzn-ErrorType").orElse(null);
        String message = null;
        try (JsonParser in = WireJson.FACTORY.createParser(body)) {
            if (in.nextToken() == JsonToken.START_OBJECT) {
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    String name = in.currentName();
                    in.nextToken();
                    if (name.equals("__type")) {
                        code = in.getValueAsString(code);
                    } else if (name.equalsIgnoreCase("message")) {
                        message = in.getValueAsString();
                    } else {
                        in.skipChildren();
                    }
                }
            }
        } catch (IOException e) {
            // Proxies answer in HTML; the status says what there is to know.
            message = head.statusText().orElse("HTTP status " + head.statusCode());
        }
        return exception(bare(code), message, head);
    }

    /** Whether an error says that what was asked for has expired. */
    static boolean isTrimmed(AwsServiceException error) {
        return error.awsErrorDetails() != null
                && TRIMMED.equals(error.awsErrorDetails().errorCode());
    }

    /**
     * The same error as one that says to ask for an iterator again, at the last position, where
     * what is lost is found out.
     */
    static AwsServiceException asExpiredIterator(AwsServiceException trimmed) {
        return ExpiredIteratorException.builder()
                .message(trimmed.getMessage())
                .awsErrorDetails(trimmed.awsErrorDetails())
                .statusCode(trimmed.statusCode())
                .requestId(trimmed.requestId())
                .cause(trimmed)
                .build();
    }

    private static AwsServiceException exception(
            String code, String message, SdkHttpResponse head) {
        AwsServiceException.Builder error =
                switch (code == null ? "" : code) {
                    case "ResourceNotFoundException" -> ResourceNotFoundException.builder();
                    case "ExpiredIteratorException" -> ExpiredIteratorException.builder();
                    case "LimitExceededException" -> LimitExceededException.builder();
                    case "ValidationException" -> InvalidArgumentException.builder();
                    default -> AwsServiceException.builder();
                };
        return error.awsErrorDetails(
                        AwsErrorDetails.builder()
                                .serviceName("DynamoDBStreams")
                                .errorCode(code)
                                .errorMessage(message)
                                .sdkHttpResponse(head)
                                .build())
                .statusCode(head.statusCode())
                .requestId(head.firstMatchingHeader("x-amzn-RequestId").orElse(null))
                .build();
    }

    /** Without the name space before '#' and what some servers write behind ':'. */
    private static String bare(String code) {
        if (code == null) {
            return null;
        }
        String name = code.substring(code.indexOf('#') + 1);
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }
}
