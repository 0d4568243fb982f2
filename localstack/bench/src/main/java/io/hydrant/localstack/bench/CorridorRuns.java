package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.cases.BenchCase;
import io.hydrant.localstack.bench.cases.CaseMain;
import io.hydrant.localstack.bench.cases.CaseSettings;
import io.hydrant.localstack.bench.cases.FlightLines;
import io.hydrant.localstack.bench.cases.Suite;
import io.hydrant.localstack.bench.measure.CaseFigures;
import io.hydrant.localstack.bench.measure.CaseProcess;
import io.hydrant.localstack.bench.report.CaseResult;
import io.hydrant.localstack.bench.report.FreshnessResult;
import io.hydrant.localstack.bench.report.StateResult;
import io.hydrant.localstack.fakes.FakesProcess;
import io.hydrant.localstack.fakes.http.RequestLog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Runs cases one after the other against one pair of fakes, and works out their results. */
final class CorridorRuns implements AutoCloseable {

    private static final List<String> READS = List.of("GetRecords");
    private static final List<String> WRITES =
            List.of("PutObject", "UploadPart", "CompleteMultipartUpload");
    private static final long TIMEOUT_MINUTES = 15;
    private static final int STATE_RECORDS_PER_OBJECT = 100;
    private static final long STATE_MOST_RECORDS = 1_000_000;
    private static final int STATE_LEAST_RECORDS = 20_000;

    private final Suite suite;
    private final BenchArguments options;
    private final Path lines;
    private final Path work;
    private final FakesProcess fakes;
    private final Landing landing;
    private final CaseProcess processes;
    private final Map<BenchCase.Input, String> streams = new EnumMap<>(BenchCase.Input.class);
    private final long inputBytes;
    private int runs;

    CorridorRuns(Suite suite, BenchArguments options, Path lines, Path work, Path plugins)
            throws IOException {
        this.suite = suite;
        this.options = options;
        this.lines = lines;
        this.work = work;
        this.processes =
                new CaseProcess(
                        Map.of("FLINK_PLUGINS_DIR", plugins.toString()),
                        options.jvmOptionList(),
                        TIMEOUT_MINUTES);
        FlightLines flights = FlightLines.read(lines);
        this.inputBytes = flights.bytes(options.records);
        // Heap for both streams and what lands: payload twice, and as much again for its keeping.
        long heapMiB = 512 + 5 * inputBytes / (1024 * 1024);
        this.fakes = FakesProcess.start(heapMiB + "m");
        this.landing = new Landing(fakes.s3Endpoint());
    }

    /** Fills the streams that the cases read. */
    void fillStreams(List<BenchCase> cases) throws IOException, InterruptedException {
        FlightStreams filling = new FlightStreams(fakes.kinesisEndpoint(), options.shards);
        FlightLines flights = FlightLines.read(lines);
        for (BenchCase.Input input : BenchCase.Input.values()) {
            if (input == BenchCase.Input.LINES
                    || cases.stream().noneMatch(one -> one.input() == input)) {
                continue;
            }
            boolean aggregated = input == BenchCase.Input.AGGREGATED;
            streams.put(
                    input,
                    filling.fill(
                            aggregated ? "flights-kpl" : "flights",
                            flights,
                            options.records,
                            aggregated));
        }
    }

