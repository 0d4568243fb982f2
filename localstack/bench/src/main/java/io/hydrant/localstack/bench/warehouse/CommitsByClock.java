package io.hydrant.localstack.bench.warehouse;

import io.hydrant.core.record.Envelope;
import io.hydrant.localstack.bench.cases.FlightLines;
import io.hydrant.localstack.bench.cases.MemoryFlights;
import io.hydrant.localstack.bench.measure.LocalFlink;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How old rows are when a query sees them, where they are committed at an interval.
 *
 * <p>The interval itself is not waited for. The rows that would arrive within one come as fast as
 * they can, then the checkpoint that ends it is asked for, and from there to the moment when a
 * query sees all of them is real time: checkpoint, commit and load of as many rows and files. A
 * row's age is that time and what was left of the interval when it arrived by its own clock.
 */
final class CommitsByClock {

    private static final int[] INTERVAL_SECONDS = {5, 60, 300};

    /** The JVM's first commits are not looked at. */
    private static final int WARM_UP = 3;

    private static final AtomicLong SENT = new AtomicLong();

    private final WarehouseSettings settings;
    private final FlightLines lines;
    private final CommitTarget target;

    CommitsByClock(WarehouseSettings settings, FlightLines lines, CommitTarget target) {
        this.settings = settings;
        this.lines = lines;
        this.target = target;
    }

    CommitFigures.All run() throws Exception {
        List<CommitFigures> figures = new ArrayList<>();
        for (int seconds : INTERVAL_SECONDS) {
            figures.add(run(seconds, "every_" + seconds + "_seconds"));
        }
        return new CommitFigures.All(figures);
    }

    private CommitFigures run(int intervalSeconds, String table) throws Exception {
        int commits = settings.commits() + WARM_UP;
        // A batch is as many rows of every task.
        int batch =
                Math.max(1, intervalSeconds * settings.rowsPerSecond() / settings.parallelism())
                        * settings.parallelism();
        target.create(table);
        SENT.set(0);
        Configuration config = WatchedJob.configuration(settings.work());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(settings.parallelism());
        DataStream<Envelope> flights =
                env.fromSource(
                                // One batch too many, so that the job does not end by itself.
                                MemoryFlights.inBatches(lines, (commits + 1L) * batch, batch),
                                WatermarkStrategy.noWatermarks(),
                                "flights")
                        .map(CommitsByClock::count);
        target.deliver(flights, table);
        double[] lags = new double[settings.commits()];
        CommitTarget.Loads before = new CommitTarget.Loads(0, 0);
        try (MiniCluster flink = LocalFlink.start(config, settings.parallelism())) {
            WatchedJob job = WatchedJob.submit(flink, env);
            job.awaitTasks();
            for (int commit = 0; commit < commits; commit++) {
                // Flink takes a checkpoint of its own when tasks begin, so rows are not counted
                // from 0.
                long due = target.rows(table) + batch;
                job.await(() -> SENT.get() >= due);
                long rows = SENT.get();
                long end = System.nanoTime();
                job.checkpoint();
                job.await(() -> target.rows(table) >= rows);
                if (commit >= WARM_UP) {
                    lags[commit - WARM_UP] = (System.nanoTime() - end) / 1e9;
                } else {
                    before = target.loads(table);
                }
            }
            job.cancel();
        }
        CommitTarget.Loads all = target.loads(table);
        return CommitFigures.of(
                intervalSeconds,
                settings.rowsPerSecond(),
                lags,
                all.files() - before.files(),
                all.loads() - before.loads());
    }

    private static Envelope count(Envelope flight) {
        SENT.incrementAndGet();
        return flight;
    }
}
