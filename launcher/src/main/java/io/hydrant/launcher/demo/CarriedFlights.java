package io.hydrant.launcher.demo;

import io.hydrant.launcher.replay.ReplayRecord;
import io.hydrant.localstack.harness.data.Flight;
import io.hydrant.localstack.harness.data.Flights;

import java.io.IOException;
import java.time.Month;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which flights a demo carries.
 *
 * @param months whose flights
 * @param most how many of them
 */
record CarriedFlights(Flights flights, Month[] months, long most) {

    /** How many they are. */
    long count() {
        return Math.min(most, Flights.count(months));
    }

    /** They themselves, in the order of their departure. */
    Stream<ReplayRecord> records() throws IOException {
        return records(flight -> {});
    }

    /**
     * They themselves, in the order of their departure.
     *
     * @param taken told of each before it goes
     */
    Stream<ReplayRecord> records(Consumer<Flight> taken) throws IOException {
        return flights.stream(months).limit(most).peek(taken).map(ReplayRecord::of);
    }
}
