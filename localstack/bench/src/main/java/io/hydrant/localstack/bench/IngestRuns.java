package io.hydrant.localstack.bench;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.localstack.bench.ingest.AgentFile;
import io.hydrant.localstack.bench.ingest.IngestCase;
import io.hydrant.localstack.bench.ingest.IngestCaseMain;
import io.hydrant.localstack.bench.ingest.IngestCaseSettings;
import io.hydrant.localstack.bench.ingest.KinesisAgentMain;
import io.hydrant.localstack.bench.ingest.LogLines;
import io.hydrant.localstack.bench.ingest.PutFigures;
import io.hydrant.localstack.bench.ingest.SystemProgram;
import io.hydrant.localstack.bench.measure.CaseFigures;
import io.hydrant.localstack.bench.measure.CaseProcess;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.report.FilesResult;
import io.hydrant.localstack.bench.report.GatewayResult;
import io.hydrant.localstack.bench.report.TailResult;
import io.hydrant.localstack.bench.stream.Load;
import io.hydrant.localstack.bench.stream.Progress;
import io.hydrant.localstack.fakes.FakesProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs the cases of the front doors, one after the other, against one fake Kinesis. */
final class IngestRuns implements AutoCloseable {

    static final int SHARDS = 4;

    private static final int LINES_PER_FILE = 100;
    private static final long TIMEOUT_MINUTES = 8;
    private static final String ONE_LOG = "access.log";
    private static final String FIGURES = "figures.properties";

    /** The server keeps what is put, so what is put is a part of the whole. */
    private static final int PUT_SHARE = 4;

    private final IngestSizes sizes;
    private final Path work;
    private final FakesProcess fakes;
    private final FlightStreams streams;
    private final AwsClientConfig aws;
    private final CaseProcess processes;
    private final BuiltAgent agent;
    private int runs;

    /**
     * How much is measured.
     *
     * @param logBlocks times all distinct lines in the file
     * @param records records to put
     * @param files how many files many are
     * @param connections clients at a time
     * @param latencySeconds how long to put at an even pace
     * @param idleSeconds how long to look at files that do not grow
     */
    record IngestSizes(
            long logBlocks,
            long records,
            int files,
            int connections,
            int latencySeconds,
            int idleSeconds) {

        long logBytes() {
            return logBlocks * LogLines.blockBytes();
        }

        private long blocksFor(IngestCase reader) {
            return reader.isIntoKinesis() ? Math.max(1, logBlocks / PUT_SHARE) : logBlocks;
        }
    }

    /**
     * Runs against a fake that is started now.
     *
     * @param agent Kinesis Agent, or null where none of its cases is run
     */
    IngestRuns(
            IngestSizes sizes, Path work, List<String> jvmOptions, long heapMiB, BuiltAgent agent)
            throws IOException {
        this.sizes = sizes;
        this.work = work;
        this.agent = agent;
        this.processes = new CaseProcess(Map.of(), jvmOptions, TIMEOUT_MINUTES);
        this.fakes = FakesProcess.start(heapMiB + "m");
        this.streams = new FlightStreams(fakes.kinesisEndpoint(), SHARDS);
        this.aws =
                AwsClientConfig.forEndpoint(
                        fakes.kinesisEndpoint(), "us-east-1", "anyone", "anything");
    }

    /** Reads the file, or the part of it that this reader takes, once. */
    TailResult tail(IngestCase reader) throws IOException, InterruptedException {
        long blocks = sizes.blocksFor(reader);
        long bytes = blocks * LogLines.blockBytes();
        long allLines = blocks * LogLines.DISTINCT;
        if (reader == IngestCase.TAIL_PATTERN) {
            // Whether the last line is all of its record is only known by what follows it.
            allLines--;
        }
        Path logs = log(blocks);
        if (reader.isSystemProgram()) {
            SystemProgram.Times times = SystemProgram.run(reader, logs.resolve(ONE_LOG));
            return new TailResult(
                    reader, bytes, allLines, times.cpuSeconds(), 0, times.wallSeconds(), -1);
        }
        if (reader.isKinesisAgent()) {
            return agent(reader, logs, bytes, allLines);
        }
        CaseFigures figures = run(reader, Load.PLAIN_300, allLines, logs);
        Measured measured = figures.measured();
        requireAll(reader, measured.records(), allLines);
        return result(
                reader,
                figures,
                bytes,
                allLines,
                measured.warmRecords(),
                measured.warmMillis(),
                measured.lastWriteMillis());
    }

    private static TailResult result(
            IngestCase reader,
            CaseFigures figures,
            long bytes,
            long allLines,
            long warmLines,
            long from,
            long to) {
        long lines = allLines - warmLines;
        return new TailResult(
                reader,
                (double) bytes * lines / allLines,
                lines,
                figures.cpu().secondsBetween(from, to),
                figures.jvmCpu().secondsBetween(from, to),
                (to - from) / 1e3,
                resident(figures));
    }

