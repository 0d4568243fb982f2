package io.hydrant.localstack.harness.data;

import io.hydrant.localstack.harness.Progress;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.time.Month;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class DatasetsITCase {

    @Test
    void readsEachFlightOfTheYearOnceInTheOrderOfDeparture() throws IOException {
        Flights flights = Datasets.ofUser(Progress.onStandardError()).flights();

        Set<String> ids = new HashSet<>();
        Instant last = Instant.MIN;
        long bytes = 0;
        try (Stream<Flight> year = flights.stream()) {
            for (Iterator<Flight> each = year.iterator(); each.hasNext(); ) {
                Flight flight = each.next();
                assertThat(flight.eventTime()).isAfterOrEqualTo(last);
                last = flight.eventTime();
                assertThat(ids.add(flight.id())).as("%s is new", flight.id()).isTrue();
                bytes += flight.json().length;
            }
        }

        assertThat(ids).hasSize(Flights.count());
        assertThat(bytes / ids.size()).isBetween(340L, 370L);
    }

    @Test
    void beginsAMonthWithItsFirstDeparture() throws IOException {
        try (Stream<Flight> july =
                Datasets.ofUser(Progress.onStandardError()).flights().stream(Month.JULY)) {
            assertThat(july.findFirst().orElseThrow().toString())
                    .startsWith(
                            "{\"id\":\"2013-07-01/US/1431/EWR\","
                                    + "\"event_time\":\"2013-07-01T09:00:00Z\",")
                    .endsWith("}");
        }
    }
}
