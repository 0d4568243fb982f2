package io.hydrant.launcher.demo;

import io.hydrant.launcher.demo.DeliveredFlights.Delivered;
import io.hydrant.launcher.replay.ReplayStatus;
import io.hydrant.localstack.harness.flink.FlinkCluster;
import io.hydrant.localstack.harness.flink.FlinkJob;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * Tells how far the flights have come: into the stream, out of it, and how far behind the job is.
 */
final class LiveProgress {

    private final PrintWriter out;
    private final long total;
    private final FlinkCluster cluster;
    private final String job;
    private final DeliveredFlights delivered;
    private volatile ReplayStatus replay;
    private String told = "";

    LiveProgress(
            PrintWriter out,
            long total,
            FlinkCluster cluster,
            String job,
            DeliveredFlights delivered) {
        this.out = out;
        this.total = total;
        this.cluster = cluster;
        this.job = job;
        this.delivered = delivered;
    }

    /** Takes how far the replay is, and tells nobody. */
    void take(ReplayStatus status) {
        replay = status;
    }

    /** The replay tells this once a second. */
    void replayed(ReplayStatus status) {
        take(status);
        try {
            tell();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Prints one line if it is a new one, and returns what it says was delivered. */
    synchronized Delivered tell() throws IOException, InterruptedException {
        Delivered now = delivered.byLedger();
        String line = line(now);
        if (!line.equals(told)) {
            told = line;
            out.println(line);
            out.flush();
        }
        return now;
    }

    /** What is told when so much is delivered. */
    String line(Delivered now) throws IOException {
        ReplayStatus put = replay;
        return String.format(
                Locale.ROOT,
                "in %,7d of %,d (%.2f MB/s) | delivered %,7d in %,3d objects | lag %.1f s",
                put == null ? 0 : put.records(),
                total,
                put == null ? 0 : put.megabytesPerSecond(),
                now.records(),
                now.objects().size(),
                lagSeconds());
    }

    /** Of the shard that is furthest behind; shards that were not read yet say -1. */
    private double lagSeconds() throws IOException {
        double millis =
                cluster.rest().metrics(job, name -> name.endsWith(".millisBehindLatest")).max();
        return Math.max(0, millis) / 1000;
    }

    /** What to look at when nothing moves. */
    String diagnosis() throws IOException {
        FlinkJob state = cluster.rest().job(job);
        String failure = cluster.rest().lastFailure(job);
        return "The job is "
                + state.state()
                + (failure.isEmpty() ? "" : "; its last failure:\n" + failure)
                + "\nThe end of Flink's logs:\n"
                + cluster.logTail();
    }
}
