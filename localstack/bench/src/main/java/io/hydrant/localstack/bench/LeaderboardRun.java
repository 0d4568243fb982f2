package io.hydrant.localstack.bench;

import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.localstack.bench.measure.CaseProcess;
import io.hydrant.localstack.bench.report.LatencyResult;
import io.hydrant.localstack.bench.sql.Bids;
import io.hydrant.localstack.bench.sql.LeaderboardMain;
import io.hydrant.localstack.fakes.FakesProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Puts bids at an even pace while a leaderboard of them is kept. */
final class LeaderboardRun {

    private static final String STREAM = "latency";

    private final FakesProcess fakes;
    private final CaseProcess processes;
    private final int shards;
    private final int seconds;

    LeaderboardRun(FakesProcess fakes, CaseProcess processes, int shards, int seconds) {
        this.fakes = fakes;
        this.processes = processes;
        this.shards = shards;
        this.seconds = seconds;
    }

    LatencyResult run(Path work) throws IOException, InterruptedException {
        String arn = new FlightStreams(fakes.kinesisEndpoint(), shards).create(STREAM);
        fakes.forgetRequests();
        Path ages = work.resolve("ages");
        Path figures = work.resolve("figures.properties");
        CaseProcess.Call call =
                new CaseProcess.Call(
                        "leaderboard",
                        LeaderboardMain.class.getName(),
                        System.getProperty("java.class.path"),
                        LeaderboardMain.arguments(
                                fakes.kinesisEndpoint(), arn, seconds, work, figures, ages),
                        List.of(),
                        work,
                        figures);
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try {
            Future<?> board = beside.submit(() -> processes.run(call));
            PacedPuts puts = new PacedPuts(fakes);
            puts.awaitReader(board);
            // The process ends after so many seconds by itself, and this with it.
            puts.put(StreamArn.parse(arn), Bids::document, Long.MAX_VALUE, board);
        } catch (ExecutionException e) {
            throw new IOException("The leaderboard failed", e.getCause());
        } finally {
            beside.shutdownNow();
        }
        return LatencyResult.of(
                LeaderboardMain.WHAT,
                PacedPuts.RECORDS_PER_SECOND,
                Files.readAllLines(ages).stream().mapToLong(Long::parseLong).toArray());
    }
}
