package io.hydrant.kinesis.source.reader;

/**
 * Bounds the batches of a task that are read and not yet emitted. A thread asks before it reads, so
 * none ever waits to hand a batch over: Flink's queue may forget a thread that waits there when
 * shards were added meanwhile, and its shards would stand still.
 *
 * <p>Readers of a task also wait on this object for all else, so that one notification reaches
 * them.
 */
final class BatchPermits {

    private int free;

    BatchPermits(int batches) {
        this.free = batches;
    }

    /** Takes one if there is one. */
    synchronized boolean tryAcquire() {
        if (free == 0) {
            return false;
        }
        free--;
        return true;
    }

    /** Gives one back, and wakes who waits for it. */
    synchronized void release() {
        free++;
        notifyAll();
    }
}
