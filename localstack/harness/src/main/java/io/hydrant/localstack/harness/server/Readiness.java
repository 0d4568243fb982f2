package io.hydrant.localstack.harness.server;

import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.LocalStackClients;
import io.hydrant.localstack.harness.Progress;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Asks each service once and takes only an answer for readiness.
 *
 * <p>An open port says nothing: LocalStack loads a service at its first request, and the Kinesis
 * engine is a process that starts only then.
 */
final class Readiness {

    private static final Duration SAY_EVERY = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Readiness() {}

    /**
     * Waits until every service has answered.
     *
     * @param localStack what to probe
     * @param timeout for all services together
     * @param alive asked between two attempts; false ends the waiting at once
     * @param progress told what is being waited for
     * @throws IOException when the time is over or the server is gone; the message says which
     *     service did not answer, and how
     */
    static void await(
            LocalStack localStack, Duration timeout, BooleanSupplier alive, Progress progress)
            throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (S3Client s3 = LocalStackClients.s3(localStack);
                KinesisClient kinesis = LocalStackClients.kinesis(localStack);
                StsClient sts = LocalStackClients.sts(localStack)) {
            List<Probe> open =
                    new ArrayList<>(
                            List.of(
                                    new Probe("s3", s3::listBuckets),
                                    new Probe("sts", sts::getCallerIdentity),
                                    new Probe("kinesis", kinesis::listStreams)));
            long said = System.nanoTime();
            while (true) {
                SdkException refused = firstRefusal(open);
                if (refused == null) {
                    return;
                }
                String waiting = "waiting for " + open.get(0).service() + " of LocalStack at ";
                if (!alive.getAsBoolean()) {
                    throw new IOException(
                            "LocalStack ended before it was ready, while "
                                    + waiting
                                    + localStack.endpoint(),
                            refused);
                }
                if (System.nanoTime() - deadline >= 0) {
                    throw new IOException(
                            "Gave up after "
                                    + timeout.toSeconds()
                                    + " s of "
                                    + waiting
                                    + localStack.endpoint()
                                    + ": "
                                    + refused.getMessage(),
                            refused);
                }
                if (System.nanoTime() - said >= SAY_EVERY.toNanos()) {
                    said = System.nanoTime();
                    progress.say(waiting + localStack.endpoint() + " …");
                }
                LockSupport.parkNanos(PAUSE_NANOS);
                if (Thread.interrupted()) {
                    throw new IOException("Interrupted while " + waiting + localStack.endpoint());
                }
            }
        }
    }

    /** Takes the probes that are answered out of the list, and stops at the first that is not. */
    private static SdkException firstRefusal(List<Probe> open) {
        while (!open.isEmpty()) {
            try {
                open.get(0).request().run();
                open.remove(0);
            } catch (SdkException notYet) {
                return notYet;
            }
        }
        return null;
    }

    private record Probe(String service, Runnable request) {}
}
