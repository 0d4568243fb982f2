package io.hydrant.localstack.harness.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Instant;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FlightRowTest {

    private static final String ROW =
            "2013,1,1,517,515,2,830,819,11,UA,1545,N14228,EWR,IAH,227,1400,5,15,"
                    + "2013-01-01T10:00:00Z";
    private static final String CANCELLED =
            "2013,7,31,NA,2029,NA,NA,2244,NA,9E,3325,NA,JFK,PIT,NA,340,20,29,"
                    + "2013-08-01T00:00:00Z";

    @Test
    void writesAFlightWithItsIdAndEventTimeFirst() throws IOException {
        assertThat(json(ROW))
                .isEqualTo(
                        "{\"id\":\"2013-01-01/UA/1545/EWR\","
                                + "\"event_time\":\"2013-01-01T10:15:00Z\","
                                + "\"year\":2013,\"month\":1,\"day\":1,\"dep_time\":517,"
                                + "\"sched_dep_time\":515,\"dep_delay\":2,\"arr_time\":830,"
                                + "\"sched_arr_time\":819,\"arr_delay\":11,\"carrier\":\"UA\","
                                + "\"flight\":1545,\"tailnum\":\"N14228\",\"origin\":\"EWR\","
                                + "\"dest\":\"IAH\",\"air_time\":227,\"distance\":1400,"
                                + "\"hour\":5,\"minute\":15,"
                                + "\"time_hour\":\"2013-01-01T10:00:00Z\"}");
    }

    @Test
    void writesNullForWhatIsNotKnown() throws IOException {
        assertThat(json(CANCELLED))
                .contains(
                        "\"dep_time\":null,\"sched_dep_time\":2029,\"dep_delay\":null",
                        "\"tailnum\":null,\"origin\":\"JFK\"");
    }

    @Test
    void keepsTheMonthOfNewYorkWhereUtcHasTheNextOne() throws IOException {
        FlightRow row = FlightRow.parse(CANCELLED);

        assertThat(row.month()).isEqualTo(Month.JULY);
        assertThat(row.eventTime()).isEqualTo(Instant.parse("2013-08-01T00:29:00Z"));
        assertThat(row.id()).isEqualTo("2013-07-31/9E/3325/JFK");
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        Flight flight = Flight.parse(json(ROW));

        assertThat(flight.id()).isEqualTo("2013-01-01/UA/1545/EWR");
        assertThat(flight.eventTime()).isEqualTo(Instant.parse("2013-01-01T10:15:00Z"));
        assertThat(flight.json()).asString().isEqualTo(json(ROW)).isEqualTo(flight.toString());
    }

    @Test
    void sortsByScheduledDepartureAndThenById() throws IOException {
        FlightRow first = FlightRow.parse(ROW);
        FlightRow sameTime = FlightRow.parse(ROW.replace("1545", "9"));
        FlightRow later = FlightRow.parse(ROW.replace(",UA,", ",AA,").replace("5,15,", "5,16,"));

        List<FlightRow> rows = new ArrayList<>(List.of(later, sameTime, first));
        rows.sort(FlightRow.BY_SCHEDULED_DEPARTURE);

        assertThat(rows).containsExactly(first, sameTime, later);
    }

    @ParameterizedTest
    @CsvSource({"1545, 15x5, flight", "N14228, 'N\"4228', tailnum", "517, 0517, dep_time"})
    void refusesAValueThatJsonWouldHaveToEscape(String good, String bad, String column) {
        assertThatThrownBy(() -> FlightRow.parse(ROW.replace(good, bad)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Column " + column + " is " + bad);
    }

    @Test
    void refusesARowOfAnotherWidthAndOtherColumns() {
        assertThatThrownBy(() -> FlightRow.parse("2013,1"))
                .isInstanceOf(IOException.class)
                .hasMessage("Not 19 columns: 2013,1");
        assertThatThrownBy(() -> FlightRow.requireHeader("year,month"))
                .isInstanceOf(IOException.class)
                .hasMessage("Not the columns of flights: year,month");
    }

    @Test
    void refusesALineThatItDidNotWrite() {
        assertThatThrownBy(() -> Flight.parse("{\"year\":2013}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Not a line of flights: {\"year\":2013}");
    }

    private static String json(String row) throws IOException {
        StringBuilder json = new StringBuilder();
        FlightRow.parse(row).appendTo(json);
        return json.toString();
    }
}
