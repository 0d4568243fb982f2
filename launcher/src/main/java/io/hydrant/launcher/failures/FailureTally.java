package io.hydrant.launcher.failures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many records failed, by code and message. Messages may name what is in a record, so of a code
 * with many of them only the first is kept, and their sum. Not thread-safe.
 */
public final class FailureTally {

    private static final int APART = 5;

    private final Map<String, OfCode> codes = new TreeMap<>();

    /** What failed with one code. */
    private static final class OfCode {
        private final Map<String, Long> messages = new TreeMap<>();
        private final String first;
        private long records;

        OfCode(String first) {
            this.first = first;
        }

        void count(String message) {
            records++;
            keep(message, 1);
        }

        void add(OfCode other) {
            records += other.records;
            other.messages.forEach(this::keep);
        }

        private void keep(String message, long count) {
            if (messages.size() <= APART) {
                messages.merge(message, count, Long::sum);
            }
        }
    }

    /** Counts a record. */
    public void count(String code, String message) {
        codes.computeIfAbsent(code, key -> new OfCode(message)).count(message);
    }

    /** Counts what another has counted. */
    public void add(FailureTally other) {
        other.codes.forEach(
                (code, failed) ->
                        codes.computeIfAbsent(code, key -> new OfCode(failed.first)).add(failed));
    }

    /** A line for each message, or for each code with many. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        codes.forEach(
                (code, failed) -> {
                    if (failed.messages.size() > APART) {
                        lines.add(line(failed.records, code + ", such as: " + failed.first));
                    } else {
                        failed.messages.forEach(
                                (message, records) ->
                                        lines.add(line(records, code + ": " + message)));
                    }
                });
        return lines;
    }

    private static String line(long records, String what) {
        return String.format(Locale.ROOT, "%,d × %s", records, what);
    }
}
