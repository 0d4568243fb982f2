package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.split.KinesisShardSplit;

import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What all readers of shards have in common: how they wait, are woken and are ended.
 *
 * <p>{@link #wakeUp} and {@link #abort} may be called from any thread, all else from one.
 */
abstract class ShardReader implements SplitReader<Envelope, KinesisShardSplit> {

    /** Guards what other threads touch; readers of a task share it. */
    final BatchPermits monitor;

    /** Paces calls. */
    final ReaderTime time;

    private boolean woken;
    private boolean aborted;
    private Thread caller;

    ShardReader(BatchPermits permits, ReaderTime time) {
        this.monitor = permits;
        this.time = time;
    }

    @Override
    public void wakeUp() {
        synchronized (monitor) {
            woken = true;
            monitor.notifyAll();
        }
    }

    /** Ends waiting and calls for good; every later fetch is empty. */
    final void abort() {
        synchronized (monitor) {
            aborted = true;
            if (caller != null) {
                caller.interrupt();
            }
            monitor.notifyAll();
        }
    }

    final boolean isAborted() {
        synchronized (monitor) {
            return aborted;
        }
    }

    /**
     * Waits until there is something to do; false when woken, interrupted or ended before.
     *
     * @param nanosLeft asked under the monitor's lock, again whenever something may have changed:
     *     nanoseconds to wait, 0 to stop waiting
     */
    final boolean await(LongSupplier nanosLeft) {
        synchronized (monitor) {
            try {
                while (!woken && !aborted) {
                    long left = nanosLeft.getAsLong();
                    if (left <= 0) {
                        return true;
                    }
                    time.await(monitor, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            woken = false;
            return false;
        }
    }

    /** Makes a call that {@link #abort} can end. */
    final <T> T call(Supplier<T> call) {
        synchronized (monitor) {
            caller = Thread.currentThread();
            if (aborted) {
                caller.interrupt();
            }
        }
        try {
            return call.get();
        } finally {
            synchronized (monitor) {
                caller = null;
                if (aborted) {
                    // The interrupt was for the call; the fetcher's thread ends on its own.
                    Thread.interrupted();
                }
            }
        }
    }
}
