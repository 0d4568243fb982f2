package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.stream.StreamCase;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import static io.hydrant.localstack.bench.report.ResultTables.text;

/** The result page of the sinks, in Markdown. */
public final class SinkPage {

    private final StreamSetup setup;
    private final StreamTables tables;
    private final List<String> failures;

    /**
     * A page of one benchmark.
     *
     * @param failures rivals that did not come to their end, a sentence each
     */
    public SinkPage(StreamSetup setup, StreamTables tables, List<String> failures) {
        this.setup = setup;
        this.tables = tables;
        this.failures = List.copyOf(failures);
    }

    /** The page. */
    public String markdown() {
        return String.join(
                "\n",
                "# Sink: writing a Kinesis stream",
                "",
                "One run of `./hydrant bench sink` wrote this page; run it again to replace it.",
                "",
                "## Environment",
                "",
                setup.environment(),
                "",
                "## Data",
                "",
                text(
                        """
                        JSON documents of 300 and of 1,000 bytes, %,d a run, out of the heap; the document's id is its partition key.
                        Plain: a Kinesis record each. KPL: aggregates of at most 100, which only ours can make.""",
                        setup.records()),
                "",
                "## Results",
                "",
                method(),
                "",
                tables.all() + "## What it says",
                "",
                findings(),
                "");
    }

    private String method() {
        return text(
                """
                %s Processor time is that of the
                measured process, all of its threads, from the moment when a third of the records had been made, which warms the
                JVM up, to the last answer; "with warm-up" counts from the first PutRecords call. The server is the fake
                Kinesis of `localstack/fakes` in a process of its own on the same cores, in CBOR; it takes as much of the machine
                as its column says, so records/s are a limit of this machine. After each run all of the stream was read
                back, taken apart and counted; a wrong count ends the run.

                The SDK loop is one thread that puts 500 records at a time. BatchPutter is ours for plain programs; the sinks run
                in Flink jobs (ours on 2.3, the official flink-connector-kinesis 4.3.0-1.19 on 1.20.5) with a generator in front,
                parallelism %d and default options.""",
                setup.repetitions(), setup.parallelism());
    }

    private String findings() {
        String table =
                new StreamFindings(tables, setup.judges())
                        .verdicts(
                                List.of(StreamCase.PUT_PUTTER, StreamCase.PUT_HYDRANT),
                                StreamCase.PUT_SDK,
                                List.of(StreamCase.PUT_OFFICIAL));
        List<String> lines = new ArrayList<>(failures);
        if (!setup.judges()) {
            lines.add(setup.tooShort());
        }
        return lines.stream().map(line -> "\n- " + line).collect(Collectors.joining("", table, ""));
    }
}
