package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.stream.Load;
import io.hydrant.localstack.bench.stream.StreamCase;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

import static io.hydrant.localstack.bench.report.ResultTables.text;

/** Turns the runs of readers or writers into Markdown tables, which a console shows as well. */
public final class StreamTables {

    private final List<StreamResult> results;

    /** One line of a table. */
    record Row(StreamCase streamCase, Load load, int shards) {}

    /** Tables of all runs, in any order. */
    public StreamTables(List<StreamResult> results) {
        this.results = List.copyOf(results);
    }

    /** A table for each load, under its name. */
    public String all() {
        StringBuilder page = new StringBuilder();
        for (Load load : loads()) {
            page.append(text("### %s%n%n", capitalized(load.title())));
            page.append(
                    """
                    | shards | case | CPU s per million | of it JIT and GC | × SDK loop | with warm-up | records/s | MB/s | first record s | peak RSS MB | heap MB | calls | server CPU s per million |
                    | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                    """);
            rows().stream().filter(row -> row.load() == load).map(this::line).forEach(page::append);
            page.append('\n');
        }
        return page.toString();
    }

    /** Every case in every setting, once. */
    List<Row> rows() {
        return results.stream()
                .map(run -> new Row(run.streamCase(), run.load(), run.shards()))
                .distinct()
                .sorted(
                        Comparator.comparing(Row::load)
                                .thenComparing(Row::shards)
                                .thenComparing(Row::streamCase))
                .toList();
    }

    boolean has(Row row) {
        return results.stream().anyMatch(run -> isOf(run, row));
    }

    /** Median of the processor time of a row, in seconds per million records. */
    double cpuPerMillion(Row row) {
        return spread(row, StreamResult::cpuPerMillion).median();
    }

    double serverCpuPerMillion(Row row) {
        return spread(row, StreamResult::serverCpuPerMillion).median();
    }

    /** The slowest start of a row, in milliseconds; -1 where none is known. */
    double slowestFirstRecord(Row row) {
        return spread(row, StreamResult::firstRecordMillis).most();
    }

    private List<Load> loads() {
        return rows().stream().map(Row::load).distinct().toList();
    }

    private String line(Row row) {
        Spread firstRecord = spread(row, StreamResult::firstRecordMillis);
        double resident = spread(row, StreamResult::peakResidentBytes).most();
        return text(
                "| %,d | %s | %s | %.1f | %s | %.1f | %s | %,.0f | %s | %s | %,.0f | %,.0f | %.1f |%n",
                row.shards(),
                row.streamCase().title(),
                cell("%.2f", spread(row, StreamResult::cpuPerMillion)),
                spread(row, StreamResult::jvmPerMillion).median(),
                timesLimit(row),
                spread(row, StreamResult::wholeCpuPerMillion).median(),
                cell("%,.0f", spread(row, StreamResult::recordsPerSecond)),
                spread(row, StreamResult::megabytesPerSecond).median(),
                firstRecord.least() < 0 ? "-" : text("%.1f", firstRecord.median() / 1e3),
                resident < 0 ? "unknown" : text("%,.0f", resident / ResultTables.MIB),
                spread(row, StreamResult::heapBytes).most() / ResultTables.MIB,
                spread(row, StreamResult::calls).median(),
                serverCpuPerMillion(row));
    }

    private String timesLimit(Row row) {
        StreamCase limit =
                row.streamCase().task() == StreamCase.Task.READ
                        ? StreamCase.READ_SDK
                        : StreamCase.PUT_SDK;
        Row limitRow = new Row(limit, row.load(), row.shards());
        return has(limitRow) ? text("%.2f", cpuPerMillion(row) / cpuPerMillion(limitRow)) : "-";
    }

    private Spread spread(Row row, ToDoubleFunction<StreamResult> figure) {
        return Spread.of(
                results.stream()
                        .filter(run -> isOf(run, row))
                        .mapToDouble(figure)
                        .boxed()
                        .toList());
    }

    private static boolean isOf(StreamResult run, Row row) {
        return run.streamCase() == row.streamCase()
                && run.load() == row.load()
                && run.shards() == row.shards();
    }

    private static String cell(String format, Spread spread) {
        return spread.least() == spread.most()
                ? text(format, spread.median())
                : text(
                        format + " (" + format + " to " + format + ')',
                        spread.median(),
                        spread.least(),
                        spread.most());
    }

    private static String capitalized(String title) {
        return Character.toUpperCase(title.charAt(0)) + title.substring(1);
    }
}
