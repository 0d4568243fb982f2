package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.ingest.IngestCase;
import io.hydrant.localstack.bench.stream.Load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static io.hydrant.localstack.bench.report.ResultTables.MIB;
import static io.hydrant.localstack.bench.report.ResultTables.text;

/** The result page of the front doors, in Markdown. */
public final class IngestPage {

    /** Megabytes a second that a core of the tailer should read. */
    private static final double LEAST_TAIL = 150;

    /** Below these, a run is mostly the warm-up of its JVM. */
    private static final long LEAST_LOG_BYTES = 500_000_000;

    private static final long LEAST_RECORDS = 500_000;

    /** What a shard takes in a second, by Kinesis' quotas. */
    private static final double SHARD_RECORDS = 1_000;

    private static final double SHARD_BYTES = MIB;

    private final IngestSetup setup;
    private final IngestTables tables;

    /** A page of one benchmark. */
    public IngestPage(IngestSetup setup, IngestTables tables) {
        this.setup = setup;
        this.tables = tables;
    }

    /** The page. */
    public String markdown() {
        List<String> parts = new ArrayList<>();
        parts.add("# Front doors: files that are followed, and the gateway");
        parts.add(
                "One run of `./hydrant bench ingest` wrote this page; run it again to replace it.");
        parts.add("## Environment");
        parts.add(setup.machine().environment(setup.when(), setup.jvmOptions()));
        parts.add("## Data");
        parts.add(
                text(
                        """
                        Files: lines of an access log of about 100 bytes, %,.0f MB in one file that was just written and so is in
                        memory. Records: JSON documents, %,d a run, 500 in a call, by %,d clients at a time into a stream of %,d
                        shards in the fake Kinesis of `localstack/fakes`, in a process of its own on the same cores.""",
                        setup.logBytes() / 1e6,
                        setup.records(),
                        setup.connections(),
                        setup.shards()));
        parts.add("## Results");
        parts.add(
                text(
                        """
                        Median of %d runs of each case, least and greatest in brackets. Each runs in a process of its own. Processor
                        time is that of the process, all of its threads, from the moment when a third was read or put, which warms
                        the JVM up, to the end; "per core" is what comes to one second of it.""",
                        setup.repeats()));
        addPart(
                parts,
                "### A file",
                """
                `cat` and `wc` copy or count bytes and make no records; the loop makes an array of each line, in one thread, without
                Flink. The tailer runs in a Flink job that counts its records; the whole job puts a quarter
                of the file into Kinesis, stamped and aggregated or a record for each line, and everything is read back and
                counted.\s"""
                        + agent(),
                tables.tail());
        addPart(
                parts,
                "### Many files",
                """
                All were read to their end; then nothing happens to them. Cores in use are those of the last fifth of that time, the
                whole JVM with Flink's.""",
                tables.files());
        addPart(
                parts,
                "### Gateway",
                text(
                        """
                        The measured process is the gateway; its clients, which sign every request, are another one. In the raw loop it is
                        the clients, who put straight into Kinesis: what they take is what a producer's own machine would. "Fast" is as fast
                        as it goes, with all processes on the same cores; "even" is %,d records a second in all, where the time counts from
                        the moment when a call is due. Every record that was acknowledged was read back from the stream.""",
                        setup.evenRecords()),
                tables.gateway());
        parts.add("## What it says");
        parts.add(findings().stream().map(line -> "- " + line).collect(Collectors.joining("\n")));
        parts.add("");
        return String.join("\n\n", parts);
    }

    private String agent() {
        return setup.agent() == null
                ? "Kinesis Agent was not at hand; `--agent` names one that you built."
                : text(
                        """
                        Kinesis Agent is `%s`, unchanged, by
                        the same configuration file, in a JVM with the same options, of which the same meters are kept; what has
                        arrived is seen in the stream, from outside.""",
                        setup.agent());
    }

    private static void addPart(
            List<String> parts, String title, String explanation, String table) {
        if (!table.isEmpty()) {
            parts.add(title);
            parts.add(explanation);
            parts.add(table.strip());
        }
    }

    private List<String> findings() {
        List<String> lines = new ArrayList<>();
        addTail(lines);
        addAgent(lines);
        addFiles(lines);
        for (Load load : tables.loads()) {
            addGateway(lines, load);
        }
        return lines;
    }

    private void addTail(List<String> lines) {
        if (tables.isKnown(IngestCase.TAIL)) {
            double measured = tables.megabytesPerCore(IngestCase.TAIL);
            lines.add(
                    setup.logBytes() < LEAST_LOG_BYTES
                            ? text(
                                    "The tailer reads %,.0f MB/s per core; no target is judged, %,.0f MB are mostly the warm-up of the JVM.",
                                    measured, setup.logBytes() / 1e6)
                            : text(
                                    "Target of the tailer: at least %,.0f MB/s per core for plain lines; measured %,.0f: %s.",
                                    LEAST_TAIL,
                                    measured,
                                    measured >= LEAST_TAIL ? "met" : "missed"));
        }
        for (IngestCase faster : List.of(IngestCase.CAT, IngestCase.WC, IngestCase.LINE_LOOP)) {
            if (tables.isKnown(faster) && tables.isKnown(IngestCase.TAIL)) {
                double times =
                        tables.megabytesPerCore(faster) / tables.megabytesPerCore(IngestCase.TAIL);
                lines.add(
                        text(
                                "%s: %s reads %.1f times as much per core as the tailer.",
                                times > 1 ? "Faster" : "Slower", faster.title(), times));
            }
        }
        if (tables.isKnown(IngestCase.TAIL) && tables.isKnown(IngestCase.JOB)) {
            lines.add(
                    text(
                            "What limits the whole job: of its processor time, %.0f %% is the reading, the rest what it takes to put.",
                            100
                                    * tables.megabytesPerCore(IngestCase.JOB)
                                    / tables.megabytesPerCore(IngestCase.TAIL)));
        }
    }

