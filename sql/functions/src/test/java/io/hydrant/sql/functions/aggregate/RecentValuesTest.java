package io.hydrant.sql.functions.aggregate;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RecentValuesTest {

    private static final String[] VALUES = {null, "a", null, "b", null};

    @Test
    void firstAndLastCountNullsUnlessTheyAreIgnored() throws Exception {
        FirstValue first = new FirstValue();
        LastValue last = new LastValue();
        Window firsts = new Window();
        Window firstsNotNull = new Window();
        Window lasts = new Window();
        Window lastsNotNull = new Window();
        for (String value : VALUES) {
            first.accumulate(firsts, value);
            first.accumulate(firstsNotNull, value, true);
            last.accumulate(lasts, value);
            last.accumulate(lastsNotNull, value, true);
        }

        assertThat(first.getValue(firsts)).isNull();
        assertThat(first.getValue(firstsNotNull)).isEqualTo("a");
        assertThat(last.getValue(lasts)).isNull();
        assertThat(last.getValue(lastsNotNull)).isEqualTo("b");

        first.retract(firsts, null);
        assertThat(first.getValue(firsts)).isEqualTo("a");
        for (int i = 0; i < 2; i++) {
            first.retract(firstsNotNull, VALUES[i], true);
        }
        assertThat(first.getValue(firstsNotNull)).isEqualTo("b");
    }

    @Test
    void theNthIsCountedFromOneFromEitherEnd() throws Exception {
        assertThat(nth(1, false, false)).isNull();
        assertThat(nth(2, false, false)).isEqualTo("a");
        assertThat(nth(2, true, false)).isEqualTo("b");
        assertThat(nth(1, false, true)).isEqualTo("a");
        assertThat(nth(2, false, true)).isEqualTo("b");
        assertThat(nth(2, true, true)).isEqualTo("a");
        assertThat(nth(3, false, true)).isNull();
        assertThat(nth(6, false, false)).isNull();
        assertThat(nth(0, false, false)).isNull();
    }

    @Test
    void lagLooksBackFromTheNewestRow() throws Exception {
        assertThat(lag(0, "none", false)).isNull();
        assertThat(lag(1, "none", false)).isEqualTo("b");
        assertThat(lag(2, "none", false)).isNull();
        assertThat(lag(3, "none", false)).isEqualTo("a");
        assertThat(lag(5, "none", false)).isEqualTo("none");
        assertThat(lag(1, "none", true)).isEqualTo("b");
        assertThat(lag(2, "none", true)).isEqualTo("a");
        assertThat(lag(3, "none", true)).isEqualTo("none");
        assertThat(lag(-1, "none", true)).isEqualTo("none");
    }

    @Test
    void lagSeesNothingThatHasLeftTheWindow() throws Exception {
        Lag lag = new Lag();
        Window window = new Window();
        for (String value : List.of("a", "b", "c")) {
            lag.accumulate(window, value, 2, "none");
        }
        assertThat(lag.getValue(window)).isEqualTo("a");

        lag.retract(window, "a", 2, "none");
        assertThat(lag.getValue(window)).isEqualTo("none");
        assertThat(window.byNumber.getMap()).hasSize(2);
    }

    @Test
    void anyAndEveryLeaveTheUnknownOut() {
        AnyTrue any = new AnyTrue();
        EveryTrue every = new EveryTrue();
        Truths truths = new Truths();
        any.accumulate(truths, null);
        assertThat(any.getValue(truths)).isNull();
        assertThat(every.getValue(truths)).isNull();

        any.accumulate(truths, true);
        assertThat(any.getValue(truths)).isTrue();
        assertThat(every.getValue(truths)).isTrue();

        any.accumulate(truths, false);
        assertThat(any.getValue(truths)).isTrue();
        assertThat(every.getValue(truths)).isFalse();

        any.retract(truths, true);
        assertThat(any.getValue(truths)).isFalse();

        Truths other = new Truths();
        other.yes = 1;
        any.merge(truths, List.of(other));
        assertThat(any.getValue(truths)).isTrue();
        assertThat(every.getValue(truths)).isFalse();
    }

    private static Object nth(int n, boolean fromLast, boolean ignoreNulls) throws Exception {
        NthValue function = new NthValue();
        Window window = new Window();
        for (String value : VALUES) {
            function.accumulate(window, value, n, fromLast, ignoreNulls);
        }
        return function.getValue(window);
    }

    private static Object lag(int n, Object ifNone, boolean ignoreNulls) throws Exception {
        Lag function = new Lag();
        Window window = new Window();
        for (String value : VALUES) {
            function.accumulate(window, value, n, ifNone, ignoreNulls);
        }
        return function.getValue(window);
    }
}
