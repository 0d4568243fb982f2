package io.hydrant.localstack.bench;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.localstack.bench.measure.CaseFigures;
import io.hydrant.localstack.bench.measure.CaseProcess;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.report.IdleResult;
import io.hydrant.localstack.bench.report.StreamResult;
import io.hydrant.localstack.bench.stream.Load;
import io.hydrant.localstack.bench.stream.StreamCase;
import io.hydrant.localstack.bench.stream.StreamCaseMain;
import io.hydrant.localstack.bench.stream.StreamCaseSettings;
import io.hydrant.localstack.fakes.FakesProcess;
import io.hydrant.localstack.fakes.http.RequestLog;
import io.hydrant.localstack.fakes.kinesis.PreparedRecord;

import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs readers and writers one after the other against one fake Kinesis. */
final class StreamRuns implements AutoCloseable {

    private static final String ARN_PREFIX = "arn:aws:kinesis:us-east-1:000000000000:stream/";
    private static final long TIMEOUT_MINUTES = 3;

    private final StreamArguments options;
    private final Path work;
    private final RivalConnector rival;
    private final FakesProcess fakes;
    private final AwsClientConfig aws;
    private final KinesisClient client;
    private final CaseProcess processes;
    private int streams;
    private int runs;

    /**
     * Runs against a fake that is started now.
     *
     * @param heapMiB memory of the fake
     */
    StreamRuns(StreamArguments options, Path work, RivalConnector rival, long heapMiB)
            throws IOException {
        this.options = options;
        this.work = work;
        this.rival = rival;
        this.processes = new CaseProcess(Map.of(), options.jvmOptionList(), TIMEOUT_MINUTES);
        this.fakes = FakesProcess.start(heapMiB + "m");
        this.aws =
                AwsClientConfig.forEndpoint(
                        fakes.kinesisEndpoint(), "us-east-1", "anyone", "anything");
        this.client = AwsClients.create(KinesisClient.builder(), aws);
    }

    /** Makes a stream that holds that many user records; gives its ARN. */
    String fill(Load load, int shards, long records) throws IOException {
        Path file = work.resolve("load");
        PreparedRecord.writeAll(file, PreparedLoad.records(load, shards));
        String name = "stream-" + ++streams;
        fakes.fill(name, shards, records / load.perKinesisRecord(), file);
        return ARN_PREFIX + name;
    }

    /** Makes an empty stream; gives its ARN. */
    String create(int shards) {
        String name = "stream-" + ++streams;
        client.createStream(r -> r.streamName(name).shardCount(shards));
        return ARN_PREFIX + name;
    }

    /** Forgets a stream. */
    void delete(String arn) {
        client.deleteStream(r -> r.streamARN(arn));
    }

    /** Reads a stream once. */
    StreamResult read(StreamCase reader, Load load, int shards, String arn, List<String> jvmOptions)
            throws IOException, InterruptedException {
        long records = counted(reader, load);
        fakes.forgetRequests();
        Duration before = fakes.cpuTime();
        CaseFigures figures = run(settings(reader, load, records, 0, arn), jvmOptions);
        Duration server = fakes.cpuTime().minus(before);
        if (figures.measured().records() != records) {
            throw new IOException(
                    "The case "
                            + reader.id()
                            + " read "
                            + figures.measured().records()
                            + " of "
                            + records
                            + " records");
        }
        RequestLog.Entry reads = fakes.requests().get("GetRecords");
        return result(
                reader, load, shards, figures, reads, figures.measured().lastWriteMillis(), server);
    }

    /** Puts into a stream once, reads back what landed, and forgets the stream. */
    StreamResult put(StreamCase writer, Load load, int shards)
            throws IOException, InterruptedException {
        String arn = create(shards);
        fakes.forgetRequests();
        Duration before = fakes.cpuTime();
        CaseFigures figures = run(settings(writer, load, options.records, 0, arn), List.of());
        Duration server = fakes.cpuTime().minus(before);
        RequestLog.Entry puts = fakes.requests().get("PutRecords");
        StoredRecords.require(aws, arn, writer.id(), options.records);
        delete(arn);
        return result(writer, load, shards, figures, puts, puts.lastEndMillis(), server);
    }

    /** Reads a stream to its end and stays there for a while, under the service's limits. */
    IdleResult idle(StreamCase reader, int shards, int seconds)
            throws IOException, InterruptedException {
        String arn = fill(Load.PLAIN_300, shards, shards);
        fakes.throttleReads(true);
        fakes.forgetRequests();
        long refusedBefore = fakes.refusedReads();
        CaseFigures figures =
                run(settings(reader, Load.PLAIN_300, shards, seconds, arn), List.of());
        fakes.throttleReads(false);
        delete(arn);
        RequestLog.Entry calls = fakes.requests().get("GetRecords");
        long idleFrom = figures.measured().lastWriteMillis();
        return new IdleResult(
                reader,
                shards,
                calls.count(),
                (calls.lastEndMillis() - calls.firstStartMillis()) / 1e3,
                fakes.refusedReads() - refusedBefore,
                figures.cpu().secondsBetween(idleFrom, idleFrom + seconds * 1000L) / seconds);
    }

    @Override
    public void close() {
        client.close();
        fakes.close();
    }

    private StreamResult result(
            StreamCase streamCase,
            Load load,
            int shards,
            CaseFigures figures,
            RequestLog.Entry calls,
            long end,
            Duration server) {
        Measured measured = figures.measured();
        long perRecord = options.records / measured.records();
        return new StreamResult(
                streamCase,
                load,
                shards,
                options.records,
                options.records - measured.warmRecords() * perRecord,
                figures.cpu().secondsBetween(measured.warmMillis(), end),
                figures.jvmCpu().secondsBetween(measured.warmMillis(), end),
                (end - measured.warmMillis()) / 1e3,
                figures.cpu().secondsBetween(calls.firstStartMillis(), end),
                measured.firstReadMillis() == 0
                        ? -1
                        : measured.firstReadMillis() - measured.startMillis(),
                figures.peakResidentKiB() < 0 ? -1 : figures.peakResidentKiB() * 1024,
                measured.heapBytes(),
                calls.count(),
                server.toMillis() / 1e3);
    }

    /**
     * Records that a reader counts when it has read all: one that leaves aggregates whole, those.
     */
    private long counted(StreamCase reader, Load load) {
        return reader.deaggregates() ? options.records : options.records / load.perKinesisRecord();
    }

    private CaseFigures run(StreamCaseSettings settings, List<String> jvmOptions)
            throws IOException, InterruptedException {
        return processes.run(
                new CaseProcess.Call(
                        settings.streamCase().id(),
                        StreamCaseMain.class.getName(),
                        settings.streamCase().isRival()
                                ? rival.classPath()
                                : System.getProperty("java.class.path"),
                        settings.toArguments(),
                        jvmOptions,
                        settings.work(),
                        settings.figures()));
    }

    private StreamCaseSettings settings(
            StreamCase streamCase, Load load, long records, int idleSeconds, String arn) {
        Path folder = work.resolve("run-" + ++runs + '-' + streamCase.id());
        return new StreamCaseSettings(
                streamCase,
                load,
                records,
                options.parallelism,
                idleSeconds,
                fakes.kinesisEndpoint(),
                arn,
                folder,
                folder.resolve("figures.properties"));
    }
}
