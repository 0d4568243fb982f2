package io.hydrant.jobs.gateway.http;

import java.time.Duration;

/**
 * Judges how many frames a connection may send that are no part of a request: pings, settings,
 * priorities, windows. There is a number for any stretch of time, for they cost the gateway as much
 * as the sender; and some for each request, since busy clients send more of them.
 */
final class SideFrames {

    private static final long STRETCH_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int OF_STRETCH = 1_000;
    private static final int OF_REQUEST = 10;

    private long stretchBegan;
    private long left;

    SideFrames(long nowNanos) {
        begin(nowNanos);
    }

    private void begin(long nowNanos) {
        stretchBegan = nowNanos;
        left = OF_STRETCH;
    }

    /** A request begins. */
    void requestBegins() {
        left += OF_REQUEST;
    }

    /** Whether one more may come. */
    boolean takesOne(long nowNanos) {
        if (nowNanos - stretchBegan >= STRETCH_NANOS) {
            begin(nowNanos);
        }
        left--;
        return left >= 0;
    }
}
