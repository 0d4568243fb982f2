package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.ingest.IngestCase;
import io.hydrant.localstack.bench.stream.Load;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import static io.hydrant.localstack.bench.report.ResultTables.MIB;
import static io.hydrant.localstack.bench.report.ResultTables.text;

/** Tables of what was measured at the front doors, which a console shows as well. */
public final class IngestTables {

    private static final double MB = 1e6;
    private static final int MILLION = 1_000_000;

    private final Map<IngestCase, List<TailResult>> tails;
    private final Map<Integer, List<FilesResult>> files;
    private final List<GatewayResult> gateways;

    /** Tables of all runs, in any order. */
    public IngestTables(
            List<TailResult> tails, List<FilesResult> files, List<GatewayResult> gateways) {
        this.tails = byCase(tails, TailResult::ingestCase);
        this.files =
                files.stream()
                        .collect(
                                Collectors.groupingBy(
                                        FilesResult::files, TreeMap::new, Collectors.toList()));
        this.gateways = List.copyOf(gateways);
    }

    /** All tables that have rows. */
    public String all() {
        return tail() + '\n' + files() + '\n' + gateway();
    }

    String tail() {
        if (tails.isEmpty()) {
            return "";
        }
        StringBuilder table =
                new StringBuilder(
                        """
                        | reader | MB/s per core | lines/s per core | of it JIT and GC | × `cat` | MB/s | peak RSS MB |
                        | --- | --- | --- | --- | --- | --- | --- |
                        """);
        for (Map.Entry<IngestCase, List<TailResult>> one : tails.entrySet()) {
            List<TailResult> runs = one.getValue();
            table.append(
                    text(
                            "| %s | %s | %s | %s | %s | %,.0f | %s |%n",
                            one.getKey().title(),
                            isKnown(one.getKey())
                                    ? cell(runs, TailResult::megabytesPerCore)
                                    : "too short to tell",
                            isKnown(one.getKey())
                                    ? text("%,.0f", median(runs, TailResult::linesPerCore))
                                    : "-",
                            one.getKey().isSystemProgram()
                                    ? "-"
                                    : text(
                                            "%.0f %%",
                                            100
                                                    * median(
                                                            runs,
                                                            run ->
                                                                    run.jvmSeconds()
                                                                            / run.cpuSeconds())),
                            isKnown(IngestCase.CAT)
                                    ? text(
                                            "%.3f",
                                            megabytesPerCore(one.getKey())
                                                    / megabytesPerCore(IngestCase.CAT))
                                    : "-",
                            median(runs, TailResult::megabytesPerSecond),
                            megabytes(runs, TailResult::residentBytes)));
        }
        return table.toString();
    }

    String files() {
        if (files.isEmpty()) {
            return "";
        }
        StringBuilder table =
                new StringBuilder(
                        """
                        | files | MB in all | heap MB | peak RSS MB | cores while idle | checkpoint KB | checkpoint ms |
                        | --- | --- | --- | --- | --- | --- | --- |
                        """);
        for (Map.Entry<Integer, List<FilesResult>> one : files.entrySet()) {
            List<FilesResult> runs = one.getValue();
            table.append(
                    text(
                            "| %,d | %,.0f | %.1f | %s | %.3f | %,.0f | %,.0f |%n",
                            one.getKey(),
                            runs.get(0).bytes() / MB,
                            median(runs, FilesResult::heapBytes) / MIB,
                            megabytes(runs, FilesResult::residentBytes),
                            median(runs, FilesResult::idleCores),
                            median(runs, FilesResult::checkpointBytes) / 1024,
                            median(runs, FilesResult::checkpointMillis)));
        }
        return table.toString();
    }

