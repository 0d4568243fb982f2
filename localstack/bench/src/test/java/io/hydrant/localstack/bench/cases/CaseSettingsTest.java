package io.hydrant.localstack.bench.cases;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class CaseSettingsTest {

    @TempDir private Path folder;

    @Test
    void reachesTheMeasuredJvmUnchanged() {
        CaseSettings settings =
                new CaseSettings(
                        BenchCase.KPL_FAST,
                        12,
                        3,
                        100,
                        Path.of("a=b.jsonl"),
                        URI.create("http://127.0.0.1:1"),
                        "arn:aws:kinesis:us-east-1:000000000000:stream/flights",
                        URI.create("http://127.0.0.1:2"),
                        "bucket",
                        folder,
                        folder.resolve("figures.properties"));

        assertThat(CaseSettings.parse(settings.toArguments().toArray(String[]::new)))
                .isEqualTo(settings);
    }
}
