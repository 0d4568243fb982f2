package io.hydrant.s3.sink;

import org.apache.flink.api.common.operators.ProcessingTimeService;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Processing time that passes when the test says so. */
final class FakeTime implements ProcessingTimeService {

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(timer -> timer.at));
    private long now = 1_700_000_000_000L;

    @Override
    public long getCurrentProcessingTime() {
        return now;
    }

    @Override
    public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
        Timer timer = new Timer(timestamp, target);
        timers.add(timer);
        return timer;
    }

    /** Lets time pass and timers fire, each at its instant. */
    void pass(long millis) throws Exception {
        long until = now + millis;
        while (!timers.isEmpty() && timers.peek().at <= until) {
            Timer timer = timers.remove();
            now = Math.max(now, timer.at);
            if (!timer.isCancelled()) {
                timer.target.onProcessingTime(timer.at);
            }
        }
        now = until;
    }

    int timers() {
        return timers.size();
    }

    private static final class Timer extends CompletableFuture<Void>
            implements ScheduledFuture<Void> {

        private final long at;
        private final ProcessingTimeCallback target;

        private Timer(long at, ProcessingTimeCallback target) {
            this.at = at;
            this.target = target;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException();
        }
    }
}
