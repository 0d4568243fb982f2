package io.hydrant.kinesis.stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.InternalFailureException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.net.ConnectException;
import java.net.SocketTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StreamFailureTest {

    private static final StreamArn STREAM =
            StreamArn.parse("arn:aws:kinesis:eu-west-1:123456789012:stream/flights");

    /**
     * Every error that the API reference names for GetRecords (R), GetShardIterator (I) and
     * ListShards (L), and its "Common Errors" (C).
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "AccessDeniedException                 , 400, FATAL           , kinesis:GetRecords, RILC",
        "ExpiredIteratorException              , 400, ITERATOR_EXPIRED,                   , R",
        "ExpiredNextTokenException             , 400, TRANSIENT       ,                   , L",
        "InternalFailureException              , 500, TRANSIENT       ,                   , RI",
        "InvalidArgumentException              , 400, FATAL           , deleted and       , RIL",
        "KMSAccessDeniedException              , 400, FATAL           , kms:Decrypt       , R",
        "KMSDisabledException                  , 400, FATAL           , key is enabled    , R",
        "KMSInvalidStateException              , 400, FATAL           , key is enabled    , R",
        "KMSNotFoundException                  , 400, FATAL           , KMS key           , R",
        "KMSOptInRequired                      , 400, FATAL           , KMS key           , R",
        "KMSThrottlingException                , 400, THROTTLED       ,                   , R",
        "LimitExceededException                , 400, THROTTLED       ,                   , L",
        "ProvisionedThroughputExceededException, 400, THROTTLED       ,                   , RI",
        "ResourceInUseException                , 400, TRANSIENT       ,                   , L",
        "ResourceNotFoundException             , 400, FATAL           , create the stream , RIL",
        "ExpiredTokenException                 , 403, TRANSIENT       ,                   , C",
        "IncompleteSignature                   , 403, FATAL           , aws.credentials   , C",
        "InternalFailure                       , 500, TRANSIENT       ,                   , C",
        "MalformedHttpRequestException         , 400, FATAL           , endpoint          , C",
        "NotAuthorized                         , 401, FATAL           , kinesis:GetRecords, C",
        "OptInRequired                         , 403, FATAL           , aws.*             , C",
        "RequestAbortedException               , 400, TRANSIENT       ,                   , C",
        "RequestEntityTooLargeException        , 413, FATAL           , endpoint          , C",
        "RequestExpired                        , 400, FATAL           , clock             , C",
        "RequestTimeoutException               , 408, TRANSIENT       ,                   , C",
        "ServiceUnavailable                    , 503, TRANSIENT       ,                   , C",
        "ThrottlingException                   , 400, THROTTLED       ,                   , C",
        "UnrecognizedClientException           , 403, FATAL           , aws.credentials   , C",
        "UnknownOperationException             , 404, FATAL           , endpoint          , C",
        "ValidationError                       , 400, FATAL           , options source    , C",
        "Whatever                              , 502, TRANSIENT       ,                   , ''",
        "Whatever                              , 400, FATAL           , network           , ''",
    })
    void judgesAnswersByTheirCode(
            String code, int status, StreamFailure expected, String wayOut, String actions) {
        RuntimeException error = error(code, status);

        assertThat(StreamFailure.of(error)).isEqualTo(expected);
        if (wayOut != null) {
            assertThat(StreamException.of("GetRecords", STREAM, null, error))
                    .hasMessageContaining(code)
                    .hasMessageContaining(wayOut);
        }
    }

    @Test
    void judgesWhatTheClientItselfThrows() {
        assertThat(StreamFailure.of(ExpiredIteratorException.builder().build()))
                .isEqualTo(StreamFailure.ITERATOR_EXPIRED);
        assertThat(StreamFailure.of(InternalFailureException.builder().build()))
                .as("the end of a subscription")
                .isEqualTo(StreamFailure.TRANSIENT);
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
