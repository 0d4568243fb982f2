package io.hydrant.kinesis.stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.net.ConnectException;
import java.net.SocketTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StreamFailureTest {

    private static final StreamArn STREAM =
            StreamArn.parse("arn:aws:kinesis:eu-west-1:123456789012:stream/flights");

    @ParameterizedTest
    @CsvSource({
        "ProvisionedThroughputExceededException, 400, THROTTLED",
        "LimitExceededException, 400, THROTTLED",
        "KMSThrottlingException, 400, THROTTLED",
        "ThrottlingException, 400, THROTTLED",
        "ExpiredIteratorException, 400, ITERATOR_EXPIRED",
        "InternalFailure, 500, TRANSIENT",
        "Whatever, 503, TRANSIENT",
        "ExpiredTokenException, 400, TRANSIENT",
        "ResourceInUseException, 400, TRANSIENT",
        "ResourceNotFoundException, 400, FATAL",
        "AccessDeniedException, 400, FATAL",
        "KMSAccessDeniedException, 400, FATAL",
        "KMSDisabledException, 400, FATAL",
        "InvalidArgumentException, 400, FATAL",
        "UnrecognizedClientException, 400, FATAL",
    })
    void judgesAnswersByTheirCode(String code, int status, StreamFailure expected) {
        assertThat(StreamFailure.of(error(code, status))).isEqualTo(expected);
    }

    @Test
    void judgesWhatTheClientItselfThrows() {
        assertThat(StreamFailure.of(ExpiredIteratorException.builder().build()))
                .isEqualTo(StreamFailure.ITERATOR_EXPIRED);
        assertThat(StreamFailure.of(SdkClientException.create("x", new ConnectException("no"))))
                .isEqualTo(StreamFailure.TRANSIENT);
        assertThat(
                        StreamFailure.of(
                                SdkClientException.create("x", new SocketTimeoutException("late"))))
                .isEqualTo(StreamFailure.TRANSIENT);
        assertThat(StreamFailure.of(SdkClientException.create("Unable to load credentials")))
                .isEqualTo(StreamFailure.FATAL);
        assertThat(StreamFailure.of(AbortedException.create("interrupted")))
                .isEqualTo(StreamFailure.INTERRUPTED);
        assertThat(StreamFailure.of(new IllegalStateException("bug")))
                .isEqualTo(StreamFailure.FATAL);
    }

    @Test
    void saysWhatWasAskedWhatTheAnswerWasAndWhatToDo() {
        assertThat(
                        StreamException.of(
                                "GetRecords",
                                STREAM,
                                "shardId-000000000001",
                                error("AccessDeniedException", 400)))
                .hasMessage(
                        "GetRecords on shardId-000000000001 of stream"
                                + " arn:aws:kinesis:eu-west-1:123456789012:stream/flights failed:"
                                + " AccessDeniedException (the message). Allow this identity"
                                + " kinesis:GetRecords on"
                                + " arn:aws:kinesis:eu-west-1:123456789012:stream/flights");
        assertThat(
                        StreamException.of(
                                "ListShards",
                                STREAM,
                                null,
                                ResourceNotFoundException.builder().message("gone").build()))
                .hasMessageStartingWith("ListShards on stream arn:aws:kinesis:eu-west-1")
                .hasMessageContaining("create the stream before the job");
        assertThat(
                        StreamException.of(
                                "GetRecords", STREAM, null, error("KMSAccessDeniedException", 400)))
                .hasMessageContaining("kms:Decrypt");
        assertThat(
                        StreamException.of(
                                "GetRecords",
                                STREAM,
                                null,
                                SdkClientException.create("Unable to load credentials")))
                .hasMessageContaining("aws.credentials.*");
    }

    @Test
    void readsArnsOfEveryPartition() {
        String arn = "arn:aws-us-gov:kinesis:us-gov-west-1:123456789012:stream/a.b_c-1";
        assertThat(StreamArn.parse(arn)).hasToString(arn);
        assertThat(StreamArn.parse(arn).stream()).isEqualTo("a.b_c-1");
    }

    @Test
    void saysWhatAnArnLooksLike() {
        assertThatThrownBy(() -> StreamArn.parse("flights"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'flights'")
                .hasMessageContaining("arn:aws:kinesis:us-east-1:123456789012:stream/my-stream");
    }

    private static RuntimeException error(String code, int status) {
        return KinesisException.builder()
                .awsErrorDetails(
                        AwsErrorDetails.builder()
                                .errorCode(code)
                                .errorMessage("the message")
                                .build())
                .statusCode(status)
                .build();
    }
}
