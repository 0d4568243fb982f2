package io.hydrant.sql.functions.text;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class InitialCapitalsTest {

    private final InitialCapitals capitals = new InitialCapitals();

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            nullValues = "-",
            value = {
                "Each FIRST lEtTeR is cAPITALIZED,Each First Letter Is Capitalized",
                "o'neil a-b c_d e.f 1G,O'neil A-b C_d E.f 1g",
                "über  ñandu,Über  Ñandu",
                " a😀B,' A😀b'",
                "'',''",
                "-,-",
            })
    void beginsAWordBehindEachSpaceAlone(String text, String expected) {
        assertThat(capitals.eval(text)).isEqualTo(expected);
    }
}
