package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.report.StreamTables.Row;
import io.hydrant.localstack.bench.stream.StreamCase;

import java.util.ArrayList;
import java.util.List;

import static io.hydrant.localstack.bench.report.ResultTables.text;

/** Holds the figures of our readers or writers against the targets and against the others'. */
final class StreamFindings {

    private static final double MOST_TIMES_SDK = 1.2;
    private static final double MOST_TIMES_OFFICIAL = 0.5;
    private static final double MOST_FIRST_RECORD_MILLIS = 1000;

    private final StreamTables tables;
    private final boolean judges;

    /**
     * Findings of a run.
     *
     * @param judges whether it was long enough for its processor time to mean something
     */
    StreamFindings(StreamTables tables, boolean judges) {
        this.tables = tables;
        this.judges = judges;
    }

    /**
     * A line for each of ours in each setting: its processor time as a multiple of the others', and
     * its first record where it tells one.
     */
    String verdicts(List<StreamCase> ours, StreamCase sdk, List<StreamCase> officials) {
        StringBuilder table =
                new StringBuilder(
                        text("| case | × %s (at most %.1f) |", sdk.title(), MOST_TIMES_SDK));
        officials.forEach(
                one ->
                        table.append(
                                text(" × %s (at most %.1f) |", one.title(), MOST_TIMES_OFFICIAL)));
        table.append(text(" first record (at most %.0f s) |%n", MOST_FIRST_RECORD_MILLIS / 1e3));
        table.append("| --- ".repeat(3 + officials.size())).append(text("|%n"));
        for (Row row : tables.rows()) {
            if (ours.contains(row.streamCase())) {
                List<String> cells = new ArrayList<>();
                cells.add(where(row));
                cells.add(times(row, sdk, MOST_TIMES_SDK));
                officials.forEach(one -> cells.add(times(row, one, MOST_TIMES_OFFICIAL)));
                cells.add(firstRecord(row));
                table.append(text("| %s |%n", String.join(" | ", cells)));
            }
        }
        return table.toString();
    }

    private String times(Row row, StreamCase other, double most) {
        Row otherRow = new Row(other, row.load(), row.shards());
        if (!judges || !tables.has(otherRow)) {
            return "-";
        }
        double times = tables.cpuPerMillion(row) / tables.cpuPerMillion(otherRow);
        String verdict =
                times <= most ? "met" : times > 1 ? "missed, the other is faster" : "missed";
        return text("%.2f: %s", times, verdict);
    }

    private String firstRecord(Row row) {
        double millis = tables.slowestFirstRecord(row);
        return millis < 0
                ? "-"
                : text(
                        "%.2f s: %s",
                        millis / 1e3, millis <= MOST_FIRST_RECORD_MILLIS ? "met" : "missed");
    }

    private static String where(Row row) {
        return text(
                "%s, %s, %,d shard%s",
                row.streamCase().title(),
                row.load().title(),
                row.shards(),
                row.shards() == 1 ? "" : "s");
    }
}
