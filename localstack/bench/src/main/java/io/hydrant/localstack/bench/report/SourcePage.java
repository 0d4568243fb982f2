package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.stream.StreamCase;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import static io.hydrant.localstack.bench.report.ResultTables.text;

/** The result page of the sources, in Markdown. */
public final class SourcePage {

    private static final String ALL_LOADS =
            "Processor time behind the warm-up, as a multiple of the other's on the same stream. The official KinesisStreamsSource leaves aggregates whole, so with them it does less.";

    private final StreamSetup setup;
    private final StreamTables tables;
    private final List<IdleResult> idle;
    private final List<CpuProfile> profiles;
    private final List<String> failures;

    /**
     * A page of one benchmark.
     *
     * @param failures rivals that did not come to their end, a sentence each
     */
    public SourcePage(
            StreamSetup setup,
            StreamTables tables,
            List<IdleResult> idle,
            List<CpuProfile> profiles,
            List<String> failures) {
        this.setup = setup;
        this.tables = tables;
        this.idle = List.copyOf(idle);
        this.profiles = List.copyOf(profiles);
        this.failures = List.copyOf(failures);
    }

    /** The page. */
    public String markdown() {
        return String.join(
                "\n",
                "# Source: reading a Kinesis stream",
                "",
                "One run of `./hydrant bench source` wrote this page; run it again to replace it.",
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
                tables.all() + idleSection() + profileSection() + "## What it says",
                "",
                findings(),
                "");
    }

    /** What readers do at the end of a stream; also for the console. */
    public String idleTable() {
        StringBuilder table =
                new StringBuilder(
                        """
                        | case | shards | GetRecords calls per second and shard | refused | CPU s per second |
                        | --- | --- | --- | --- | --- |
                        """);
        for (IdleResult one : idle) {
            table.append(
                    text(
                            "| %s | %,d | %.1f | %,d | %.3f |%n",
                            one.streamCase().title(),
                            one.shards(),
                            one.callsPerSecondAndShard(),
                            one.refused(),
                            one.cpuPerSecond()));
        }
        return table.toString();
    }

    private String data() {
        return text(
                """
                JSON documents of 300 and of 1,000 bytes, %,d a run: as a Kinesis record each, or in KPL aggregates of 100 whose
                partition keys all differ. The server holds ten thousand documents and serves them over and over, each time as
                records of their own with sequence numbers of their own. More shards share the same number of records.""",
                setup.records());
    }

    private String method() {
        return text(
                """
                %s Processor time is that of the
                measured process, all of its threads, behind the first third of the records, which warms the JVM up; "with
                warm-up" counts from the first GetRecords call. The server is the fake Kinesis of `localstack/fakes` in a process
                of its own on the same cores, in CBOR; it takes as much of the machine as its column says, so records/s
                are a limit of this machine, not of the readers. It does not throttle here, and the readers that can be told to
                were told not to pause between calls. Each reader's records were counted; a wrong count ends the run.

                The SDK loop is one thread that reads a page of each shard in turn and counts (KPL: takes it apart with our
                de-aggregator): the limit of whoever uses the SDK. Hydrant runs on Flink 2.3, the official connector
                (flink-connector-kinesis 4.3.0-1.19, the newest that can be had here) on the newest Flink it runs on, 1.20.5;
                parallelism %d, checkpoints every 10 s, objects reused, a counter behind the source. The official
                KinesisStreamsSource takes no aggregates apart: its aggregates were counted as they are, and its figures are
                still per million user records. First record: from handing the job to a Flink that has run another
                one before. Calls are those of GetRecords, warm-up included; those that returned nothing are among them.""",
                setup.repetitions(), setup.parallelism());
    }

    private String idleSection() {
        return idle.isEmpty()
                ? ""
                : String.join(
                        "\n",
                        "### At the end of a stream",
                        "",
                        "Nobody writes, each reader has its default pauses, and the server refuses more than five calls in any second"
                                + " for a shard,",
                        "as the service does.",
                        "",
                        idleTable(),
                        "");
    }

    private String profileSection() {
        return profiles.isEmpty()
                ? ""
                : profiles.stream()
                        .map(CpuProfile::markdown)
                        .collect(
                                Collectors.joining(
                                        "\n",
                                        "### Where the Hydrant source spends it\n\nJava samples of a separate run, warm-up included, by the first package on the stack that is not the JDK's own.\nWaiting, collections and compilation are not in it.\n\n",
                                        "\n"));
    }

    private String findings() {
        List<String> lines = new ArrayList<>();
        lines.add(setup.judges() ? ALL_LOADS : setup.tooShort());
        for (IdleResult one : idle) {
            lines.add(
                    text(
                            "%s at the end of a stream: %.1f calls per second and shard, %s.",
                            one.streamCase().title(),
                            one.callsPerSecondAndShard(),
                            one.refused() == 0
                                    ? "never more than five in a second"
                                    : text("%,d of them refused as too many", one.refused())));
        }
        lines.addAll(failures);
        return new StreamFindings(tables, setup.judges())
                        .verdicts(
                                List.of(StreamCase.READ_HYDRANT, StreamCase.READ_HYDRANT_SDK),
                                StreamCase.READ_SDK,
                                List.of(StreamCase.READ_OFFICIAL, StreamCase.READ_OFFICIAL_LEGACY))
                + '\n'
                + lines.stream().map(line -> "- " + line).collect(Collectors.joining("\n"));
    }
}
