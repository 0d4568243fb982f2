package io.hydrant.sql.functions.time;

import org.apache.flink.table.data.TimestampData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

import static org.assertj.core.api.Assertions.assertThat;

class StepTest {

    private final Step step = new Step();

    // The rows of the page's tables but one; see Step about 5 days, where the formula counts.
    @ParameterizedTest
    @CsvSource({
        "2004-09-30T13:48:23, PT10S, 2004-09-30T13:48:20",
        "2004-09-30T13:48:23, PT2H, 2004-09-30T12:00:00",
        "2004-09-30T13:48:23, PT5M, 2004-09-30T13:45:00",
        "2004-09-27T13:48:23, P5D, 2004-09-24T00:00:00",
        "1969-12-31T23:59:59, PT10S, 1969-12-31T23:59:50",
    })
    void roundsATimeDownToAMultiple(LocalDateTime time, Duration by, LocalDateTime expected) {
        assertThat(step.eval(TimestampData.fromLocalDateTime(time), by.toMillis()))
                .isEqualTo(TimestampData.fromLocalDateTime(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "2004-09-30T13:48:23, 12, 2004-01-01T00:00",
        "2004-09-30T13:48:23, 3, 2004-07-01T00:00",
        "1969-12-31T00:00:00, 12, 1969-01-01T00:00",
    })
    void roundsATimeDownToMonths(LocalDateTime time, int months, LocalDateTime expected) {
        assertThat(step.eval(TimestampData.fromLocalDateTime(time), months))
                .isEqualTo(TimestampData.fromLocalDateTime(expected));
    }

    @ParameterizedTest
    @CsvSource({"23, 5, 20", "30, 10, 30", "-7, 5, -10"})
    void roundsAnIntegerDown(int value, int by, int expected) {
        assertThat(step.eval(value, by)).isEqualTo(expected);
        assertThat(step.eval((long) value, (long) by)).isEqualTo(expected);
    }

    @Test
    void roundsDatesAndTimesOfDayDown() {
        assertThat(step.eval(LocalDate.parse("2004-09-27"), Duration.ofDays(2).toMillis()))
                .isEqualTo("2004-09-27");
        assertThat(step.eval(LocalDate.parse("2004-09-27"), 1)).isEqualTo("2004-09-01");
        assertThat(step.eval(LocalTime.parse("13:48:23"), Duration.ofMinutes(30).toMillis()))
                .isEqualTo("13:30");
    }

    @Test
    void isNullWhereAnArgumentIsNullOrTheStepIsNone() {
        assertThat(step.eval((Long) null, 5L)).isNull();
        assertThat(step.eval(5, (Integer) null)).isNull();
        assertThat(step.eval(5L, 0L)).isNull();
    }
}
