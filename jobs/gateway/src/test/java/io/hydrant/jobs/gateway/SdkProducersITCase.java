package io.hydrant.jobs.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** AWS' own SDKs, to which only the endpoint is new. */
@Timeout(300)
class SdkProducersITCase {

    @TempDir private Path folder;

    @Test
    void producersInPythonAndJavaScriptTakeItForFirehoseAndKinesis() throws Exception {
        SdkProducers producers = SdkProducers.install();
        try (RunningGateway gateway = RunningGateway.start(folder)) {
            for (String said :
                    new String[] {
                        producers.python(gateway.endpoint(), folder),
                        producers.javaScript(gateway.endpoint(), folder)
                    }) {
                JsonNode results = RunningGateway.JSON.readTree(said);
                assertThat(results.path("one").asBoolean()).as(said).isTrue();
                assertThat(results.path("failed").asInt(-1)).as(said).isZero();
                assertThat(results.path("records").asInt()).as(said).isEqualTo(2);
                assertThat(results.path("status").asText()).as(said).isEqualTo("ACTIVE");
                assertThat(results.path("names").path(0).asText()).as(said).isEqualTo("orders");
                assertThat(results.path("sequence").asBoolean()).as(said).isTrue();
                assertThat(results.path("error").asText())
                        .as(said)
                        .isEqualTo("ResourceNotFoundException");
            }
            assertThat(gateway.stored())
                    .containsExactlyInAnyOrder(
                            "python one ä",
                            "python a",
                            "python b",
                            "python kinesis",
                            "js one ä",
                            "js a",
                            "js b",
                            "js kinesis");
        }
    }

    @Test
    void theCommandLineOfAwsPutsOverTls() throws Exception {
        SdkProducers producers = SdkProducers.install();
        SelfSigned own = SelfSigned.make(folder);
        try (RunningGateway gateway = RunningGateway.start(folder, own.settings())) {
            JsonNode one =
                    RunningGateway.JSON.readTree(
                            producers.commandLine(
                                    gateway.endpoint(),
                                    own.certificate(),
                                    "firehose",
                                    "put-record",
                                    "--delivery-stream-name",
                                    "orders",
                                    "--record",
                                    "{\"Data\": \"cli one\"}"));
            JsonNode batch =
                    RunningGateway.JSON.readTree(
                            producers.commandLine(
                                    gateway.endpoint(),
                                    own.certificate(),
                                    "firehose",
                                    "put-record-batch",
                                    "--delivery-stream-name",
                                    "orders",
                                    "--records",
                                    "[{\"Data\": \"cli a\"}, {\"Data\": \"cli b\"}]"));

            assertThat(one.path("RecordId").asText()).isNotEmpty();
            assertThat(batch.path("FailedPutCount").asInt(-1)).isZero();
            assertThat(gateway.stored()).containsExactlyInAnyOrder("cli one", "cli a", "cli b");
        }
    }
}
