package io.hydrant.s3.store;

import io.hydrant.core.outcome.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.IOException;
import java.net.UnknownHostException;

import static org.assertj.core.api.Assertions.assertThat;

class S3ClassifierTest {

    @ParameterizedTest
    @CsvSource({
        "503, SlowDown, RETRY",
        "503, ServiceUnavailable, RETRY",
        "500, InternalError, RETRY",
        "200, InternalError, RETRY",
        "400, RequestTimeout, RETRY",
        "400, ThrottlingException, RETRY",
        "400, KMS.ThrottlingException, RETRY",
        "400, ExpiredToken, RETRY",
        "400, BadDigest, RETRY",
        "403, RequestTimeTooSkewed, RETRY",
        "408, Whatever, RETRY",
        "409, OperationAborted, RETRY",
        "409, ConditionalRequestConflict, RETRY",
        "429, Whatever, RETRY",
        "502, Whatever, RETRY",
        "504, Whatever, RETRY",
        "301, PermanentRedirect, FATAL",
        "400, InvalidPart, FATAL",
        "400, EntityTooSmall, FATAL",
        "400, KeyTooLongError, FATAL",
        "400, KMS.DisabledException, FATAL",
        "400, KMS.KMSInvalidStateException, RETRY",
        "400, KMS.KMSInternalException, RETRY",
        "400, KMS.NotFoundException, FATAL",
        "403, AccessDenied, FATAL",
        "403, InvalidAccessKeyId, FATAL",
        "403, SignatureDoesNotMatch, FATAL",
        "404, NoSuchBucket, FATAL",
        "404, NoSuchUpload, FATAL",
        "412, PreconditionFailed, FATAL",
        "501, NotImplemented, FATAL",
    })
    void judgesTheServicesErrors(int status, String code, Outcome expected) {
        assertThat(S3Classifier.classify(MemoryStore.failure(status, code))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"403, FATAL", "404, FATAL", "503, RETRY"})
    void judgesAnswersWithoutACodeByTheirStatus(int status, Outcome expected) {
        assertThat(S3Classifier.classify(S3Exception.builder().statusCode(status).build()))
                .isEqualTo(expected);
    }

    @Test
    void retriesWhatTheNetworkDid() {
        assertThat(S3Classifier.classify(clientFailure(new UnknownHostException("s3"))))
                .isEqualTo(Outcome.RETRY);
        assertThat(
                        S3Classifier.classify(
                                clientFailure(new RuntimeException(new IOException("reset")))))
                .isEqualTo(Outcome.RETRY);
        assertThat(S3Classifier.classify(ApiCallTimeoutException.create(1000)))
                .isEqualTo(Outcome.RETRY);
    }

    @Test
    void failsOnWhatNoWaitingMends() {
        assertThat(
                        S3Classifier.classify(
                                clientFailure(new IllegalStateException("no credentials"))))
                .isEqualTo(Outcome.FATAL);
        assertThat(S3Classifier.classify(AbortedException.create("interrupted")))
                .isEqualTo(Outcome.FATAL);
        assertThat(S3Classifier.classify(new NullPointerException())).isEqualTo(Outcome.FATAL);
    }

    private static SdkClientException clientFailure(Throwable cause) {
        return SdkClientException.create("Unable to execute HTTP request", cause);
    }
}