    private void addAgent(List<String> lines) {
        compare(lines, IngestCase.AGENT, IngestCase.JOB_PLAIN, "doing the same");
        compare(lines, IngestCase.AGENT, IngestCase.JOB, "with its aggregates and stamps");
        compare(lines, IngestCase.AGENT_JSON, IngestCase.JOB_JSON_PLAIN, "doing the same");
        compare(
                lines,
                IngestCase.AGENT_JSON,
                IngestCase.JOB_JSON,
                "with its aggregates and stamps");
        if (tables.isKnown(IngestCase.AGENT)) {
            double linesPerCore = tables.linesPerCore(IngestCase.AGENT);
            double megabytesPerCore = tables.megabytesPerCore(IngestCase.AGENT);
            lines.add(
                    text(
                            "What limits Kinesis Agent beyond its processor: each line is a record, of which a shard takes %,.0f a second, and so %.2f MB of these lines a second where it takes %.2f MB of aggregates; what a core of it sends fills %,.0f shards, and would fill %,.0f by its bytes. It sends each line at least once.",
                            SHARD_RECORDS,
                            SHARD_RECORDS * megabytesPerCore / linesPerCore,
                            SHARD_BYTES / 1e6,
                            linesPerCore / SHARD_RECORDS,
                            megabytesPerCore * 1e6 / SHARD_BYTES));
        }
    }

    private void compare(List<String> lines, IngestCase agent, IngestCase job, String how) {
        if (tables.isKnown(agent) && tables.isKnown(job)) {
            double times = tables.megabytesPerCore(agent) / tables.megabytesPerCore(job);
            lines.add(
                    text(
                            "%s: %s reads and puts %.2f times as much per core as the %s, %s.",
                            times > 1 ? "Faster" : "Slower",
                            agent.title(),
                            times,
                            job.title(),
                            how));
        }
    }

    private void addFiles(List<String> lines) {
        List<FilesResult> compared = tables.filesCompared();
        if (!compared.isEmpty()) {
            FilesResult few = compared.get(0);
            FilesResult many = compared.get(1);
            lines.add(
                    text(
                            "Memory with %,d files: %.0f bytes of heap for each beyond the first, and %.0f of a checkpoint; what is kept of a file does not grow with it.",
                            many.files(),
                            (many.heapBytes() - few.heapBytes())
                                    / (double) (many.files() - few.files()),
                            (many.checkpointBytes() - few.checkpointBytes())
                                    / (double) (many.files() - few.files())));
        }
    }

    private void addGateway(List<String> lines, Load load) {
        Map<IngestCase, List<GatewayResult>> runs = tables.gateways(load);
        List<GatewayResult> raw = runs.get(IngestCase.PUT_RECORDS);
        List<GatewayResult> gateway = runs.get(IngestCase.GATEWAY_BATCH);
        if (gateway == null) {
            return;
        }
        double perCore = IngestTables.median(gateway, GatewayResult::recordsPerCore);
        double bytes = perCore * load.recordBytes();
        // In aggregates of the gateway's, the records of a shard are bounded by its bytes.
        lines.add(
                text(
                        "A core of the gateway takes %,.0f %s a second, %.0f MB: as much as %,.0f shards take of it in bytes, and %,.0f times the records that one takes which are not aggregated.",
                        perCore,
                        load.title(),
                        bytes / 1e6,
                        bytes / SHARD_BYTES,
                        perCore / SHARD_RECORDS));
        if (setup.records() < LEAST_RECORDS) {
            lines.add(
                    text(
                            "No target is judged of %s: %,d records are mostly the warm-up of the JVM.",
                            load.title(), setup.records()));
            return;
        }
        double streamBytes = setup.shards() * SHARD_BYTES;
        lines.add(
                text(
                        "Target of the gateway, %s: not the limit before Kinesis is; the %d shards of the stream take %.0f MB a second, a core of the gateway %.1f times as much: %s.",
                        load.title(),
                        setup.shards(),
                        streamBytes / 1e6,
                        bytes / streamBytes,
                        bytes >= streamBytes ? "met" : "missed"));
        if (raw == null) {
            return;
        }
        double loop = IngestTables.median(raw, GatewayResult::recordsPerCore);
        lines.add(
                text(
                        "%s: a core of the raw PutRecords loop puts %,.0f %s a second, one of the gateway %.2f times as many.",
                        perCore >= loop ? "Slower" : "Faster", loop, load.title(), perCore / loop));
    }
}
