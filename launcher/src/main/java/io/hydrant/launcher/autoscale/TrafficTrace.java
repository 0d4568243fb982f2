package io.hydrant.launcher.autoscale;

import io.hydrant.core.text.ByteOrderMark;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Traffic over time: each point counts until the next, the last as long as points usually do.
 *
 * @param points at least two, in their order
 */
record TrafficTrace(List<Point> points) {

    static final String HEAD = "time,bytes_per_second,records_per_second";
    private static final String WITH_HOT_KEY = HEAD + ",hot_key_share";
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d*)?([eE][+-]?\\d{1,3})?");

    /** A thousand times what 10,000 shards take; what is more is a wrong unit. */
    private static final long MOST_OF_A_STREAM = 10_000_000_000_000L;

    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2999-12-31T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    /**
     * Traffic from a time on.
     *
     * @param hotKeyShare part of it that one partition key has, 0 to 1; the rest is spread evenly
     */
    record Point(Instant at, Load load, double hotKeyShare) {}

    /**
     * A long time between two lines.
     *
     * @param from time of the one, whose traffic counts until the other
     * @param to time of the other
     */
    record Gap(Instant from, Instant to) {}

    /** Validates the order. */
    TrafficTrace {
        points = List.copyOf(points);
        if (points.size() < 2) {
            throw new IllegalArgumentException(
                    "A trace needs two points in time or more, but has " + points.size());
        }
        for (int i = 1; i < points.size(); i++) {
            if (!points.get(i - 1).at().isBefore(points.get(i).at())) {
                throw new IllegalArgumentException(
                        points.get(i).at()
                                + " does not come behind "
                                + points.get(i - 1).at()
                                + "; sort the lines by time, and give each time once");
            }
        }
    }

    /** When the last point ends. */
    Instant end() {
        return points.get(points.size() - 1).at().plus(usual());
    }

    /** When a point ends. */
    Instant endOf(int point) {
        return point + 1 < points.size() ? points.get(point + 1).at() : end();
    }

    /**
     * The longest time that one line stands for, where that is more than a day and ten times what
     * lines usually stand for: there may be lines missing. Else null.
     */
    Gap gap() {
        int longest = 0;
        for (int i = 1; i + 1 < points.size(); i++) {
            if (length(i).compareTo(length(longest)) > 0) {
                longest = i;
            }
        }
        Duration most = length(longest);
        return most.compareTo(DAY) > 0 && most.compareTo(usual().multipliedBy(10)) > 0
                ? new Gap(points.get(longest).at(), endOf(longest))
                : null;
    }

    /** The median, of two in the middle the lower: a gap is not usual. */
    private Duration usual() {
        List<Duration> lengths = new ArrayList<>();
        for (int i = 0; i + 1 < points.size(); i++) {
            lengths.add(length(i));
        }
        Collections.sort(lengths);
        return lengths.get((lengths.size() - 1) / 2);
    }

    private Duration length(int point) {
        return Duration.between(points.get(point).at(), points.get(point + 1).at());
    }

    /**
     * Reads a CSV file with the head {@link #HEAD}, and {@code hot_key_share} behind it or not.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException naming the line and what is wrong with it
     */
    static TrafficTrace read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + " is a folder; give a file with a trace");
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    file + " is not text in UTF-8; export the trace as such", e);
        }
        String first = lines.isEmpty() ? "" : ByteOrderMark.skip(lines.get(0)).strip();
        String head = String.join(",", fields(first)).toLowerCase(Locale.ROOT);
        if (!head.equals(HEAD) && !head.equals(WITH_HOT_KEY)) {
            throw new IllegalArgumentException(
                    file
                            + " begins with '"
                            + first
                            + "', not with '"
                            + HEAD
                            + "' or '"
                            + WITH_HOT_KEY
                            + "'");
        }
        int columns = head.equals(HEAD) ? 3 : 4;
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

    /** The columns of a line, without blanks and quotation marks around them. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        for (String field : COMMA.split(line, -1)) {
            String bare = field.strip();
            boolean isQuoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
            fields.add(isQuoted ? bare.substring(1, bare.length() - 1).strip() : bare);
        }
        return fields;
    }

    private static Point point(String place, String line, int columns) {
        List<String> fields = fields(line);
        if (fields.size() != columns) {
            throw new IllegalArgumentException(
                    place + ": '" + line + "' has not " + columns + " columns");
        }
        double bytes = number(place, "bytes_per_second", fields.get(1));
        double records = number(place, "records_per_second", fields.get(2));
        if (bytes > 0 && records == 0) {
            throw new IllegalArgumentException(
                    place
                            + ": "
                            + fields.get(1)
                            + " bytes a second without records; fewer than one a second are 0.5, say");
        }
        double share = columns == 4 ? number(place, "hot_key_share", fields.get(3)) : 0;
        if (share > 1) {
            throw new IllegalArgumentException(
                    place + ": hot_key_share is '" + fields.get(3) + "', not from 0 to 1");
        }
        return new Point(time(place, fields.get(0)), new Load(bytes, records), share);
    }

    private static Instant time(String place, String field) {
        try {
            Instant time = OffsetDateTime.parse(field).toInstant();
            if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
                throw new IllegalArgumentException(
                        place + ": '" + field + "' is not from " + EARLIEST + " to " + LATEST);
            }
            return time;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    place
                            + ": '"
                            + field
                            + "' is not a time with its offset such as 2026-11-21T12:00:00Z or 2026-11-21T13:00:00+01:00",
                    e);
        }
    }

    private static double number(String place, String column, String field) {
        // Not Java's own notation, which takes 1d, 0x1p3 and Infinity.
        if (!NUMBER.matcher(field).matches() || Double.parseDouble(field) > MOST_OF_A_STREAM) {
            throw new IllegalArgumentException(
                    place
                            + ": "
                            + column
                            + " is '"
                            + field
                            + "', not a number from 0 to "
                            + MOST_OF_A_STREAM
                            + " such as 1500 or 0.5");
        }
        return Double.parseDouble(field);
    }
}
