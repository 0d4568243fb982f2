package io.hydrant.jobs.gateway.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The one moment until which something has to have happened. Not thread-safe: belongs to one
 * connection, or one stream of one.
 */
final class Deadline {

    private ScheduledFuture<?> pending;

    /** Sets it anew; what was set before does not happen any more. */
    void set(EventExecutor thread, Duration time, Runnable atEnd) {
        cancel();
        pending = thread.schedule(atEnd, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nothing has to happen. */
    void cancel() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }
}
