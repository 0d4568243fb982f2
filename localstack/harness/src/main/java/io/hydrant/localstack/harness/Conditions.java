package io.hydrant.localstack.harness;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until something holds, so that no test has to guess for how long to wait.
 *
 * <p>The condition is asked again after a pause that grows from 5 to 250 milliseconds: quick things
 * are noticed quickly, slow ones are not hammered.
 */
public final class Conditions {

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private Conditions() {}

    /**
     * Waits until the condition holds and fails the test if it does not in time.
     *
     * <p>A condition that throws an exception does not hold yet; the last exception becomes the
     * cause of the failure.
     *
     * @param timeout how long to wait at most
     * @param what what is waited for, as it should read in the failure: "the stream to be active"
     * @param condition asked repeatedly on the calling thread
     * @throws AssertionError when the time is over, or the thread is interrupted
     */
    public static void until(Duration timeout, String what, Callable<Boolean> condition) {
        Exception last = null;
        long deadline = System.nanoTime() + timeout.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                last = interrupted;
            } catch (Exception notYet) {
                last = notYet;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("Interrupted while waiting for " + what, last);
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError("Waited " + timeout + " in vain for " + what, last);
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
        }
    }

    /**
     * Waits until the condition holds and tells whether it did in time.
     *
     * @param timeout how long to wait at most
     * @param condition asked repeatedly on the calling thread; an exception means "not yet"
     * @return true when the condition held, false when the time was over or the thread interrupted
     */
    public static boolean comeTrue(Duration timeout, Callable<Boolean> condition) {
        try {
            until(timeout, "the condition", condition);
            return true;
        } catch (AssertionError timeOver) {
            return false;
        }
    }
}