    /** Runs Kinesis Agent until the stream has all lines. */
    private TailResult agent(IngestCase reader, Path logs, long bytes, long allLines)
            throws IOException, InterruptedException {
        runs++;
        Path folder = runFolder(reader);
        String stream = "run-" + runs;
        String arn = streams.create(stream);
        Path end = folder.resolve("all-is-there");
        Path file = AgentFile.write(folder, reader, fakes.kinesisEndpoint(), logs, stream);
        Path figuresFile = folder.resolve(FIGURES);
        try (AwaitedRecords awaited = AwaitedRecords.begin(fakes, stream, allLines, end)) {
            CaseFigures figures =
                    processes.run(
                            new CaseProcess.Call(
                                    reader.id(),
                                    KinesisAgentMain.class.getName(),
                                    agent.classPath(),
                                    List.of(
                                            file.toString(),
                                            end.toString(),
                                            figuresFile.toString()),
                                    List.of(),
                                    folder,
                                    figuresFile));
            Progress progress = awaited.progress();
            StoredRecords.require(aws, arn, reader.id(), allLines);
            streams.delete(stream);
            return result(
                    reader,
                    figures,
                    bytes,
                    allLines,
                    progress.warmRecords(),
                    progress.warmMillis(),
                    awaited.lastMillis());
        }
    }

    /** Reads files to their end, and looks at them for a while. */
    FilesResult files(IngestCase many) throws IOException, InterruptedException {
        int files = many == IngestCase.ONE_FILE ? 1 : sizes.files();
        Path logs = Files.createDirectories(work.resolve(many.id()));
        int linesEach = many == IngestCase.ONE_FILE ? LogLines.DISTINCT : LINES_PER_FILE;
        long bytes = LogLines.writeMany(logs, files, linesEach);
        long lines = (long) files * linesEach;
        CaseFigures figures = run(many, Load.PLAIN_300, lines, logs);
        Measured measured = figures.measured();
        requireAll(many, measured.records(), lines);
        long idleTo = measured.lastWriteMillis() + sizes.idleSeconds() * 1000L;
        long idleFrom = idleTo - sizes.idleSeconds() * 200L;
        return new FilesResult(
                files,
                bytes,
                measured.heapBytes(),
                resident(figures),
                figures.cpu().secondsBetween(idleFrom, idleTo) * 1e3 / (idleTo - idleFrom),
                measured.checkpointBytes(),
                measured.checkpointMillis());
    }

    /** Puts once, reads back what landed, and forgets the stream. */
    GatewayResult put(IngestCase putTo, Load load) throws IOException, InterruptedException {
        Duration before = fakes.cpuTime();
        CaseFigures figures = run(putTo, load, sizes.records(), work);
        Duration server = fakes.cpuTime().minus(before);
        Measured measured = figures.measured();
        long from = measured.warmMillis();
        long to = measured.lastWriteMillis();
        return new GatewayResult(
                putTo,
                load,
                sizes.records() - measured.warmRecords(),
                figures.cpu().secondsBetween(from, to),
                figures.jvmCpu().secondsBetween(from, to),
                (to - from) / 1e3,
                resident(figures),
                server.toMillis() / 1e3,
                PutFigures.read(runFolder(putTo).resolve(IngestCaseSettings.PUTS)));
    }

    private CaseFigures run(IngestCase one, Load load, long records, Path logs)
            throws IOException, InterruptedException {
        runs++;
        Path folder = runFolder(one);
        String stream = "run-" + runs;
        IngestCaseSettings settings =
                new IngestCaseSettings(
                        one,
                        load,
                        records,
                        sizes.connections(),
                        sizes.latencySeconds(),
                        one.group() == IngestCase.Group.FILES ? sizes.idleSeconds() : 0,
                        fakes.kinesisEndpoint(),
                        streams.create(stream),
                        logs,
                        folder,
                        folder.resolve(FIGURES));
        CaseFigures figures =
                processes.run(
                        new CaseProcess.Call(
                                one.id(),
                                IngestCaseMain.class.getName(),
                                System.getProperty("java.class.path"),
                                settings.toArguments(),
                                List.of(),
                                settings.work(),
                                settings.figures()));
        if (one.isIntoKinesis()) {
            StoredRecords.require(
                    aws, settings.streamArn(), one.id(), figures.measured().records());
        }
        streams.delete(stream);
        return figures;
    }

    private Path runFolder(IngestCase one) {
        return work.resolve("run-" + runs + '-' + one.id());
    }

    /** The folder of the file, which is written when it is first needed. */
    private Path log(long blocks) throws IOException {
        Path folder = Files.createDirectories(work.resolve("log-" + blocks));
        Path file = folder.resolve(ONE_LOG);
        if (!Files.exists(file)) {
            LogLines.write(file, blocks);
        }
        return folder;
    }

    private static void requireAll(IngestCase one, long read, long expected) throws IOException {
        if (read != expected) {
            throw new IOException(
                    "The case " + one.id() + " read " + read + " of " + expected + " lines");
        }
    }

    private static long resident(CaseFigures figures) {
        return figures.peakResidentKiB() < 0 ? -1 : figures.peakResidentKiB() * 1024;
    }

    @Override
    public void close() {
        fakes.close();
    }
}
