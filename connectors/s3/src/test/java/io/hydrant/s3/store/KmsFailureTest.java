package io.hydrant.s3.store;

import io.hydrant.core.retry.RetryClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KmsFailureTest {

    private final List<KmsFailure> heard = new ArrayList<>();
    private final S3Calls calls =
            new S3Calls(Duration.ofMillis(1), RetryClock.SYSTEM, (failure, kms) -> heard.add(kms));

    @ParameterizedTest
    @CsvSource({
        "KMS.DisabledException, KMSKeyDisabled, enable it",
        "KMS.NotFoundException, KMSKeyNotFound, s3.encryption.kms-key-arn",
        "KMS.KMSInvalidStateException, KMSKeyInvalidState, deletion is scheduled",
        "KMS.AccessDeniedException, KMSKeyAccessDenied, kms:GenerateDataKey",
    })
    void isToldByNameWithItsWayOut(String code, String metric, String wayOut) {
        assertThatThrownBy(
                        () ->
                                calls.run(
                                        S3Action.PUT,
                                        "bucket",
                                        "key",
                                        () -> {
                                            throw MemoryStore.failure(400, code);
                                        }))
                .isInstanceOf(S3FailedException.class)
                .hasMessageContaining(code)
                .hasMessageContaining(wayOut);
        assertThat(heard)
                .isNotEmpty()
                .allSatisfy(kms -> assertThat(kms.metric()).isEqualTo(metric));
    }

    @Test
    void aDeniedKeyIsToldFromADeniedBucket() {
        assertThat(KmsFailure.of(denied("not authorized to perform: kms:GenerateDataKey on")))
                .isEqualTo(KmsFailure.ACCESS_DENIED);
        assertThat(KmsFailure.of(denied("not authorized to perform: s3:PutObject on"))).isNull();
        assertThat(KmsFailure.of(new IllegalStateException("kms:"))).isNull();
    }

    private static Throwable denied(String message) {
        return S3Exception.builder()
                .statusCode(403)
                .message(message)
                .awsErrorDetails(
                        AwsErrorDetails.builder()
                                .errorCode("AccessDenied")
                                .errorMessage(message)
                                .build())
                .build();
    }
}