    String gateway() {
        if (gateways.isEmpty()) {
            return "";
        }
        StringBuilder table =
                new StringBuilder(
                        """
                        | load | put to | records/s per core | MB/s per core | CPU s per million | of it JIT and GC | clients' CPU s per million | server's CPU s per million | records/s | p99 ms, fast | median ms, even | p99 ms, even | peak RSS MB |
                        | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                        """);
        for (Load load : loads()) {
            for (Map.Entry<IngestCase, List<GatewayResult>> one : gateways(load).entrySet()) {
                table.append(gatewayRow(load, one.getKey(), one.getValue()));
            }
        }
        return table.toString();
    }

    private static String gatewayRow(Load load, IngestCase putTo, List<GatewayResult> runs) {
        return text(
                "| %s | %s | %s | %.0f | %.2f | %.0f %% | %s | %.2f | %,.0f | %s | %s | %s | %s |%n",
                load.title(),
                putTo.title(),
                cell(runs, GatewayResult::recordsPerCore),
                median(runs, GatewayResult::megabytesPerCore),
                median(runs, run -> run.cpuSeconds() * MILLION / run.records()),
                100 * median(runs, run -> run.jvmSeconds() / run.cpuSeconds()),
                putTo == IngestCase.PUT_RECORDS
                        ? "-"
                        : text(
                                "%.2f",
                                median(
                                        runs,
                                        run ->
                                                run.puts().clientSeconds()
                                                        * MILLION
                                                        / run.records())),
                median(runs, run -> run.serverSeconds() * MILLION / run.puts().records()),
                median(runs, GatewayResult::recordsPerSecond),
                millis(runs, run -> run.puts().fastP99Millis()),
                millis(runs, run -> run.puts().evenMedianMillis()),
                millis(runs, run -> run.puts().evenP99Millis()),
                megabytes(runs, GatewayResult::residentBytes));
    }

    /** Whether it was run, and took a time that the system could tell. */
    boolean isKnown(IngestCase one) {
        return tails.containsKey(one) && Double.isFinite(megabytesPerCore(one));
    }

    double megabytesPerCore(IngestCase one) {
        return median(tails.get(one), TailResult::megabytesPerCore);
    }

    double linesPerCore(IngestCase one) {
        return median(tails.get(one), TailResult::linesPerCore);
    }

    /** Of the counts of files, the least and the greatest; none if there are not two. */
    List<FilesResult> filesCompared() {
        if (files.size() < 2) {
            return List.of();
        }
        TreeMap<Integer, List<FilesResult>> sorted = new TreeMap<>(files);
        return List.of(sorted.firstEntry().getValue().get(0), sorted.lastEntry().getValue().get(0));
    }

    Set<Load> loads() {
        return gateways.stream()
                .map(GatewayResult::load)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** By what was put to, of one load. */
    Map<IngestCase, List<GatewayResult>> gateways(Load load) {
        return byCase(
                gateways.stream().filter(run -> run.load() == load).toList(),
                GatewayResult::ingestCase);
    }

    static <T> double median(Collection<T> runs, ToDoubleFunction<T> figure) {
        return Spread.of(runs.stream().map(figure::applyAsDouble).toList()).median();
    }

    private static <T> Map<IngestCase, List<T>> byCase(
            List<T> runs, Function<T, IngestCase> caseOf) {
        return runs.stream()
                .collect(
                        Collectors.groupingBy(
                                caseOf,
                                () -> new EnumMap<>(IngestCase.class),
                                Collectors.toList()));
    }

    private static <T> String cell(List<T> runs, ToDoubleFunction<T> figure) {
        Spread spread = Spread.of(runs.stream().map(figure::applyAsDouble).toList());
        return text("%,.0f (%,.0f to %,.0f)", spread.median(), spread.least(), spread.most());
    }

    private static <T> String millis(List<T> runs, ToDoubleFunction<T> figure) {
        double median = median(runs, figure);
        return median < 0 ? "-" : text("%.1f", median);
    }

    private static <T> String megabytes(List<T> runs, ToDoubleFunction<T> figure) {
        double most = runs.stream().mapToDouble(figure).max().orElse(-1);
        return most < 0 ? "-" : text("%,.0f", most / MIB);
    }
}
