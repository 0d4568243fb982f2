package io.hydrant.launcher.localstack;

import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.server.LocalStackServer;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * The LocalStack that the user runs already, or one that ends with the command.
 *
 * @param localStack where it is
 * @param owned the one that ends with the command; null if it is the user's
 */
public record RunningLocalStack(LocalStack localStack, LocalStackServer owned)
        implements AutoCloseable {

    private static final String ENDPOINT = "HYDRANT_LOCALSTACK_ENDPOINT";
    private static final Duration REACH_TIMEOUT = Duration.ofMinutes(1);

    /**
     * Reaches the one that {@code HYDRANT_LOCALSTACK_ENDPOINT} names, or starts one.
     *
     * @throws IOException if it does not answer or cannot be started; the message says what to do
     */
    public static RunningLocalStack start(Progress progress) throws IOException {
        String endpoint = System.getenv(ENDPOINT);
        if (endpoint != null && !endpoint.isBlank()) {
            return new RunningLocalStack(
                    LocalStackServer.reach(URI.create(endpoint), REACH_TIMEOUT, progress), null);
        }
        LocalStackServer server = LocalStackServer.ownedByThisProcess(progress);
        return new RunningLocalStack(server, server);
    }

    @Override
    public void close() throws IOException {
        if (owned != null) {
            owned.close();
        }
    }
}
