package io.hydrant.localstack.harness.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Month;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FlightsTest {

    @TempDir private Path folder;

    @Test
    void readsOneMonthAfterTheOther() throws IOException {
        write(Month.JANUARY, "a", "b");
        write(Month.FEBRUARY);
        write(Month.MARCH, "c");

        try (Stream<Flight> flights =
                new Flights(folder).stream(Month.JANUARY, Month.FEBRUARY, Month.MARCH)) {
            assertThat(flights.map(Flight::id)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void opensNoFileBeforeItIsNeeded() throws IOException {
        write(Month.JANUARY, "a");

        try (Stream<Flight> flights = new Flights(folder).stream(Month.JANUARY, Month.FEBRUARY)) {
            Iterator<Flight> iterator = flights.iterator();
            assertThat(iterator.next().id()).isEqualTo("a");
            assertThatThrownBy(iterator::hasNext)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("2013-02.jsonl");
        }
    }

    @Test
    void hasNothingBehindTheLastFlight() throws IOException {
        write(Month.MAY, "a");

        try (Stream<Flight> flights = new Flights(folder).stream(Month.MAY)) {
            Iterator<Flight> iterator = flights.iterator();
            iterator.next();
            assertThat(iterator.hasNext()).isFalse();
            assertThatThrownBy(iterator::next)
                    .isInstanceOf(NoSuchElementException.class)
                    .hasNoCause();
        }
    }

    @Test
    void knowsHowManyThereAre() {
        assertThat(Flights.count()).isEqualTo(336_776);
        assertThat(Flights.count(Month.FEBRUARY)).isEqualTo(24_951);
        assertThat(Flights.count(Month.JANUARY, Month.DECEMBER)).isEqualTo(55_139);
    }

    private void write(Month month, String... ids) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String id : ids) {
            lines.append("{\"id\":\"")
                    .append(id)
                    .append("\",\"event_time\":\"2013-01-01T10:15:00Z\"}\n");
        }
        Files.writeString(Flights.file(folder, month), lines);
    }
}
