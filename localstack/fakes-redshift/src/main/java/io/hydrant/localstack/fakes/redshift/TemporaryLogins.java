package io.hydrant.localstack.fakes.redshift;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives temporary users and passwords out, and lets the cluster know. */
final class TemporaryLogins {

    /**
     * A user for a while.
     *
     * @param until when the cluster takes the password no more
     */
    record Login(String user, String password, Instant until) {}

    private final FakeRedshift redshift;
    private final Clock clock = Clock.systemUTC();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile Duration length;

    TemporaryLogins(FakeRedshift redshift) {
        this.redshift = redshift;
    }

    void last(Duration chosen) {
        length = chosen;
    }

    /** A login for that user for so many seconds, or for what a test chose. */
    Login give(String user, int seconds) {
        Duration lasts = length == null ? Duration.ofSeconds(seconds) : length;
        // With what XML and JSON write otherwise.
        String password = "temporary&<\"" + numbers.incrementAndGet();
        redshift.admit(user, password);
        return new Login(user, password, clock.instant().plus(lasts));
    }

    void endAll() {
        redshift.admitNoOthers();
    }
}
