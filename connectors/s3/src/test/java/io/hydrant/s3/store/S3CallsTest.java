package io.hydrant.s3.store;

import io.hydrant.core.retry.RetryClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class S3CallsTest {

    private final FakeClock clock = new FakeClock();
    private final S3Calls calls = new S3Calls(Duration.ofMinutes(1), clock);

    @Test
    void repeatsWhatMayWorkLater() throws Exception {
        AtomicInteger attempts = new AtomicInteger();

        String answer =
                calls.call(
                        S3Action.PUT,
                        "bucket",
                        "key",
                        () -> {
                            if (attempts.incrementAndGet() < 4) {
                                throw MemoryStore.failure(503, "SlowDown");
                            }
                            return "done";
                        });

        assertThat(answer).isEqualTo("done");
        assertThat(attempts).hasValue(4);
        assertThat(clock.pauses).isEqualTo(3);
    }

    @Test
    void givesUpAfterTheTimeoutAndSaysThatNothingIsLost() {
        assertThatThrownBy(
                        () ->
                                calls.run(
                                        S3Action.PUT,
                                        "bucket",
                                        "key",
                                        () -> {
                                            throw MemoryStore.failure(503, "SlowDown");
                                        }))
                .isInstanceOf(S3FailedException.class)
                .hasMessageContaining("Cannot write s3://bucket/key: SlowDown, HTTP 503")
                .hasMessageContaining("s3.retry-timeout")
                .hasMessageContaining("nothing is lost");
        assertThat(clock.now).isGreaterThanOrEqualTo(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void speaksOfNoCheckpointToACommandAndSaysWhatNobodyAnswers() {
        S3Calls ofCommand = S3Calls.ofCommand(Duration.ofMinutes(1), clock);

        assertThatThrownBy(
                        () ->
                                ofCommand.run(
                                        S3Action.LIST,
                                        "bucket",
                                        "ledger/",
                                        () -> {
                                            throw SdkClientException.create(
                                                    "Unable to execute HTTP request",
                                                    new ConnectException(
                                                            "Connect to http://localhost:4566 failed"));
                                        }))
                .isInstanceOf(S3FailedException.class)
                .hasMessageContaining("Nothing answers there: check aws.endpoint")
                .hasMessageContaining("s3.retry-timeout")
                .hasMessageContaining("The command may be given again")
                .hasMessageNotContaining("checkpoint");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, 403, AccessDenied, s3:PutObject",
        "LIST, 403, AccessDenied, s3:ListBucket",
        "COMPLETE_UPLOAD, 404, NoSuchBucket, There is no bucket 'bucket'",
        "PUT, 400, KMS.DisabledException, enable it",
        "PUT, 301, PermanentRedirect, aws.region",
        "PUT, 403, SignatureDoesNotMatch, aws.credentials",
        "PUT, 400, KeyTooLongError, s3.prefix",
        "COMPLETE_UPLOAD, 400, InvalidPart, another job",
    })
    void saysTheWayOutOfWhatCannotWork(S3Action action, int status, String code, String wayOut) {
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(
                        () ->
                                calls.run(
                                        action,
                                        "bucket",
                                        "some/key",
                                        () -> {
                                            attempts.incrementAndGet();
                                            throw MemoryStore.failure(status, code);
                                        }))
                .isInstanceOf(S3FailedException.class)
                .hasMessageContaining("s3://bucket/some/key")
                .hasMessageContaining(code)
                .hasMessageContaining(wayOut);
        assertThat(attempts).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "404, There is no bucket 'bucket' there",
        "403, Allow s3:ListBucket",
        "301, another region",
    })
    void explainsABucketCheckThatHasOnlyAStatus(int status, String wayOut) {
        assertThatThrownBy(
                        () ->
                                calls.run(
                                        S3Action.CHECK_BUCKET,
                                        "bucket",
                                        null,
                                        () -> {
                                            throw S3Exception.builder().statusCode(status).build();
                                        }))
                .hasMessageContaining("Cannot use the bucket s3://bucket: HTTP " + status)
                .hasMessageContaining(wayOut);
    }

    @Test
    void leavesALostUploadToTheCaller() {
        assertThatThrownBy(
                        () ->
                                calls.run(
                                        S3Action.COMPLETE_UPLOAD,
                                        "bucket",
                                        "key",
                                        () -> {
                                            throw NoSuchUploadException.builder()
                                                    .message("no such upload")
                                                    .build();
                                        }))
                .isInstanceOf(NoSuchUploadException.class)
                .hasMessageContaining("no such upload");
    }

    @Test
    void endsAsInterruptedWhereTheSdkWas() {
        assertThatThrownBy(
                        () ->
                                calls.run(
                                        S3Action.PUT,
                                        "bucket",
                                        "key",
                                        () -> {
                                            throw AbortedException.create("cancelled");
                                        }))
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("cancelled");
        assertThat(clock.pauses).isZero();
    }

    private static final class FakeClock implements RetryClock {

        private long now;
        private int pauses;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void pause(Duration length) {
            now += length.toNanos();
            pauses++;
        }
    }
}
