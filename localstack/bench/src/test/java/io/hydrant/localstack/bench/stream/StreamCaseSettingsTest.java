package io.hydrant.localstack.bench.stream;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class StreamCaseSettingsTest {

    @Test
    void reachesTheMeasuredJvmUnchanged() {
        StreamCaseSettings settings =
                new StreamCaseSettings(
                        StreamCase.READ_OFFICIAL_LEGACY,
                        Load.AGGREGATED,
                        12,
                        3,
                        10,
                        URI.create("http://127.0.0.1:1"),
                        "arn:aws:kinesis:us-east-1:000000000000:stream/s",
                        Path.of("a=b"),
                        Path.of("figures"));

        assertThat(StreamCaseSettings.parse(settings.toArguments().toArray(String[]::new)))
                .isEqualTo(settings);
    }

    @Test
    void namesTheRivalsClassesAsTheyAreCompiledApart() {
        assertThat(StreamCase.values())
                .filteredOn(StreamCase::isRival)
                .extracting(StreamCase::rivalClass)
                .allSatisfy(
                        name ->
                                assertThat(
                                                Path.of(
                                                        "rival/src/main/java",
                                                        name.replace('.', '/') + ".java"))
                                        .exists());
    }

    @Test
    void onlyOursPutAggregates() {
        assertThat(StreamCase.of(StreamCase.Task.PUT))
                .filteredOn(one -> one.takes(Load.AGGREGATED))
                .containsExactly(StreamCase.PUT_PUTTER, StreamCase.PUT_HYDRANT);
        assertThat(StreamCase.of(StreamCase.Task.READ)).allMatch(one -> one.takes(Load.AGGREGATED));
    }
}
