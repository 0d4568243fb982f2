package io.hydrant.jobs.gateway;

import io.hydrant.core.aws.SignedHttpClient;
import io.hydrant.localstack.harness.Conditions;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/** What is acknowledged is in the stream, however the gateway ends. */
@Timeout(300)
class GatewayKilledITCase {

    private static final int CLIENTS = 200;

    @TempDir private Path folder;

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyAcknowledgedRecordOf200ClientsIsInTheStream(boolean isKilled) throws Exception {
        try (RunningGateway kinesis = RunningGateway.kinesisAlone(folder)) {
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            List<Future<?>> running = new ArrayList<>();
            try (GatewayProcess gateway = GatewayProcess.start(kinesis)) {
                for (int client = 0; client < CLIENTS; client++) {
                    String name = "client-" + client + "-";
                    URI endpoint = gateway.endpoint();
                    running.add(clients.submit(() -> putUntilItEnds(endpoint, name)));
                }
                Conditions.until(
                        Duration.ofMinutes(2),
                        "enough to be under way",
                        () -> acknowledged.size() > 3 * CLIENTS);
                if (isKilled) {
                    gateway.kill();
                } else {
                    gateway.terminate();
                }
            }
            for (Future<?> client : running) {
                client.get();
            }
            clients.shutdown();

            Set<String> stored = new HashSet<>(kinesis.stored());
            assertThat(acknowledged).hasSizeGreaterThan(3 * CLIENTS);
            assertThat(stored).containsAll(acknowledged);
        }
    }

    /** Puts batches and single records in turn, each with a text of its own. */
    private void putUntilItEnds(URI endpoint, String name) {
        try (SignedHttpClient client =
                RunningGateway.client(endpoint, RunningGateway.KEY_ID, RunningGateway.SECRET)) {
            for (int i = 0; true; i += 3) {
                List<String> texts = List.of(name + i, name + (i + 1), name + (i + 2));
                boolean isBatch = i % 2 == 0;
                SignedHttpClient.Answer answer =
                        isBatch
                                ? RunningGateway.call(
                                        client, "PutRecordBatch", RunningGateway.batch(texts))
                                : RunningGateway.call(
                                        client, "PutRecord", RunningGateway.record(texts.get(0)));
                if (answer.status() == 200) {
                    note(RunningGateway.JSON.readTree(answer.body()), texts, isBatch);
                }
            }
        } catch (IOException e) {
            // The gateway is gone.
        }
    }

    private void note(JsonNode answer, List<String> texts, boolean isBatch) {
        if (!isBatch) {
            acknowledged.add(texts.get(0));
            return;
        }
        for (int i = 0; i < texts.size(); i++) {
            if (answer.path("RequestResponses").path(i).has("RecordId")) {
                acknowledged.add(texts.get(i));
            }
        }
    }
}
