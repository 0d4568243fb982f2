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
                                null,
                                null,
                                Map.of("stream", "x=y", "n", ""),
                                "t",
                                "p.json",
                                true,
                                false));
    }

    @Test
    void readsThoseOfAnApplication() {
        SqlArguments arguments =
                SqlArguments.parse(
                        List.of(
                                "--kda",
                                "a.json",
                                "--code=a.sql",
                                "--set",
                                "aws.region=eu-west-1"));

        assertThat(arguments)
                .isEqualTo(
                        new SqlArguments(
                                List.of(),
                                "a.json",
                                "a.sql",
                                Map.of("aws.region", "eu-west-1"),
                                null,
                                null,
                                false,
                                false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "'' ! --script or --kda is missing; --help says more",
                "--code a.sql --script b.sql ! --code goes with --kda; --help says more",
                "--kda a.json --script b.sql ! --script and --kda are two jobs; start one after the other",
                "--kda a.json --kda b.json ! --kda is given twice",
                "--kda a.json --into t ! --into goes with --script; rows of an application go to its Outputs",
                "--kda a.json --plan p ! --plan goes with --script; an application's operators have the names of its streams and pumps",
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

    @Test
    void readsAPropertyGroup() {
        SqlArguments arguments =
                SqlArguments.ofPropertyGroup(
                        Map.of(
                                "script", "s3://b/tables.sql; s3://b/question.sql",
                                "plan", "s3://b/plan.json",
                                "STREAM", "a=b"));

        assertThat(arguments.scripts()).containsExactly("s3://b/tables.sql", "s3://b/question.sql");
        assertThat(arguments.plan()).isEqualTo("s3://b/plan.json");
        assertThat(arguments.variables()).isEqualTo(Map.of("STREAM", "a=b"));
    }
}
