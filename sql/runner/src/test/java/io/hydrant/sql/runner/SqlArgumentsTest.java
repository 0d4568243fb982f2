package io.hydrant.sql.runner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SqlArgumentsTest {

    @Test
    void readsAllOfThem() {
        SqlArguments arguments =
                SqlArguments.parse(
                        List.of(
                                "--script=a.sql",
                                "--script",
                                "s3://b/c.sql",
                                "--set",
                                "stream=x=y",
                                "--set=n=",
                                "--into",
                                "t",
                                "--plan",
                                "p.json",
                                "--explain"));

        assertThat(arguments)
                .isEqualTo(
                        new SqlArguments(
                                List.of("a.sql", "s3://b/c.sql"),
                                Map.of("stream", "x=y", "n", ""),
                                "t",
                                "p.json",
                                true,
                                false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "'' ! --script is missing; --help says more",
                "--script ! --script has no value; give a file",
                "--scrip a.sql ! --scrip is not an argument; did you mean '--script'? --help says more",
                "--script a.sql --explain=yes ! --explain takes no value; leave it out to have it off",
                "--script a.sql --into t --into u ! --into is given twice",
                "--script a.sql --set a=1 --set a=2 ! --set a is given twice",
                "--script a.sql --set secret ! --set has a value that is not NAME=VALUE"
            })
    void saysWhatIsWrong(String line, String message) {
        List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" "));

        assertThatThrownBy(() -> SqlArguments.parse(words))
                .isInstanceOf(ScriptException.class)
                .hasMessage(message);
    }
}
