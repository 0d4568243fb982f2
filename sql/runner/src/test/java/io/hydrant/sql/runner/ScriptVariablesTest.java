package io.hydrant.sql.runner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScriptVariablesTest {

    private final ScriptVariables variables =
            new ScriptVariables(Map.of("stream", "orders", "n", "3", "empty", ""));

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '"',
            value = {
                "SELECT 1 ! SELECT 1",
                "SELECT * FROM ${stream} LIMIT ${n} ! SELECT * FROM orders LIMIT 3",
                "'arn/${stream}' ! 'arn/orders'",
                "`${stream}`.x ! `orders`.x",
                "a${empty}b ! ab",
                "a $${stream} b ! a ${stream} b",
                "a $$${n} ! a $${n}",
                "-- ${other} ! -- ${other}",
                "/* ${other} */ ${n} ! /* ${other} */ 3",
                "/*+ OPTIONS('a'='${n}') */ ! /*+ OPTIONS('a'='3') */",
                "'-- ${n}' ! '-- 3'",
                "$ { n } ! $ { n }"
            })
    void putsValuesIntoCodeAndQuotesButNotIntoComments(String script, String filled) {
        assertThat(variables.fill("a.sql", script)).isEqualTo(filled);
    }

    @Test
    void namesTheVariableThatHasNoValueWithItsPlace() {
        assertThatThrownBy(() -> variables.fill("a.sql", "-- one\n\nSELECT ${strem}"))
                .isInstanceOf(ScriptException.class)
                .hasMessage(
                        "a.sql, line 3: the variable ${strem} has no value; did you mean 'stream'?;"
                                + " give it one: --set strem=…");
    }

    @Test
    void saysWhereABraceIsMissing() {
        assertThatThrownBy(() -> variables.fill("a.sql", "SELECT\n'${n'"))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("a.sql, line 2: '${' has no '}'");
    }
}
