package io.hydrant.sql.functions.time;

import org.apache.flink.table.data.TimestampData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables of the SQL reference's pages about patterns, row by row. */
class DatePatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yyyy-MM-dd          | 2009-09-16 03:15:24 | 2009-09-16T00:00:00",
                "yyyy-MM-dd hh:mm:ss | 2009-09-16 03:15:24 | 2009-09-16T03:15:24",
                "MM/dd/yy hh:mm:ss   | 09/16/11 03:15:24   | 2011-09-16T03:15:24",
                "yyyy                | 09-16 03:15         | 0009-01-01T00:00:00",
                "yyyy                | 16 03:15            | 0016-01-01T00:00:00",
                "yyyy-hh-mm          | 2009-09-16 03:15:24 | 2009-01-01T09:16:00",
                "yyyy                | 2009-09-16 03:15:24 | 2009-01-01T00:00:00",
                "yyyy-hh             | 2009-09-16 03:15:24 | 2009-01-01T09:00:00",
                "yyyy hh             | 2009 09 16 03:15:24 | 2009-01-01T09:00:00",
                "yyyy/hh             | 2009/09/16 03:15:24 | 2009-01-01T09:00:00",
                "yyyy-mm             | 2009-09-16 03:15:24 | 2009-01-01T00:09:00",
                "yyyy-mm             | 2011-02-08 07:23:19 | 2011-01-01T00:02:00",
                "MMM dd, yyyy        | March 7, 2010       | 2010-03-07T00:00:00",
                "MMM dd,             | March 7, 2010       | 1970-03-07T00:00:00",
                "MMM dd,y            | March 7, 2010       | 2010-03-07T00:00:00",
                "MMM dd,y            | March 7, 10         | 0010-03-07T00:00:00",
                "M-d                 | 2-8                 | 1970-02-08T00:00:00",
                "M-d                 | 2-8-2011            | 1970-02-08T00:00:00",
                "MM-dd-yyyy          | 06-23-2011 10:11:12 | 2011-06-23T00:00:00",
                "dd-MM-yy hh:mm:ss   | 23-06-11 10:11:12   | 2011-06-23T10:11:12",
                "MM-dd-yy ss:hh:mm   | 06-23-11 12:10:11   | 2011-06-23T10:11:12",
                "yy-dd-MM ss:hh:mm   | 06-23-11 12:10:11   | 2006-11-23T10:11:12",
                "dd-MM-yy hh:mm      | 23-06-11 10:11:12   | 2011-06-23T10:11:00",
                "dd-MM-yy hh:mm      | 23-06-1 10:11:12    | 0001-06-23T10:11:00",
                "MM/dd/yy hh:mm:ss   | 12/19/11 10:11:12   | 2011-12-19T10:11:12",
                "MM/dd/yy hh:mm:ss   | 12/19/11 12:11:12   | 2011-12-19T00:11:12",
                "MM/dd/yy hh:mm:ss   | 12/19/11 00:11:12   | 2011-12-19T00:11:12",
                "MM/dd/yy HH:mm:ss   | 12/19/11 12:59:59   | 2011-12-19T12:59:59",
                "MM/dd/yy HH:mm:ss   | 12/19/11 21:08:07   | 2011-12-19T21:08:07",
                "y/MM/dd HH:mm:ss    | 2011/12/19 00:11:12 | 2011-12-19T00:11:12",
                "dd/MMM/yyyy:HH:mm:ss Z | 24/May/2004:22:01:02 -0700 | 2004-05-25T05:01:02",
            })
    void readsWhatThePatternNames(String pattern, String text, LocalDateTime expected) {
        assertThat(new CharToTimestamp().eval(pattern, text))
                .isEqualTo(TimestampData.fromLocalDateTime(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MM/dd/yy hh:mm:ss | 2009/09/16 03:15:24",
                "yyyy hh           | 2009-09-16 03:15:24",
                "M-d               | 2011-2-8",
                "MMM dd yyyy       | March 7, 2010",
                "MM/dd/yy HH:mm:ss | 2011-12-19 00:11:12",
                "y/MM/dd           | 12/19/11 00:11:12",
                "yyyy-MM-dd        | 2009-02-30",
                "yyyy-MM-dd hh:mm  | 2009-02-03 13:00",
                "yyyy-MM-dd HH:mm  | 2009-02-03 24:00",
                "yyyy-QQ           | 2009-02",
            })
    void isNullWhereTheTextDoesNotFit(String pattern, String text) {
        assertThat(new CharToTimestamp().eval(pattern, text)).isNull();
        assertThat(new CharToDate().eval(pattern, text)).isNull();
        assertThat(new CharToTime().eval(pattern, text)).isNull();
    }

    @Test
    void readsDatesAndTimesOfDay() {
        assertThat(new CharToDate().eval("yyyy-MM-dd", "2009-09-16 03:15:24"))
                .isEqualTo(LocalDate.of(2009, 9, 16));
        assertThat(new CharToTime().eval("HH:mm:ss", "23:15:24"))
                .isEqualTo(LocalTime.of(23, 15, 24));
    }

    @Test
    void writesTimesInUtc() {
        TimestampData time =
                TimestampData.fromLocalDateTime(LocalDateTime.parse("2001-07-04T12:08:56"));

        assertThat(new TimestampToChar().eval("yyyy.MM.dd G 'at' HH:mm:ss z", time))
                .isEqualTo("2001.07.04 AD at 12:08:56 UTC");
        assertThat(new TimestampToChar().eval("EEE, MMM d, ''yy", time))
                .isEqualTo("Wed, Jul 4, '01");
        assertThat(new TimestampToChar().eval("hh 'o''clock' a", time)).isEqualTo("12 o'clock PM");
        assertThat(new DateToChar().eval("dd/MM/yy", LocalDate.of(2001, 7, 4)))
                .isEqualTo("04/07/01");
        assertThat(new TimeToChar().eval("h:mm a", LocalTime.of(12, 8, 56))).isEqualTo("12:08 PM");
    }

    @Test
    void writesNoTimeAsTheWordNullAndNoDateAsNothing() {
        assertThat(new TimestampToChar().eval("yyyy", (TimestampData) null)).isEqualTo("null");
        assertThat(new DateToChar().eval("yyyy", null)).isNull();
        assertThat(new TimeToChar().eval("HH", null)).isNull();
    }

    @Test
    void takesAnotherPatternInEveryCallIfItMust() {
        CharToTimestamp function = new CharToTimestamp();

        assertThat(function.eval("yyyy", "2009").toLocalDateTime().getYear()).isEqualTo(2009);
        assertThat(function.eval("MM", "12").toLocalDateTime().getMonthValue()).isEqualTo(12);
        assertThat(function.eval("yyyy", "2010").toLocalDateTime().getYear()).isEqualTo(2010);
    }
}
