package io.hydrant.kinesis.source.consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Tells the end of a job from a failure. Flink closes an enumerator in both cases and says nothing
 * of the reason; but after a failure of the whole job it makes the next enumerator at once, from
 * the same source. So what is to be done at the job's end is done when none was made for a moment.
 *
 * <p>Where the process is on its way down, which ends a job too, the moment is cut short.
 *
 * <p>Breaks if the job's next enumerator is of another copy of the source, as with Flink's adaptive
 * scheduler: then the end is taken for one although the job restarts.
 *
 * <p>Thread-safe.
 */
public final class ConsumerLease {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLease.class);

    private final Duration moment;
    private int enumerators;
    private boolean hurry;

    /** With a moment that is long for Flink and short for whoever waits. */
    public ConsumerLease() {
        this(Duration.ofSeconds(1));
    }

    ConsumerLease(Duration moment) {
        this.moment = moment;
    }

    /** An enumerator was made. */
    public synchronized void begin() {
        enumerators++;
        notifyAll();
    }

    /**
     * That enumerator was closed.
     *
     * @param jobIsOver done in a thread of its own unless another enumerator is made
     * @param closing done in that thread in any case, afterwards
     * @return the thread
     */
    public synchronized Thread end(Runnable jobIsOver, Runnable closing) {
        int last = enumerators;
        Thread thread = new Thread(() -> outlive(last, jobIsOver, closing), "kinesis-job-end");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void outlive(int last, Runnable jobIsOver, Runnable closing) {
        Thread self = Thread.currentThread();
        Thread atExit = new Thread(() -> hurry(self), "kinesis-job-end-at-exit");
        boolean goingDown = false;
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) {
            LOG.debug("The process goes down already", e);
            goingDown = true;
        }
        try {
            if (goingDown || staysLast(last)) {
                jobIsOver.run();
            }
        } finally {
            closing.run();
            if (!goingDown) {
                forget(atExit);
            }
        }
    }

    private static void forget(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            LOG.debug("The process goes down, after all was done", e);
        }
    }

    private synchronized boolean staysLast(int last) {
        long end = System.nanoTime() + moment.toNanos();
        try {
            while (enumerators == last && !hurry) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return true;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return enumerators == last;
    }

    /** Does now what is waited with, and holds up the end of the process for it. */
    private void hurry(Thread thread) {
        synchronized (this) {
            hurry = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
