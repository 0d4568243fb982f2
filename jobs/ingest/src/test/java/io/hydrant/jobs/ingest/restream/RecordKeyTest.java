package io.hydrant.jobs.ingest.restream;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.processing.ProcessingException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecordKeyTest {

    private static final String PRODUCER = "abcdefghijklmnopqrstuv";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "null",
            value = {
                ".customer.id             | {\"customer\": {\"id\": 17}}  | 17",
                ".customer.id             | {\"customer\": {\"id\": \"a\"}} | a",
                ".customer.id             | {\"customer\": {}}            | null",
                ".a + \"-\" + .b          | {\"a\": \"x\", \"b\": \"y\"}  | x-y",
                ".a // \"none\"           | {}                            | none",
                " .a  # the field         | {\"a\": true}                 | true"
            })
    void findsWhatTheQueryFinds(String query, String json, String key) throws ProcessingException {
        assertThat(of(KeyChoice.Option.QUERY, query, Records.of(json), PRODUCER, 0)).isEqualTo(key);
    }

    @Test
    void findsWhatAPipeFinds() throws ProcessingException {
        assertThat(
                        of(
                                KeyChoice.Option.QUERY,
                                ".name | ascii_downcase",
                                Records.of("{\"name\": \"ABC\"}"),
                                PRODUCER,
                                0))
                .isEqualTo("abc");
    }

    @Test
    void failsWhereTheQueryDoes() {
        assertThatThrownBy(() -> of(KeyChoice.Option.QUERY, ".a", Records.of("[1]"), PRODUCER, 0))
                .isInstanceOf(ProcessingException.class);
        assertThatThrownBy(
                        () ->
                                of(
                                        KeyChoice.Option.QUERY,
                                        ".a",
                                        Records.of("{\"a\": {}}"),
                                        PRODUCER,
                                        0))
                .isInstanceOf(ProcessingException.class)
                .hasMessageContaining("not a text or a number");
        assertThatThrownBy(() -> RecordKey.of(new KeyChoice(KeyChoice.Option.QUERY, ".a), x: (1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no query of jq 1.6");
    }

    @Test
    void spreadsByTheNumberSoThatARecordReadAgainHasItsKeyAgain() throws ProcessingException {
        Envelope record = Records.of("x");

        String key = of(KeyChoice.Option.RANDOM, null, record, PRODUCER, 0);

        assertThat(key).isEqualTo("z.abcdefghijklmnop");
        assertThat(of(KeyChoice.Option.RANDOM, null, record, PRODUCER, 3)).isEqualTo(key + ".3");
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyChoice.Option.class,
            names = {"KEEP", "HASH", "FIXED", "RANDOM"})
    void leavesTheRestToTheSink(KeyChoice.Option option) throws ProcessingException {
        assertThat(of(option, null, Records.of("x"), "", 0)).isEqualTo("k");
    }

    private static String of(
            KeyChoice.Option option, String query, Envelope record, String producer, int part)
            throws ProcessingException {
        return RecordKey.of(new KeyChoice(option, query))
                .of(record, new NumberedRecord(record, producer, 35), part);
    }
}
