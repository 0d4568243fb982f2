package io.hydrant.sql.functions.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RegexReplaceTest {

    private final RegexReplace replace = new RegexReplace();

    @ParameterizedTest
    @CsvSource({
        "TECHNOLOGY, TECHNOLOGY, INFORMATION TECHNOLOGY, 1, 0, INFORMATION TECHNOLOGY",
        "http://x http://y, http://, https://, 1, 0, https://x https://y",
        "aXbXcX, X, -, 1, 2, aXb-cX",
        "aXbXcX, X, -, 3, 1, aXb-cX",
        "aXbXcX, X, -, 3, 0, aXb-c-",
        "aXbXcX, X, -, 1, 9, aXbXcX",
        "ab, '(a)(b)', $2$1, 1, 0, ba",
        "abc, x, y, 4, 0, abc",
    })
    void replaces(
            String text, String regex, String with, int start, int occurrence, String expected) {
        assertThat(replace.eval(text, regex, with, start, occurrence)).isEqualTo(expected);
    }

    @Test
    void isNullWhereAnArgumentIsNullOrOutOfRange() {
        assertThat(replace.eval(null, "a", "b", 1, 0)).isNull();
        assertThat(replace.eval("a", null, "b", 1, 0)).isNull();
        assertThat(replace.eval("a", "a", null, 1, 0)).isNull();
        assertThat(replace.eval("a", "a", "b", null, 0)).isNull();
        assertThat(replace.eval("a", "a", "b", 1, null)).isNull();
        assertThat(replace.eval("a", "a", "b", 0, 0)).isNull();
        assertThat(replace.eval("a", "a", "b", 1, -1)).isNull();
        assertThat(replace.eval("a", "(", "b", 1, 0)).isNull();
        assertThat(replace.eval("a", "a", "$9", 1, 0)).isNull();
        assertThat(replace.eval("a", "a", "$", 1, 0)).isNull();
    }
}
