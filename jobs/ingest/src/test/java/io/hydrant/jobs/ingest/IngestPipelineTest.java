package io.hydrant.jobs.ingest;

import io.hydrant.jobs.ingest.agent.AgentDocument;
import io.hydrant.kinesis.sink.KinesisSinkConfig;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class IngestPipelineTest {

    /**
     * 500 is what a call takes: records where they go as they are, aggregates where they do not.
     */
    @ParameterizedTest
    @CsvSource({
        "false, '', 500",
        "false, 20, 20",
        "true, '', 5000",
        "true, 500, 5000",
        "true, 20, 20"
    })
    void sendsAsManyLinesAtOnceAsTheFlowSays(boolean aggregates, String records, int expected) {
        String field = records.isEmpty() ? "" : ", \"maxBufferSizeRecords\": " + records;
        AgentDocument document =
                AgentDocument.parse(
                        "agent.json",
                        "{\"flows\": [{\"filePattern\": \"/tmp/a\", \"kinesisStream\": \"s\"%s}]}"
                                .formatted(field),
                        Map.of("sink.aggregation.enabled", aggregates + ""));

        KinesisSinkConfig config =
                KinesisSinkConfig.from(
                        new IngestPipeline(document, "lineage")
                                .sinkOptions(document.flows().get(0)));

        assertThat(config.batchRecords()).isEqualTo(expected);
    }
}
