package io.hydrant.launcher.deploy;

import software.amazon.awssdk.services.kinesisanalyticsv2.KinesisAnalyticsV2Client;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Starts an application of Managed Service for Apache Flink, which CloudFormation only makes. It
 * begins with the snapshot that the service took last, where there is one.
 *
 * <p>Source: Managed Service for Apache Flink API reference, StartApplication and
 * ApplicationDetail: READY is an application that does not run; one that cannot start becomes READY
 * again.
 */
final class ApplicationStart {

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final KinesisAnalyticsV2Client client;
    private final Consumer<String> lines;
    private final Pause pause;

    /** Lets time pass between two looks. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /**
     * For the applications of an account.
     *
     * @param lines is told what is done
     */
    ApplicationStart(KinesisAnalyticsV2Client client, Consumer<String> lines, Pause pause) {
        this.client = client;
        this.lines = lines;
        this.pause = pause;
    }

    /**
     * Starts it where it does not run, and waits until it does.
     *
     * @throws IOException if it does not come to run; says where the reason is
     */
    void start(String application) throws IOException, InterruptedException {
        boolean isStarted = false;
        boolean wasStarting = false;
        ApplicationStatus last = null;
        long looks = PATIENCE.dividedBy(LOOK);
        for (long look = 0; look < looks; look++) {
            ApplicationStatus status = status(application);
            if (status != last) {
                lines.accept("application " + application + " is " + status);
                last = status;
            }
            switch (status) {
                case RUNNING -> {
                    return;
                }
                case READY -> {
                    if (wasStarting) {
                        throw new IOException(
                                "The application "
                                        + application
                                        + " was started and is READY again: it could not run. Its log says why: aws logs tail /hydrant/"
                                        + application);
                    }
                    // What is shown may be a moment behind.
                    if (!isStarted) {
                        client.startApplication(request -> request.applicationName(application));
                        isStarted = true;
                    }
                }
                case STARTING -> wasStarting = isStarted;
                case UPDATING, AUTOSCALING, ROLLING_BACK, MAINTENANCE, STOPPING, FORCE_STOPPING -> {
                    // Comes to something by itself.
                }
                default ->
                        throw new IOException(
                                "The application "
                                        + application
                                        + " is "
                                        + status
                                        + ", and cannot be started");
            }
            pause.of(LOOK);
        }
        throw new IOException(
                "The application "
                        + application
                        + " is still "
                        + last
                        + " after "
                        + PATIENCE.toMinutes()
                        + " minutes; go on watching it: aws kinesisanalyticsv2 describe-application --application-name "
                        + application);
    }

    private ApplicationStatus status(String application) {
        return client.describeApplication(request -> request.applicationName(application))
                .applicationDetail()
                .applicationStatus();
    }
}
