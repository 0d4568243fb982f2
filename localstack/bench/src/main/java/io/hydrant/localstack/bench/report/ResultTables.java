package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.cases.BenchCase;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Turns results into Markdown tables, which a console shows as well. */
public final class ResultTables {

    static final double MIB = 1024 * 1024;

    private final Map<BenchCase, List<CaseResult>> byCase;
    private final List<StateResult> states;

    /** Tables of all runs, in any order, and of what open objects cost. */
    public ResultTables(List<CaseResult> results, List<StateResult> states) {
        this.byCase =
                results.stream()
                        .collect(
                                Collectors.groupingBy(
                                        CaseResult::benchCase,
                                        () -> new EnumMap<>(BenchCase.class),
                                        Collectors.toList()));
        this.states = List.copyOf(states);
    }

    /** Both tables. */
    public String all() {
        return byCase.isEmpty() ? states() : states.isEmpty() ? cases() : cases() + '\n' + states();
    }

    boolean has(BenchCase one) {
        return byCase.containsKey(one);
    }

    boolean hasCases() {
        return !byCase.isEmpty();
    }

    /** What it cost to keep that many objects open, if it was measured. */
    Optional<StateResult> state(int openObjects) {
        return states.stream().filter(state -> state.openObjects() == openObjects).findFirst();
    }

    boolean hasStates() {
        return !states.isEmpty();
    }

    /** Median of a case, in CPU seconds per million records. */
    double cpuPerMillion(BenchCase one) {
        return spread(one, CaseResult::cpuPerMillion).median();
    }

    /** Median of what the JVM's compilers and collectors took of it. */
    double jvmPerMillion(BenchCase one) {
        return spread(one, CaseResult::jvmPerMillion).median();
    }

    /** Largest resident set of a case in any run, in bytes; -1 where the system does not tell. */
    double peakResident(BenchCase one) {
        return byCase.get(one).stream().mapToDouble(CaseResult::peakResidentBytes).max().orElse(-1);
    }

    double bytesPerRecord() {
        return byCase.values().stream()
                .flatMap(List::stream)
                .mapToDouble(run -> (double) run.inputBytes() / run.records())
                .average()
                .orElse(0);
    }

    String cases() {
        StringBuilder table =
                new StringBuilder(
                        """
                        | case | CPU s per million | of it JIT and GC | × raw limit | records/s | peak RSS MB | ratio |
                        | --- | --- | --- | --- | --- | --- | --- |
                        """);
        for (BenchCase one : byCase.keySet()) {
            double resident = peakResident(one);
            table.append(
                    text(
                            "| %s | %s | %.1f | %s | %s | %s | %.2f |%n",
                            one.title(),
                            cell("%.1f", spread(one, CaseResult::cpuPerMillion)),
                            jvmPerMillion(one),
                            timesLimit(one),
                            cell("%,.0f", spread(one, CaseResult::recordsPerSecond)),
                            resident < 0 ? "unknown" : text("%,.0f", resident / MIB),
                            spread(one, CaseResult::ratio).median()));
        }
        return table.toString();
    }

    /** What one core does, beside the limit. */
    String perCore() {
        StringBuilder table =
                new StringBuilder(
                        """
                        | case | CPU s per million | of it JIT and GC | records/s per core | of the limit | peak heap MB | objects | ratio |
                        | --- | --- | --- | --- | --- | --- | --- | --- |
                        """);
        for (BenchCase one : byCase.keySet()) {
            double heap =
                    byCase.get(one).stream()
                            .mapToDouble(CaseResult::peakHeapBytes)
                            .max()
                            .orElse(-1);
            table.append(
                    text(
                            "| %s | %s | %.1f | %,.0f | %s | %s | %,.0f | %.2f |%n",
                            one.title(),
                            cell("%.1f", spread(one, CaseResult::cpuPerMillion)),
                            jvmPerMillion(one),
                            1e6 / cpuPerMillion(one),
                            has(one.limit()) ? text("%.0f %%", 100 * shareOfLimit(one)) : "-",
                            heap < 0 ? "unknown" : text("%,.0f", heap / MIB),
                            spread(one, CaseResult::objects).median(),
                            spread(one, CaseResult::ratio).median()));
        }
        return table.toString();
    }

    /** How much of what the limit does in a time a case does in it. */
    double shareOfLimit(BenchCase one) {
        return cpuPerMillion(one.limit()) / cpuPerMillion(one);
    }

    /** What a case spends its time on, as far as the figures tell. */
    String limits(BenchCase one) {
        double all = cpuPerMillion(one);
        double limit = cpuPerMillion(one.limit());
        double jvm = jvmPerMillion(one);
        return text(
                "What limits the %s: of %.1f CPU s, %.1f are the raw limit, %.1f the JVM's compilers and collectors, %.1f all else.",
                one.title(), all, limit, jvm, all - limit - jvm);
    }

    /** One sentence about a case and its rival. */
    String compare(BenchCase corridor, BenchCase rival) {
        double share = cpuPerMillion(corridor) / cpuPerMillion(rival);
        return share <= 1
                ? text(
                        "The %s takes %.2f of the processor time of the %s.",
                        corridor.title(), share, rival.title())
                : text(
                        "A rival is faster: the %s takes %.2f times the processor time of the %s.",
                        corridor.title(), share, rival.title());
    }

    String states() {
        StringBuilder table =
                new StringBuilder(
                        """
                        | open objects | records | checkpoint MB | KB per object | checkpoint ms | heap MB | peak RSS MB |
                        | --- | --- | --- | --- | --- | --- | --- |
                        """);
        for (StateResult state : states) {
            table.append(
                    text(
                            "| %,d | %,d | %.1f | %,.1f | %,d | %,.0f | %,.0f |%n",
                            state.openObjects(),
                            state.records(),
                            state.checkpointBytes() / MIB,
                            state.checkpointBytes() / 1024.0 / state.openObjects(),
                            state.checkpointMillis(),
                            state.heapBytes() / MIB,
                            state.peakResidentBytes() / MIB));
        }
        return table.toString();
    }

    private String timesLimit(BenchCase one) {
        return has(one.limit())
                ? text("%.2f", cpuPerMillion(one) / cpuPerMillion(one.limit()))
                : "-";
    }

    private Spread spread(BenchCase one, ToDoubleFunction<CaseResult> figure) {
        return Spread.of(byCase.get(one).stream().mapToDouble(figure).boxed().toList());
    }

    private static String cell(String format, Spread spread) {
        return text(
                format + " (" + format + " to " + format + ')',
                spread.median(),
                spread.least(),
                spread.most());
    }

    /** Formats as all figures are formatted, whatever the locale. */
    public static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
