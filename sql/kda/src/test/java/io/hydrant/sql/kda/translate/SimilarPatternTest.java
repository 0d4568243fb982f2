package io.hydrant.sql.kda.translate;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

class SimilarPatternTest {

    /** The page's table, and what a pattern may hold besides. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a, a, true",
                "a, A, false",
                "ab, a_, true",
                "a, a_, false",
                "abcd, a%, true",
                "xy, (xy), true",
                "amy, (amy|fred), true",
                "mike, amy|fred, false",
                "amyx, amy|fred, false",
                "cd, [a-e]d, true",
                "cd, [a-e^c]d, false",
                "dd, [a-e^c]d, true",
                "xd, [^a-e]d, true",
                "bd, [^a-e]d, false",
                "7, [[:DIGIT:]], true",
                "x, [[:DIGIT:]], false",
                "accccd, ab*c+d, true",
                "abd, ab*c+d, false",
                "abbb, a(b{3}), true",
                "`abbbbbbbb`, `ab{3,6}`, false",
                "a_, a!_, true",
                "ab, a!_, false",
                "a(b{3}), a!(b!{3!}!), true",
                "a.c, a.c, true",
                "abc, a.c, false",
                "a^b, a^b, true",
                "a$, a$, true",
            })
    void matchesTheWholeText(String text, String pattern, boolean matches) {
        assertThat(Pattern.compile(SimilarPattern.whole(pattern, '!')).matcher(text).find())
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "123456789, 23#\"456#\"78, #, 456",
                "TECHNOLOGY, TECH%\"NOLO%\"GY, %, NOLO",
                "id=42;, id=#\"[0-9]+#\";, #, 42",
                "a(b)c, a#(#\"_#\"#), #, b",
            })
    void findsWhatStandsBetweenTheSeparators(
            String text, String pattern, char escape, String found) {
        Matcher matcher = Pattern.compile(SimilarPattern.between(pattern, escape)).matcher(text);

        assertThat(matcher.find()).isTrue();
        assertThat(matcher.group(1)).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"abc", "a#\"b", "a\"b\"c"})
    void hasNothingBetweenWithoutTwoSeparators(String pattern) {
        assertThat(SimilarPattern.between(pattern, '#')).isNull();
    }
}
