package io.hydrant.s3.table;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PartitionTextTest {

    @ParameterizedTest
    @CsvSource({
        "Bonn, Bonn",
        "'New York', 'New York'",
        "Köln, Köln",
        "a/b, a%2Fb",
        "a=b, a%3Db",
        "50%, 50%25",
        "12:30, 12%3A30",
        "'!{timestamp:yyyy}', '!%7Btimestamp%3Ayyyy%7D'",
        "'a\tb', a%09b"
    })
    void escapesWhatWouldEndAFolderOrAName(String value, String expected) {
        assertThat(PartitionText.escaped(value)).isEqualTo(expected);
    }
}
