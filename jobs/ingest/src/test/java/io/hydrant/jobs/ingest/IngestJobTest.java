package io.hydrant.jobs.ingest;

import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamDirectory;
import io.hydrant.kinesis.stream.StreamFacts;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IngestJobTest {

    @TempDir private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final IngestJob job =
            new IngestJob(
                    config -> new KnownStreams(),
                    new PrintStream(printed, true, StandardCharsets.UTF_8));
    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();

    @Test
    void everyOperatorHasAUidOfItsFlowAndOneTask() throws IOException {
        assertThat(job.addTo(env, List.of("--config", config("orders", "clicks")))).isTrue();

        StreamGraph graph = env.getStreamGraph();
        assertThat(graph.getStreamNodes())
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(
                        node -> {
                            assertThat(node.getTransformationUID()).matches(".*kinesis:.*");
                            assertThat(node.getParallelism()).isEqualTo(1);
                        });
        assertThat(graph.getCheckpointConfig().isCheckpointingEnabled()).isTrue();
    }

    @Test
    void aFlowToADeliveryStreamAsksForNoKinesisStream() throws IOException {
        String agent =
                Files.writeString(
                                folder.resolve("agent.json"),
                                """
                                {"kinesis.region": "eu-west-1",
                                 "flows": [{"filePattern": "/tmp/*.log", "deliveryStream": "missing"}]}
                                """)
                        .toString();

        assertThat(job.addTo(env, List.of("--config", agent))).isTrue();
        assertThat(env.getStreamGraph().getStreamNodes())
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(
                        node -> {
                            assertThat(node.getTransformationUID())
                                    .matches(".*firehose:missing:.*");
                            assertThat(node.getParallelism()).isEqualTo(1);
                        });

        assertThat(job.addTo(env, List.of("--dry-run", "--config", agent))).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("firehose:missing:/tmp/*.log (delivery stream missing)");
    }

    @Test
    void aStreamIsReadOnceWhoeverReadsItAndEveryOperatorHasAUid() throws IOException {
        String agent =
                Files.writeString(
                                folder.resolve("agent.json"),
                                """
                                {"Hydrant": {"sink.producer-identity.enabled": true}, "flows": [
                                  {"sourceStream": "a", "kinesisStream": "b", "filter": ".x", "errorStream": "e"},
                                  {"sourceStream": ["a", "c"], "kinesisStream": "d"},
                                  {"sourceStream": "a", "kinesisStream": "plain",
                                   "Hydrant": {"sink.producer-identity.enabled": false}}
                                ]}
                                """)
                        .toString();

        assertThat(job.addTo(env, List.of("--config", agent))).isTrue();

        StreamGraph graph = env.getStreamGraph();
        assertThat(graph.getStreamNodes())
                .allSatisfy(node -> assertThat(node.getTransformationUID()).isNotNull());
        assertThat(graph.getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .filteredOn(uid -> uid.matches("(stream|count of|route for) .*"))
                .containsExactlyInAnyOrder(
                        "stream a",
                        "stream c",
                        "count of a",
                        "count of c",
                        "route for kinesis:b:a",
                        "route for kinesis:d:a,c",
                        "route for kinesis:plain:a");
        assertThat(graph.getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .anyMatch(uid -> uid.contains("errors of kinesis:b:a"));

        assertThat(job.addTo(env, List.of("--dry-run", "--config", agent))).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("kinesis:d:a,c (streams a, c to stream d)");
    }

    @Test
    void aFlowFromAQueueHasAUidForEachStep() throws IOException {
        String agent =
                Files.writeString(
                                folder.resolve("agent.json"),
                                """
                                {"flows": [
                                  {"name": "lines", "kinesisStream": "b",
                                   "sourceQueue": "https://sqs.eu-west-1.amazonaws.com/111122223333/q",
                                   "filter": ".x", "errorStream": "e",
                                   "columns": "struct<x:int>", "select": "SELECT x FROM records"}]}
                                """)
                        .toString();

        assertThat(job.addTo(env, List.of("--config", agent))).isTrue();

        assertThat(env.getStreamGraph().getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .doesNotHaveDuplicates()
                .contains(
                        "objects of lines",
                        "convert for lines",
                        "filter for lines",
                        "number for lines",
                        "route for lines",
                        "lines for lines",
                        "lines for errors of lines")
                .anyMatch(uid -> uid.contains("put for lines"))
                .anyMatch(uid -> uid.contains("put for errors of lines"));
    }

    @Test
    void showsTheFlowsAndWhatHasNoEffect() throws IOException {
        assertThat(job.addTo(env, List.of("--dry-run", "--config", config("orders")))).isFalse();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("kinesis:orders:/tmp/*.log (stream orders)")
                .contains("Note: cloudwatch.emitMetrics: has no effect");
    }

    @Test
    void saysWhichStreamIsNotThere() throws IOException {
        String config = config("missing");

        assertThatThrownBy(() -> job.addTo(env, List.of("--config", config)))
                .hasMessageContaining("stream missing cannot be looked up: no such stream");
    }

    @Test
    void saysWhatIsWrongWithTheArguments() {
        assertThatThrownBy(() -> job.addTo(env, List.of()))
                .hasMessageContaining("--config is missing");
        assertThatThrownBy(() -> job.addTo(env, List.of("--confg", "x")))
                .hasMessageContaining("did you mean '--config'?");
        assertThatThrownBy(() -> job.addTo(env, List.of("--config", "nowhere.json")))
                .hasMessageContaining("nowhere.json does not exist");
        assertThatThrownBy(() -> job.addTo(env, List.of("--set", "x")))
                .hasMessageContaining("KEY=VALUE");
    }

    private String config(String... streams) throws IOException {
        StringBuilder flows = new StringBuilder();
        for (String stream : streams) {
            flows.append(flows.isEmpty() ? "" : ",")
                    .append("{\"filePattern\": \"/tmp/*.log\", \"kinesisStream\": \"")
                    .append(stream)
                    .append("\"}");
        }
        return Files.writeString(
                        folder.resolve("agent.json"),
                        "{\"cloudwatch.emitMetrics\": false, \"flows\": [" + flows + "]}")
                .toString();
    }

    private static final class KnownStreams implements StreamDirectory {

        @Override
        public StreamArn arnOf(String name) {
            if (name.equals("missing")) {
                throw new IllegalStateException("no such stream");
            }
            return new StreamArn("aws", "us-east-1", "000000000000", name);
        }

        @Override
        public List<StreamArn> matching(Pattern name) {
            throw new UnsupportedOperationException("No flow names a pattern");
        }

        @Override
        public StreamFacts describe(StreamArn stream) {
            throw new UnsupportedOperationException("Names are enough");
        }

        @Override
        public void close() {}
    }
}
