package io.hydrant.jobs.gateway.limits;

import java.util.concurrent.atomic.AtomicLong;

/** Memory for the bodies of all requests under way. Thread-safe. */
public final class ByteBudget {

    private final long max;
    private final AtomicLong used = new AtomicLong();

    /** So much for all together. */
    public ByteBudget(long max) {
        this.max = max;
    }

    /** Whether there is so much left; then it is taken. */
    public boolean take(long bytes) {
        long after = used.addAndGet(bytes);
        if (after > max) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** So much is not needed any more. */
    public void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /** So much is taken. */
    public long used() {
        return used.get();
    }
}
