package io.hydrant.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What the answers have to be in the end, computed from the flights without SQL. */
final class ExpectedAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PLACES = 5;
    private static final int FEWEST_FLIGHTS = 10;

    /** How many left, how many were cancelled, and how late they were together. */
    private static final class Tally {
        private long departed;
        private long cancelled;
        private long minutes;

        void add(JsonNode delay) {
            if (delay.isNull()) {
                cancelled++;
            } else {
                departed++;
                minutes += delay.longValue();
            }
        }

        BigDecimal average() {
            return BigDecimal.valueOf((double) minutes / departed)
                    .setScale(1, RoundingMode.HALF_UP);
        }
    }

    private final Map<String, Tally> airports = new TreeMap<>();
    private final Map<String, Tally> carriers = new TreeMap<>();
    private final Map<String, Tally> days = new TreeMap<>();

    /** Takes a flight, as the line that goes into the stream. */
    void add(byte[] line) throws IOException {
        JsonNode flight = JSON.readTree(line);
        JsonNode delay = flight.get("dep_delay");
        tally(airports, flight.get("dest").textValue()).add(delay);
        tally(carriers, flight.get("carrier").textValue()).add(delay);
        String day =
                Instant.parse(flight.get("event_time").textValue())
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString();
        tally(days, day).add(delay);
    }

    private static Tally tally(Map<String, Tally> tallies, String key) {
        return tallies.computeIfAbsent(key, name -> new Tally());
    }

    /** The rows of an answer, in its order. */
    List<List<String>> rows(Answer answer) {
        return switch (answer) {
            case BUSIEST_AIRPORTS ->
                    ranked(
                            airports,
                            0,
                            Comparator.comparing((Tally tally) -> tally.departed),
                            tally -> List.of(String.valueOf(tally.departed)));
            case LATEST_CARRIERS ->
                    ranked(
                            carriers,
                            FEWEST_FLIGHTS,
                            Comparator.comparing(Tally::average),
                            tally ->
                                    List.of(
                                            String.valueOf(tally.departed),
                                            tally.average().toString()));
            case DEPARTURES_BY_DAY ->
                    days.entrySet().stream()
                            .map(
                                    day ->
                                            List.of(
                                                    day.getKey(),
                                                    String.valueOf(day.getValue().departed),
                                                    String.valueOf(day.getValue().cancelled)))
                            .toList();
        };
    }

    /** The first places; of those who are equal the first by name, as the map has them. */
    private static List<List<String>> ranked(
            Map<String, Tally> tallies,
            int fewest,
            Comparator<Tally> order,
            Function<Tally, List<String>> figures) {
        List<Map.Entry<String, Tally>> sorted =
                tallies.entrySet().stream()
                        .filter(entry -> entry.getValue().departed >= fewest)
                        .sorted(Map.Entry.comparingByValue(order.reversed()))
                        .limit(PLACES)
                        .toList();
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<String, Tally> entry : sorted) {
            List<String> row = new ArrayList<>();
            row.add(String.valueOf(rows.size() + 1));
            row.add(entry.getKey());
            row.addAll(figures.apply(entry.getValue()));
            rows.add(row);
        }
        return rows;
    }
}
