package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.sql.SqlCase;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static io.hydrant.localstack.bench.report.ResultTables.text;

/** The result page of SQL, in Markdown. */
public final class SqlPage {

    /** How much more than stock Flink a question over our source may take. */
    private static final double MOST = 1.1;

    /** Below this many bids a run is mostly the warm-up of its JVM. */
    private static final long LEAST_RECORDS = 1_000_000;

    private final Machine machine;
    private final Instant when;
    private final String jvmOptions;
    private final int parallelism;
    private final Map<SqlCase, List<Double>> cpuPerMillion = new EnumMap<>(SqlCase.class);
    private final LatencyResult latency;
    private final long records;
    private final int repeats;

    /**
     * A page of one benchmark.
     *
     * @param machine where it ran
     * @param when when it began
     * @param jvmOptions options of each measured JVM
     * @param parallelism of the jobs
     * @param results its runs, at least one
     * @param latency of a leaderboard; null where it was not looked at
     */
    public SqlPage(
            Machine machine,
            Instant when,
            String jvmOptions,
            int parallelism,
            List<SqlResult> results,
            LatencyResult latency) {
        this.latency = latency;
        this.machine = machine;
        this.when = when;
        this.jvmOptions = jvmOptions;
        this.parallelism = parallelism;
        for (SqlResult one : results) {
            cpuPerMillion
                    .computeIfAbsent(one.sqlCase(), key -> new ArrayList<>())
                    .add(one.cpuPerMillion());
        }
        this.records = results.get(0).records();
        this.repeats = cpuPerMillion.values().stream().mapToInt(List::size).max().orElseThrow();
    }

    /** The table alone, for a console. */
    public String table() {
        StringBuilder table =
                new StringBuilder(
                        """
                        | what | over | CPU s per million | of it beside the source | rows/s per core |
                        | --- | --- | --- | --- | --- |
                        """);
        for (SqlCase one : cpuPerMillion.keySet()) {
            Spread spread = Spread.of(cpuPerMillion.get(one));
            table.append(
                    text(
                            "| %s | %s | %.2f (%.2f to %.2f) | %s | %,.0f |%n",
                            one.title(),
                            one.over(),
                            spread.median(),
                            spread.least(),
                            spread.most(),
                            one == one.source() || !has(one.source())
                                    ? "-"
                                    : text("%.2f", beside(one)),
                            1e6 / spread.median()));
        }
        return table.toString();
    }

    /** The page. */
    public String markdown() {
        return String.join(
                "\n\n",
                "# SQL: questions and functions",
                "One run of `./hydrant bench sql` wrote this page; run it again to replace it.",
                "## Environment",
                machine.environment(when, jvmOptions),
                "## Data",
                text(
                        """
                        %,d bids for 1,009 auctions a run, ten milliseconds apart in their own time: the same rows from Flink's
                        `datagen` (a sequence and computed columns) and as JSON of about 130 bytes from a stream of four shards in the
                        fake Kinesis of `localstack/fakes`, in a process of its own on the same cores.""",
                        records),
                "## Results",
                text(
                        """
                        Median of %d runs of each case, least and greatest in brackets. Each runs in a JVM of its own, where the statement
                        has run once before; processor time is that of the process from submission to the end, planning included.
                        Parallelism %d, checkpoints every 10 s. Questions write to `blackhole`. "Beside the source" takes off what the
                        source takes alone, for the columns that the question reads, since neither source makes those that nobody
                        reads: so a question over JSON from a stream can be held against one over a generator that makes its rows in
                        place. Off functions goes what all columns take. Applications of Kinesis Data Analytics and the same by hand read the stream and write
                        another; the bids arrived a millisecond one behind the other, and both answers have as many rows. Forests
                        are put to a fifth of the bids.""",
                        repeats, parallelism),
                table().strip(),
                "## What it says",
                findings(),
                "## What limits it",
                """
                - A window takes more beside our source than beside the generator while a backlog is read: a task takes pages
                  of its shards in turn, each of several minutes here, and Flink gives away what it has summed up of a minute when the
                  watermark passes it, before the other shards' bids of later minutes are complete. The generator's rows are in order.
                - Each case reads once before it is measured, so what is left of starting is planning and the rest of compilation. With a
                  million bids that is half of a run, and applications, which have more statements, come out slower than by hand.
                - Beside the work of its library, the forest as a function keeps each point since the forest was last written down, so
                  that one that is restored gives the same scores.
                - The rows of the leaderboard are collected, and Flink gives what is collected away with a checkpoint, every 10 s.""",
                "");
    }

    private String findings() {
        List<String> lines = new ArrayList<>();
        if (records < LEAST_RECORDS) {
            lines.add(
                    text(
                            "No target is judged: %,d bids are mostly the warm-up of the JVM, the targets are for %,d and more.",
                            records, LEAST_RECORDS));
        }
        for (SqlCase one : cpuPerMillion.keySet()) {
            SqlCase rival = one.rival();
            if (rival == null || !has(rival) || !has(one.source()) || !has(rival.source())) {
                continue;
            }
            switch (one.group()) {
                case SOURCE ->
                        lines.add(
                                text(
                                        "Our source takes %.2f times the processor time of the generator, which reads nothing and decodes no JSON.",
                                        median(one) / median(rival)));
                case COLUMNS -> {
                    // Said with the question that reads them.
                }
                case QUESTION -> lines.add(judge(one, rival));
                case FUNCTION ->
                        lines.add(
                                text(
                                        "%s takes %.2f CPU s per million beside the generator, %s %.2f.",
                                        one.title(), beside(one), rival.title(), beside(rival)));
                case APPLICATION -> lines.add(judgeApplication(one, rival));
                case FOREST ->
                        lines.add(
                                text(
                                        "%s takes %.2f times the processor time of its library in a loop.",
                                        one.title(), median(one) / median(rival)));
            }
        }
        if (latency != null) {
            lines.add(latency.sentence());
        }
        return lines.stream().map(line -> "- " + line).collect(Collectors.joining("\n"));
    }

    /**
     * The target is for the whole question, as a cluster pays for it; what is left of it without
     * the sources says which part of that is the question's own and is judged by nobody.
     */
    private String judge(SqlCase one, SqlCase rival) {
        double ratio = median(one) / median(rival);
        String measured =
                text(
                        "The question for the %s takes %.2f CPU s per million over our source, %.2f over the generator (%.2f and %.2f beside them, %.2f times as much)",
                        one.title(),
                        median(one),
                        median(rival),
                        beside(one),
                        beside(rival),
                        beside(one) / beside(rival));
        return records < LEAST_RECORDS
                ? measured + "."
                : text(
                        "%s; target at most %.1f times as much in all, measured %.2f: %s.",
                        measured, MOST, ratio, ratio <= MOST ? "met" : "missed");
    }

    private String judgeApplication(SqlCase one, SqlCase rival) {
        String measured =
                text(
                        "The application for the %s takes %.2f CPU s per million, Flink's SQL by hand %.2f",
                        one.title(), median(one), median(rival));
        double ratio = median(one) / median(rival);
        return records < LEAST_RECORDS
                ? measured + "."
                : text(
                        "%s; target at most as much, measured %.2f: %s.",
                        measured, ratio, ratio <= 1 ? "met" : "missed");
    }

    private boolean has(SqlCase one) {
        return cpuPerMillion.containsKey(one);
    }

    private double median(SqlCase one) {
        return Spread.of(cpuPerMillion.get(one)).median();
    }

    private double beside(SqlCase one) {
        return median(one) - median(one.source());
    }
}
