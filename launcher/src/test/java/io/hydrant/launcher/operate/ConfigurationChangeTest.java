package io.hydrant.launcher.operate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfigurationChangeTest {

    private final Map<String, String> before =
            new HashMap<>(
                    Map.of(
                            "delivery.stream.version", "3",
                            "delivery.buffer.size", "5 mb",
                            "parallelism", "2",
                            "aws.region", "eu-west-1"));

    private final Map<String, String> now = new HashMap<>(before);

    @Test
    void theVersionStaysWhereNothingChanges() {
        ConfigurationChange change = new ConfigurationChange(before, now);

        assertThat(change.changes()).isEmpty();
        assertThat(change.version()).isEqualTo("3");
    }

    @Test
    void theVersionOfTheDocumentDoesNotGoBack() {
        now.put("delivery.stream.version", "1");

        assertThat(new ConfigurationChange(before, now).version()).isEqualTo("3");
    }

    @Test
    void theVersionRisesByOneWithAnyNumberOfChanges() {
        now.put("delivery.buffer.size", "64 mb");
        now.put("delivery.compression", "GZIP");

        ConfigurationChange change = new ConfigurationChange(before, now);

        assertThat(change.changes())
                .containsExactly(
                        "delivery.buffer.size: '5 mb' -> '64 mb'",
                        "delivery.compression: nothing -> 'GZIP'");
        assertThat(change.version()).isEqualTo("4");
    }

    @Test
    void aHigherVersionOfTheDocumentCounts() {
        now.put("delivery.stream.version", "9");
        now.remove("delivery.buffer.size");

        assertThat(new ConfigurationChange(before, now).version()).isEqualTo("9");
    }

    @ParameterizedTest
    @CsvSource({
        "parallelism,4",
        "aws.region,us-east-1",
        "source.init.position,LATEST",
        "lambda.endpoint,https://vpce",
        "glue.endpoint,https://vpce",
        "replay.allow-overlap,true"
    })
    void whereAndHowFastItRunsIsNoChange(String key, String value) {
        now.put(key, value);

        assertThat(new ConfigurationChange(before, now).version()).isEqualTo("3");
    }

    @Test
    void aPauseIsReadAsItWasWritten() throws IOException {
        Pause pause = new Pause("s3://b/savepoint-1", before);
        String golden =
                "{\"version\":1,\"savepoint\":\"s3://b/savepoint-1\",\"options\":{\"aws.region\":\"eu-west-1\","
                        + "\"delivery.buffer.size\":\"5 mb\",\"delivery.stream.version\":\"3\",\"parallelism\":\"2\"}}";

        assertThat(new String(pause.toBytes(), StandardCharsets.UTF_8)).isEqualTo(golden);
        assertThat(Pause.ofBytes(golden.getBytes(StandardCharsets.UTF_8))).isEqualTo(pause);
        assertThatThrownBy(() -> Pause.ofBytes("{\"version\":2}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("has version 2, and this Hydrant reads version 1");
    }
}
