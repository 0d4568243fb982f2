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
}
