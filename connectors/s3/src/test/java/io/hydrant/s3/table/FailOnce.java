package io.hydrant.s3.table;

import org.apache.flink.table.functions.ScalarFunction;

import java.util.concurrent.atomic.AtomicInteger;

/** Gives its first argument back, and fails once when it is the second. */
public final class FailOnce extends ScalarFunction {

    private static final long serialVersionUID = 1L;

    private static final AtomicInteger FAILURES_LEFT = new AtomicInteger();

    static void arm() {
        FAILURES_LEFT.set(1);
    }

    static boolean hasFailed() {
        return FAILURES_LEFT.get() < 1;
    }

    /** Flink calls it by this name. */
    public Long eval(Long value, int failing) {
        if (value == failing && FAILURES_LEFT.getAndDecrement() > 0) {
            throw new IllegalStateException("Fails on purpose");
        }
        return value;
    }
}