    /** One run of a case, with everything read back that it delivered. */
    CaseResult run(BenchCase benchCase) throws IOException, InterruptedException {
        String bucket = "run-" + ++runs;
        landing.create(bucket);
        fakes.forgetRequests();
        CaseFigures figures = run(settings(benchCase, bucket, options.records, 0));
        Map<String, RequestLog.Entry> requests = fakes.requests();
        Landing.Content content =
                benchCase.delivers()
                        ? landing.read(bucket, benchCase)
                        : new Landing.Content(0, figures.measured().outputBytes(), options.records);
        if (content.lines() != options.records) {
            throw new IOException(
                    "The case "
                            + benchCase.id()
                            + " delivered "
                            + content.lines()
                            + " of "
                            + options.records
                            + " records");
        }
        landing.delete(bucket);
        long firstRead =
                figures.measured().firstReadMillis() > 0
                        ? figures.measured().firstReadMillis()
                        : entries(requests, READS)
                                .mapToLong(RequestLog.Entry::firstStartMillis)
                                .min()
                                .orElseThrow();
        long lastPut =
                figures.measured().lastWriteMillis() > 0
                        ? figures.measured().lastWriteMillis()
                        : entries(requests, WRITES)
                                .mapToLong(RequestLog.Entry::lastEndMillis)
                                .max()
                                .orElseThrow();
        boolean warm = suite.leavesWarmUpOut();
        long from = warm ? figures.measured().warmMillis() : firstRead;
        return new CaseResult(
                benchCase,
                options.records,
                warm ? options.records - figures.measured().warmRecords() : options.records,
                figures.cpu().secondsBetween(from, lastPut),
                (lastPut - from) / 1e3,
                figures.jvmCpu().secondsBetween(from, lastPut),
                figures.peakResidentKiB() < 0 ? -1 : figures.peakResidentKiB() * 1024,
                figures.peakHeapBytes(),
                content.objects(),
                inputBytes,
                content.bytes());
    }

    /** One checkpoint with that many objects open. */
    StateResult holdOpen(int openObjects) throws IOException, InterruptedException {
        String bucket = "run-" + ++runs;
        landing.create(bucket);
        long records =
                Math.min(
                        STATE_MOST_RECORDS,
                        Math.max(
                                STATE_LEAST_RECORDS,
                                (long) openObjects * STATE_RECORDS_PER_OBJECT));
        CaseFigures figures = run(settings(BenchCase.MEMORY, bucket, records, openObjects));
        landing.delete(bucket);
        return new StateResult(
                openObjects,
                records,
                figures.measured().checkpointBytes(),
                figures.measured().checkpointMillis(),
                figures.measured().heapBytes(),
                figures.peakResidentKiB() * 1024);
    }

    /**
     * How old records are when they become visible: puts them at an even pace while a corridor
     * keeps up with them.
     */
    FreshnessResult keepUp(int seconds) throws IOException, InterruptedException {
        String bucket = "run-" + ++runs;
        landing.create(bucket);
        FreshnessRun freshness = new FreshnessRun(fakes, landing, options.shards, seconds);
        FreshnessResult result =
                freshness.run(
                        FlightLines.read(lines),
                        bucket,
                        (stream, records) -> {
                            streams.put(BenchCase.FRESHNESS.input(), stream);
                            run(settings(BenchCase.FRESHNESS, bucket, records, 0));
                        });
        landing.delete(bucket);
        return result;
    }

    @Override
    public void close() {
        landing.close();
        fakes.close();
    }

    private CaseFigures run(CaseSettings settings) throws IOException, InterruptedException {
        return processes.run(
                new CaseProcess.Call(
                        settings.benchCase().id(),
                        CaseMain.class.getName(),
                        System.getProperty("java.class.path"),
                        settings.toArguments(),
                        List.of(),
                        settings.work(),
                        settings.figures()));
    }

    private CaseSettings settings(
            BenchCase benchCase, String bucket, long records, int openObjects) {
        Path folder = work.resolve(bucket + '-' + benchCase.id());
        return new CaseSettings(
                benchCase,
                records,
                options.parallelism,
                openObjects,
                lines,
                fakes.kinesisEndpoint(),
                streams.getOrDefault(benchCase.input(), ""),
                fakes.s3Endpoint(),
                bucket,
                folder,
                folder.resolve("figures.properties"));
    }

    private static Stream<RequestLog.Entry> entries(
            Map<String, RequestLog.Entry> requests, List<String> actions) {
        return actions.stream().map(requests::get).filter(Objects::nonNull);
    }
}
