package io.hydrant.launcher.autoscale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Traffic over time: each point counts until the next, the last as long as the one before.
 *
 * @param points at least two, in their order
 */
record TrafficTrace(List<Point> points) {

    static final String HEAD = "time,bytes_per_second,records_per_second";
    private static final String WITH_HOT_KEY = HEAD + ",hot_key_share";
    private static final Pattern COMMA = Pattern.compile(",");

    /**
     * Traffic from a time on.
     *
     * @param hotKeyShare part of it that one partition key has, 0 to 1; the rest is spread evenly
     */
    record Point(Instant at, Load load, double hotKeyShare) {}

    /** Validates the order. */
    TrafficTrace {
        points = List.copyOf(points);
        if (points.size() < 2) {
            throw new IllegalArgumentException("A trace needs two points in time or more");
        }
        for (int i = 1; i < points.size(); i++) {
            if (!points.get(i - 1).at().isBefore(points.get(i).at())) {
                throw new IllegalArgumentException(
                        points.get(i).at() + " does not come behind " + points.get(i - 1).at());
            }
        }
    }

    /** When the last point ends. */
    Instant end() {
        Point last = points.get(points.size() - 1);
        return last.at().plus(Duration.between(points.get(points.size() - 2).at(), last.at()));
    }

    /**
     * Reads a CSV file with the head {@link #HEAD}, and {@code hot_key_share} behind it or not.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException naming the line and what is wrong with it
     */
    static TrafficTrace read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        // Spreadsheets begin a file in UTF-8 with a mark of it.
        String head = lines.isEmpty() ? "" : lines.get(0).replaceFirst("^\uFEFF", "").strip();
        if (!head.equals(HEAD) && !head.equals(WITH_HOT_KEY)) {
            throw new IllegalArgumentException(
                    file
                            + " begins with '"
                            + head
                            + "', not with '"
                            + HEAD
                            + "' or '"
                            + WITH_HOT_KEY
                            + "'");
        }
        int columns = COMMA.split(head, -1).length;
        List<Point> points = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                points.add(point(file + ", line " + (i + 1), lines.get(i).strip(), columns));
            }
        }
        try {
            return new TrafficTrace(points);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static Point point(String place, String line, int columns) {
        String[] fields = COMMA.split(line, -1);
        try {
            if (fields.length == columns) {
                double share = columns == 4 ? Double.parseDouble(fields[3]) : 0;
                if (share >= 0 && share <= 1) {
                    return new Point(
                            Instant.parse(fields[0]),
                            new Load(Double.parseDouble(fields[1]), Double.parseDouble(fields[2])),
                            share);
                }
            }
        } catch (DateTimeParseException | IllegalArgumentException e) {
            // Falls through to the message, which says what would be right.
        }
        throw new IllegalArgumentException(
                place
                        + ": '"
                        + line
                        + "' is not a time such as 2026-11-21T12:00:00Z, bytes and records a second"
                        + (columns == 4 ? ", and a share from 0 to 1" : ""));
    }
}
