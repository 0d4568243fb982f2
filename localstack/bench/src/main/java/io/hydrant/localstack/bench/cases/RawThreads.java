package io.hydrant.localstack.bench.cases;

import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.ProcessMeter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs a limit on as many threads as the corridor has tasks, of which each takes its stretch of the
 * records, so that it finds cores, caches and memory as busy as the corridor finds them.
 */
final class RawThreads {

    private RawThreads() {}

    /** A stretch of the records. */
    abstract static class Share implements Callable<Long> {

        final long from;
        final long to;
        private final long warmFrom;
        private volatile long warmMillis;

        Share(long from, long to) {
            this.from = from;
            this.to = to;
            this.warmFrom = from + (to - from) / FlinkRun.WARM_UP_SHARE;
        }

        /** To be called in front of every record. */
        final void reached(long record) {
            if (record == warmFrom) {
                warmMillis = System.currentTimeMillis();
            }
        }
    }

    /** Makes a stretch from its first record to behind its last one. */
    interface Sharing {
        Share share(long from, long to);
    }

    /**
     * Runs all records in as many shares as there are tasks; each gives what it wrote, in bytes.
     */
    static Measured run(CaseSettings settings, Sharing sharing) throws Exception {
        int threads = settings.parallelism();
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            shares.add(
                    sharing.share(
                            settings.records() * i / threads,
                            settings.records() * (i + 1) / threads));
        }
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long start = System.currentTimeMillis();
            long written = 0;
            for (Future<Long> each : executor.invokeAll(shares)) {
                written += each.get();
            }
            long end = System.currentTimeMillis();
            return new Measured(
                    0,
                    start,
                    // The last one to be warm: what others did until then counts for the limit.
                    shares.stream().mapToLong(share -> share.warmMillis).max().orElseThrow(),
                    settings.records() / FlinkRun.WARM_UP_SHARE,
                    end,
                    0,
                    ProcessMeter.heapAfterCollection(),
                    0,
                    0,
                    written);
        } finally {
            executor.shutdown();
        }
    }
}
