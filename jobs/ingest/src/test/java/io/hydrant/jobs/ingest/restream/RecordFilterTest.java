package io.hydrant.jobs.ingest.restream;

import io.hydrant.delivery.processing.ProcessingException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecordFilterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ".amount > 100                      | {\"amount\": 101} | true",
                ".amount > 100                      | {\"amount\": 100} | false",
                ".amount > 100                      | {}                | false",
                ".vip                               | {\"vip\": true}   | true",
                ".vip                               | {\"vip\": 0}      | true",
                ".vip                               | {\"vip\": null}   | false",
                ".vip                               | {}                | false",
                ".tags[]? == \"x\"                  | {\"tags\": [\"y\", \"x\"]} | true",
                ".tags[]? == \"x\"                  | {\"tags\": []}    | false",
                "select(.a == 1)                    | {\"a\": 1}        | true",
                "select(.a == 1)                    | {\"a\": 2}        | false",
                ".a == 1 # not 2                    | {\"a\": 1}        | true",
                "(.name // \"\") > \"a\"            | {\"name\": \"ab\"} | true",
                ". > 3                              | 4                 | true"
            })
    void keepsWhatThePredicateSaysAtLeastOnceIsTrue(String predicate, String json, boolean kept)
            throws ProcessingException {
        assertThat(RecordFilter.compile(predicate).keeps(Records.of(json))).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "", "{} {}"})
    void failsForWhatIsNotOneJsonValue(String payload) {
        assertThatThrownBy(() -> RecordFilter.compile(".a").keeps(Records.of(payload)))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("Non JSON record");
    }

    @Test
    void failsWhereThePredicateDoes() {
        assertThatThrownBy(
                        () ->
                                RecordFilter.compile(".a + 1 > 0")
                                        .keeps(Records.of("{\"a\": \"x\"}")))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("The query failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {".a >", "1); (2", "true), x: (1", "]"})
    void refusesWhatIsNoExpressionByItself(String predicate) {
        assertThatThrownBy(() -> RecordFilter.compile(predicate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no query of jq 1.6");
    }
}
