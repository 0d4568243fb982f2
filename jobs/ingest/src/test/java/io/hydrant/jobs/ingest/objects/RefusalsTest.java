package io.hydrant.jobs.ingest.objects;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What answers of S3 and SQS mean. */
class RefusalsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "404 | NoSuchKey            | it is not there any more",
                "404 | NoSuchVersion        | it is not there any more",
                "405 | MethodNotAllowed     | it is not there any more",
                "412 | PreconditionFailed   | it was replaced, and the bucket keeps no versions",
                "403 | AccessDenied         | S3 refuses it: AccessDenied",
                "403 | InvalidObjectState   | S3 refuses it: InvalidObjectState",
                "403 | InvalidAccessKeyId   | null",
                "403 | SignatureDoesNotMatch | null",
                "400 | ExpiredToken         | null",
                "503 | SlowDown             | null",
                "500 | InternalError        | null"
            })
    void tellAnObjectsFaultFromEverybodys(int status, String code, String problem) {
        assertThat(S3Objects.problem(status, code)).isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "400, com.amazonaws.sqs#QueueDoesNotExist, true",
        "403, com.amazonaws.sqs#AccessDeniedException, true",
        "400, com.amazonaws.sqs#RequestThrottled, false",
        "403, com.amazonaws.sqs#OverLimit, false",
        "403, ExpiredTokenException, false",
        "500, InternalFailure, false",
        "503, ServiceUnavailable, false"
    })
    void tellARefusalFromWhatALaterCallMends(int status, String type, boolean isFinal) {
        assertThat(SqsQueueApi.isFinal(status, type)).isEqualTo(isFinal);
    }
}
