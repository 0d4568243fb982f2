package io.hydrant.sql.kda.translate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlannerWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No match found for function signature NVL(<CHARACTER>, <NUMERIC>)"
                        + ";There is no function NVL of VARCHAR, a number; Kinesis Data Analytics had"
                        + " none. Write COALESCE(value, other).",
                "No match found for function signature PING()"
                        + ";There is no function PING; Kinesis Data Analytics had none, and no CREATE"
                        + " FUNCTION stands before.",
                "Unsupported argument type. Expected type 'STRING' but actual type was 'TIMESTAMP(3)'."
                        + ";An argument is of type TIMESTAMP where one of type VARCHAR is taken; write"
                        + " CAST(… AS …) around it, or put the arguments in order.",
                "Invalid number of arguments to function 'UPPER'. Was expecting 1 arguments"
                        + ";UPPER takes one argument.",
                "Something that only the planner knows;Something that only the planner knows",
            })
    void saysWhatThePlannerSaysInTheDialectsWords(String line) {
        int end = line.indexOf(';');

        assertThat(PlannerWords.of(line.substring(0, end))).isEqualTo(line.substring(end + 1));
    }

    @Test
    void namesTypesAsTheDialectDoes() {
        assertThat(
                        PlannerWords.of(
                                "Cannot apply '+' to arguments of type '<TIMESTAMP(3)> + <FLOAT NOT"
                                        + " NULL>'. Supported form(s): '<NUMERIC> + <NUMERIC>'\n'<X>'"))
                .startsWith("+ does not take TIMESTAMP and REAL, and nothing is converted");
    }
}
