package io.hydrant.launcher.demo;

import io.hydrant.launcher.HydrantRoot;
import io.hydrant.launcher.replay.ReplayPace;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.flink.FlinkCluster;
import io.hydrant.localstack.harness.process.OwnedFolder;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What {@code --from-logs} puts in front of a stream: a log that grows, and the job that follows it
 * by a configuration of the Kinesis Agent.
 */
final class LogsInFront implements AutoCloseable {

    /**
     * As the agent has it; what is in Hydrant's object keeps the order of the log in the stream.
     */
    private static final String AGENT =
            """
            {
                "kinesis.endpoint": "%s",
                "kinesis.region": "us-east-1",
                "awsAccessKeyId": "test",
                "awsSecretAccessKey": "test",
                "flows": [
                    {
                        "filePattern": "%s",
                        "kinesisStream": "%s",
                        "initialPosition": "START_OF_FILE",
                        "maxBufferAgeMillis": 1000,
                        "maxTimeBetweenFileTrackerRefreshMillis": 1000
                    }
                ],
                "Hydrant": {
                    "sink.producer-identity.enabled": true,
                    "sink.aggregation.enabled": true,
                    "sink.requests.max-inflight": 1
                }
            }
            """;

    /** Flights a second; a month takes half a minute. */
    private static final double RATE = 1_000;

    private final OwnedFolder folder;
    private final FlightLog log;

    private LogsInFront(OwnedFolder folder, FlightLog log) {
        this.folder = folder;
        this.log = log;
    }

    /**
     * Makes a folder for the log and starts the job that follows it.
     *
     * @param rotated told of every rotation, in words
     */
    static LogsInFront start(
            FlinkCluster cluster,
            LocalStack localStack,
            String stream,
            PrintWriter out,
            Consumer<String> rotated)
            throws IOException {
        OwnedFolder folder = OwnedFolder.create("hydrant-demo-logs-");
        FlightLog log = new FlightLog(folder.path(), ReplayPace.rate(RATE), rotated);
        Path agent = folder.path().resolve("agent.json");
        Files.writeString(agent, AGENT.formatted(localStack.endpoint(), log.pattern(), stream));
        out.printf("%n$ flink run -d hydrant-ingest.jar --config %s%n%n", agent);
        String job = cluster.run(HydrantRoot.ingestJar().toString(), "--config", agent.toString());
        cluster.awaitRunning(job);
        out.printf("The log: tail -F %s%n%n", log.pattern());
        return new LogsInFront(folder, log);
    }

    FlightLog log() {
        return log;
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
