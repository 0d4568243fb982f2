package io.hydrant.sql.functions.logs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FastRegexTest {

    // The page's examples; see FastRegex about the first one, whose second column it has longer.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Mary_had_a_little_lamb;    (.*)_(._.*)_.*;     Mary_had; a_little",
                "Mary____had_a_little_lamb; (.*)_+(.*);         Mary;     had_a_little_lamb",
                "Mary____had_a_little_lamb; (.*)_+(<Alpha>.*);  Mary;     had_a_little_lamb",
                "key=12,value=345;          key=(<Digit>+),value=(<Digit>+); 12; 345",
                "a.b \"quoted\";            (\"a.b\") \\\"([a-z]*)\\\";  a.b;  quoted",
                "GET /x 10;                 (GET|POST) @ (<0-255>);    GET;      10",
                "aabb;                      (a{2,})(b{1,2});    aa;       bb",
                "ab-cd;                     ([^\\-]*)-(#|.*);   ab;       cd",
            })
    void makesAColumnOfEveryGroup(String text, String pattern, String first, String second) {
        assertThat(FastRegex.of(pattern).match(text)).containsExactly(first, second);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // There is a way, but only by going back.
                "Mary_had_a_little_lamb; (.*)_+(._.*)",
                // Characters are left over.
                "Mary_had_a_little_lamb; (.*)_(._.*)_.",
                "abc; (ab)",
                "abc; (abcd)",
                "ab12; (<Alpha>*)(<Upper>*)",
            })
    void hasNoColumnsWhereTheTextDoesNotMatch(String text, String pattern) {
        assertThat(FastRegex.of(pattern).match(text)).isNull();
    }

    @Test
    void innerBracketsOnlyHoldTogether() {
        assertThat(FastRegex.of("((ab|cd)*)-(.*)").match("abcd-x")).containsExactly("abcd", "x");
        assertThat(FastRegex.of("(ab)*").match("abab")).containsExactly("abab");
    }

    @ParameterizedTest
    @CsvSource({
        "abc, it has no group",
        "(a|b)|(c), stands outside of brackets",
        "(a[b, what begins here has no end",
        "(<Nothing>), near character",
        "(a, what begins here has no end",
    })
    void refusesPatternsThatCannotBeRead(String pattern, String reason) {
        assertThatThrownBy(() -> FastRegex.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(pattern);
    }
}
