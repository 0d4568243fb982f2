package io.hydrant.jobs.ingest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReadingRangeTest {

    @Test
    void saysInOptionsWhatTheCommandLineSays() {
        assertThat(ReadingRange.options(null, null)).isEmpty();
        assertThat(ReadingRange.options("TRIM_HORIZON", null))
                .isEqualTo(
                        Map.of(
                                "source.init.position", "TRIM_HORIZON",
                                "source.end.position", "NOW"));
        assertThat(ReadingRange.options("2026-01-27T00:00:00Z", "2026-01-27T02:00:00.5+01:00"))
                .isEqualTo(
                        Map.of(
                                "source.init.position", "AT_TIMESTAMP",
                                "source.init.timestamp", "1769472000.000",
                                "source.end.position", "AT_TIMESTAMP",
                                "source.end.timestamp", "1769475600.500"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null         | NOW     | --to goes with --from only",
                "LATEST       | null    | --from: 'LATEST' is not allowed; TRIM_HORIZON or a time such as",
                "TRIM_HORIZON | LATEST  | --to: 'LATEST' is not allowed; NOW or a time such as"
            })
    void saysWhatWouldBeRight(String from, String to, String problem) {
        assertThatThrownBy(() -> ReadingRange.options(from, to)).hasMessageContaining(problem);
    }

    @Test
    void isPartOfTheArgumentsAndGoesWithNoOtherBegin() {
        IngestArguments arguments =
                IngestArguments.parse(
                        List.of("--config", "agent.json", "--from", "TRIM_HORIZON", "--to", "NOW"));

        assertThat(arguments.overrides()).containsEntry("source.end.position", "NOW");
        assertThatThrownBy(
                        () ->
                                IngestArguments.parse(
                                        List.of(
                                                "--config",
                                                "agent.json",
                                                "--set",
                                                "source.end.position=NOW",
                                                "--from",
                                                "TRIM_HORIZON")))
                .hasMessageContaining("--set source.end.position does not go with --from");
    }
}
