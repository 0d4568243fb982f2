package io.hydrant.localstack.bench.ingest;

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Clients that each put five hundred records at a time and wait for the answer: first as fast as
 * they go, then at an even pace, for how long an answer takes where nobody is in a hurry.
 */
final class PutClients {

    /** Records of a call. */
    static final int BATCH = 500;

    /** Calls a second of all clients at the even pace: ten thousand records. */
    static final int EVEN_CALLS = 20;

    /** The part of the fast run that only warms up. */
    private static final int WARM_UP_SHARE = 3;

    private final Call call;
    private final int clients;
    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Puts one batch, by its number, and returns when all of it was acknowledged. */
    @FunctionalInterface
    interface Call {
        void put(long batch) throws IOException;
    }

    PutClients(Call call, int clients) {
        this.call = call;
        this.clients = clients;
    }

    /**
     * Puts.
     *
     * @param records as fast as they go; a multiple of a batch
     * @param evenSeconds how long to go on at the even pace, 0 for not
     */
    PutFigures run(long records, int evenSeconds) throws IOException, InterruptedException {
        int batches = Math.toIntExact(records / BATCH);
        int warm = batches / WARM_UP_SHARE;
        long[] nanos = new long[batches];
        AtomicLong done = new AtomicLong();
        long[] warmAt = new long[2];
        inParallel(
                batches,
                batch -> {
                    long start = System.nanoTime();
                    putOrFail(batch);
                    nanos[(int) batch] = System.nanoTime() - start;
                    if (done.incrementAndGet() == warm) {
                        warmAt[0] = System.currentTimeMillis();
                        warmAt[1] = system.getProcessCpuTime();
                    }
                });
        long end = System.currentTimeMillis();
        double seconds = (system.getProcessCpuTime() - warmAt[1]) / 1e9;
        long[] even = evenly(batches, evenSeconds * EVEN_CALLS);
        return new PutFigures(
                warmAt[0],
                (long) warm * BATCH,
                end,
                (long) (batches + even.length) * BATCH,
                seconds,
                PutFigures.quantile(Arrays.copyOfRange(nanos, warm, batches), 0.99),
                PutFigures.quantile(even, 0.5),
                PutFigures.quantile(even, 0.99));
    }

    /** Counts from the moment when a call is due: one that waits for another is late too. */
    private long[] evenly(long firstBatch, int calls) throws IOException, InterruptedException {
        long[] nanos = new long[calls];
        long begin = System.nanoTime();
        inParallel(
                calls,
                number -> {
                    long due = begin + number * TimeUnit.SECONDS.toNanos(1) / EVEN_CALLS;
                    while (System.nanoTime() - due < 0) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    putOrFail(firstBatch + number);
                    nanos[(int) number] = System.nanoTime() - due;
                });
        return nanos;
    }

    private void inParallel(long count, LongConsumer task)
            throws IOException, InterruptedException {
        AtomicLong next = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(
                        threads.submit(
                                () -> {
                                    for (long number = next.getAndIncrement();
                                            number < count;
                                            number = next.getAndIncrement()) {
                                        task.accept(number);
                                    }
                                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("A client failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private void putOrFail(long batch) {
        try {
            call.put(batch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
