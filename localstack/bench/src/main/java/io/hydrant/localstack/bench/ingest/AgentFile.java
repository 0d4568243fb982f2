package io.hydrant.localstack.bench.ingest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration file that the job and Kinesis Agent both read, the same for both: the agent
 * passes over the {@code Hydrant} object, the job over what is said of checkpoints and metrics. All
 * else is left as it is where nobody says anything.
 */
public final class AgentFile {

    private static final String TEXT =
            """
            {
                "kinesis.endpoint": "%1$s",
                "kinesis.region": "us-east-1",
                "awsAccessKeyId": "anyone",
                "awsSecretAccessKey": "anything",
                "cloudwatch.emitMetrics": false,
                "checkpointFile": "%2$s",
                "userAgentOverride": "aws-kinesis-agent",
                "flows": [
                    {
                        "filePattern": "%3$s/*.log",
                        "kinesisStream": "%4$s",
                        "initialPosition": "START_OF_FILE"%5$s
                    }
                ],
                "Hydrant": {
                    "sink.producer-identity.enabled": %6$b,
                    "sink.aggregation.enabled": %6$b
                }
            }
            """;

    private static final String TO_JSON =
            ",\n\"dataProcessingOptions\": [{\"optionName\": \"LOGTOJSON\", \"logFormat\": \"COMMONAPACHELOG\"}]";

    private AgentFile() {}

    /**
     * Writes one, and its folder.
     *
     * <p>Our job puts stamped aggregates unless the case is one of a record a line: stamps are what
     * makes it exactly once, and aggregates are what makes stamps cheap. The agent is told what to
     * call itself, since only a jar of its own installer knows its version.
     *
     * @param work folder for it, and for the agent's checkpoints
     * @param kinesis endpoint
     * @param logs folder of the files
     * @param stream name of the stream
     * @return the file
     */
    public static Path write(
            Path work, IngestCase ingestCase, URI kinesis, Path logs, String stream)
            throws IOException {
        return Files.writeString(
                Files.createDirectories(work).resolve("agent.json"),
                TEXT.formatted(
                        kinesis,
                        work.resolve("checkpoints-of-the-agent"),
                        logs,
                        stream,
                        ingestCase.isToJson() ? TO_JSON : "",
                        ingestCase == IngestCase.JOB || ingestCase == IngestCase.JOB_JSON));
    }
}
