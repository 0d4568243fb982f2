package io.hydrant.sql.scripts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Orders in which the same lines may arrive. */
final class Arrivals {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The column with the event time of a table, and how late its watermark lets a row be. */
    private record EventTime(String field, Duration lateness) {}

    private static final Map<String, EventTime> EVENT_TIMES =
            Map.of(
                    "scores", new EventTime("scored", Duration.ofSeconds(10)),
                    "requests", new EventTime("requested", Duration.ofSeconds(10)),
                    "votes", new EventTime("cast_at", Duration.ofSeconds(30)),
                    "flights", new EventTime("event_time", Duration.ofHours(1)));

    private Arrivals() {}

    /** By event time, or as they are where the table has none. */
    static List<String> inOrder(String table, List<String> lines) throws IOException {
        EventTime time = EVENT_TIMES.get(table);
        return time == null ? lines : byTime(lines, time.field(), Duration.ZERO, new Random(0));
    }

    /**
     * In disorder: each row as late as the watermark lets it be at most, or in any order where the
     * table has no event time.
     */
    static List<String> shuffled(String table, List<String> lines, long seed) throws IOException {
        EventTime time = EVENT_TIMES.get(table);
        Random random = new Random(seed);
        if (time == null) {
            List<String> shuffled = new ArrayList<>(lines);
            Collections.shuffle(shuffled, random);
            return shuffled;
        }
        return byTime(lines, time.field(), time.lateness(), random);
    }

    private static List<String> byTime(
            List<String> lines, String field, Duration lateness, Random random) throws IOException {
        Map<String, Long> arrivals = new IdentityHashMap<>();
        List<String> sorted = new ArrayList<>();
        for (String line : lines) {
            JsonNode row = JSON.readTree(line);
            // A copy, because the same line may be there twice.
            String each = new String(line.toCharArray());
            long delay = lateness.isZero() ? 0 : random.nextLong(lateness.toMillis());
            arrivals.put(each, Instant.parse(row.get(field).asText()).toEpochMilli() + delay);
            sorted.add(each);
        }
        sorted.sort(Comparator.comparing(arrivals::get));
        return sorted;
    }
}
