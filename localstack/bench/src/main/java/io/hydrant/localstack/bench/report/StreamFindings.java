package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.report.StreamTables.Row;
import io.hydrant.localstack.bench.stream.Load;
import io.hydrant.localstack.bench.stream.StreamCase;

import java.util.ArrayList;
import java.util.List;

import static io.hydrant.localstack.bench.report.ResultTables.text;

/** Holds the figures of readers or writers against the targets and against each other. */
final class StreamFindings {

    private static final double MOST_TIMES_SDK = 1.2;
    private static final double MOST_TIMES_OFFICIAL = 0.5;
    private static final double MOST_FIRST_RECORD_MILLIS = 1000;

    private final StreamTables tables;

    StreamFindings(StreamTables tables) {
        this.tables = tables;
    }

    /** Whether ours takes little more processor time than the SDK alone. */
    List<String> besideTheSdk(StreamCase ours, StreamCase sdk) {
        List<String> lines = new ArrayList<>();
        for (Row row : rowsOf(ours)) {
            Row limit = new Row(sdk, row.load(), row.shards());
            if (tables.has(limit)) {
                double times = tables.cpuPerMillion(row) / tables.cpuPerMillion(limit);
                lines.add(
                        text(
                                "%s: %.2f times the processor time of the %s (target: at most %.1f): %s.",
                                where(row),
                                times,
                                sdk.title(),
                                MOST_TIMES_SDK,
                                verdict(times <= MOST_TIMES_SDK)));
            }
        }
        return lines;
    }

    /** Whether ours takes at most half of what the official connector takes. */
    List<String> besideTheOfficial(StreamCase ours, StreamCase official) {
        List<String> lines = new ArrayList<>();
        for (Row row : rowsOf(ours)) {
            Row rival = new Row(official, row.load(), row.shards());
            if (tables.has(rival)) {
                double share = tables.cpuPerMillion(row) / tables.cpuPerMillion(rival);
                lines.add(
                        text(
                                "%s: %.2f times the processor time of the %s (target: at most %.1f): %s.%s%s",
                                where(row),
                                share,
                                official.title(),
                                MOST_TIMES_OFFICIAL,
                                verdict(share <= MOST_TIMES_OFFICIAL),
                                share > 1 ? " The rival is faster." : "",
                                row.load() == Load.AGGREGATED && !official.deaggregates()
                                        ? " It leaves the aggregates whole, so it does less."
                                        : ""));
            }
        }
        return lines;
    }

    /** Whether ours starts to read soon. */
    List<String> firstRecords(StreamCase ours) {
        List<String> lines = new ArrayList<>();
        for (Row row : rowsOf(ours)) {
            double millis = tables.slowestFirstRecord(row);
            lines.add(
                    text(
                            "%s: first record %.2f s after the start of the job (target: at most %.0f s): %s.",
                            where(row),
                            millis / 1e3,
                            MOST_FIRST_RECORD_MILLIS / 1e3,
                            verdict(millis <= MOST_FIRST_RECORD_MILLIS)));
        }
        return lines;
    }

    private List<Row> rowsOf(StreamCase streamCase) {
        return tables.rows().stream().filter(row -> row.streamCase() == streamCase).toList();
    }

    private static String where(Row row) {
        return text(
                "%s, %s, %,d shard%s",
                row.streamCase().title(),
                row.load().title(),
                row.shards(),
                row.shards() == 1 ? "" : "s");
    }

    private static String verdict(boolean met) {
        return met ? "met" : "missed";
    }
}
