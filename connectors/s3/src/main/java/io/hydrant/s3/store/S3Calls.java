package io.hydrant.s3.store;

import io.hydrant.core.outcome.Outcome;
import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.core.retry.RetryClock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Makes calls to S3, again where {@link S3Classifier} says so, and turns those that failed for good
 * into an error that names action, bucket, key and way out. Safe for use by several threads.
 */
public final class S3Calls {

    private static final Logger LOG = LoggerFactory.getLogger(S3Calls.class);

    private static final ExponentialBackoff BACKOFF =
            new ExponentialBackoff(Duration.ofMillis(200), Duration.ofSeconds(20), 2, 0.2);

    private static final String OF_JOB =
            "The job goes back to its last checkpoint; nothing is lost.";
    private static final String OF_COMMAND = "The command may be given again, when that is mended.";

    private final Duration timeout;
    private final RetryClock clock;
    private final S3FailureListener listener;
    private final String whatFollows;

    /**
     * Calls of a job that give up once they have failed for that long.
     *
     * @param timeout from the first failure of a call
     */
    public S3Calls(Duration timeout, RetryClock clock) {
        this(timeout, clock, S3FailureListener.NONE);
    }

    /**
     * Calls of a job that give up once they have failed for that long.
     *
     * @param timeout from the first failure of a call
     * @param listener is told of every failed attempt
     */
    public S3Calls(Duration timeout, RetryClock clock, S3FailureListener listener) {
        this(timeout, clock, listener, OF_JOB);
    }

    private S3Calls(
            Duration timeout, RetryClock clock, S3FailureListener listener, String whatFollows) {
        this.timeout = timeout;
        this.clock = clock;
        this.listener = listener;
        this.whatFollows = whatFollows;
    }

    /**
     * Calls of a command that give up once they have failed for that long; no checkpoint stands
     * behind it, and whoever gave it may give it again.
     *
     * @param timeout from the first failure of a call
     */
    public static S3Calls ofCommand(Duration timeout, RetryClock clock) {
        return new S3Calls(timeout, clock, S3FailureListener.NONE, OF_COMMAND);
    }

    /**
     * Makes one call, until it works or fails for good.
     *
     * @param key key for the message, null where the call is about the bucket
     * @throws S3FailedException if it failed for good, or kept failing for the timeout
     * @throws NoSuchUploadException as it is, because only the caller can tell a lost upload from
     *     one that is complete already
     * @throws InterruptedException if the task is being cancelled
     */
    public <T> T call(S3Action action, String bucket, String key, Supplier<T> call)
            throws S3FailedException, InterruptedException {
        long firstFailure = 0;
        for (int failures = 0; ; ) {
            try {
                return call.get();
            } catch (NoSuchUploadException e) {
                throw e;
            } catch (AbortedException e) {
                throw interrupted(e);
            } catch (RuntimeException e) {
                listener.failed(e, KmsFailure.of(e));
                if (S3Classifier.classify(e) != Outcome.RETRY) {
                    throw new S3FailedException(S3FailureMessage.of(action, bucket, key, e), e);
                }
                failures++;
                long now = clock.nanoTime();
                if (failures == 1) {
                    firstFailure = now;
                }
                Duration failing = Duration.ofNanos(now - firstFailure);
                if (failing.compareTo(timeout) >= 0) {
                    throw gaveUp(action, bucket, key, failures, failing, e);
                }
                Duration delay = BACKOFF.delay(failures, ThreadLocalRandom.current());
                LOG.warn(
                        "{} Attempt {} failed; the next follows in {} ms, and so on for {} s more (s3.retry-timeout).",
                        S3FailureMessage.summary(action, bucket, key, e),
                        failures,
                        delay.toMillis(),
                        timeout.minus(failing).toSeconds());
                clock.pause(delay);
            }
        }
    }

    /** As {@link #call}, for calls without a result. */
    public void run(S3Action action, String bucket, String key, Runnable call)
            throws S3FailedException, InterruptedException {
        call(
                action,
                bucket,
                key,
                () -> {
                    call.run();
                    return null;
                });
    }

    /**
     * Makes a call once, for what nothing depends on; a failure is only logged.
     *
     * @throws InterruptedException if the task is being cancelled
     */
    public void attempt(S3Action action, String bucket, String key, Runnable call)
            throws InterruptedException {
        try {
            call.run();
        } catch (AbortedException e) {
            throw interrupted(e);
        } catch (RuntimeException e) {
            LOG.warn("{} Nothing depends on it.", S3FailureMessage.summary(action, bucket, key, e));
        }
    }

    private S3FailedException gaveUp(
            S3Action action,
            String bucket,
            String key,
            int failures,
            Duration failing,
            RuntimeException last) {
        return new S3FailedException(
                S3FailureMessage.of(action, bucket, key, last)
                        + " It failed "
                        + failures
                        + " times in "
                        + failing.toSeconds()
                        + " s (s3.retry-timeout). "
                        + whatFollows,
                last);
    }

    private static InterruptedException interrupted(AbortedException cause) {
        InterruptedException interrupted = new InterruptedException(cause.getMessage());
        interrupted.initCause(cause);
        return interrupted;
    }
}
