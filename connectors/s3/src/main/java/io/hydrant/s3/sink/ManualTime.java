package io.hydrant.s3.sink;

import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.util.FlinkRuntimeException;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Time that passes when it is told to, with timers that fire each at its instant. */
final class ManualTime implements ProcessingTimeService {

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(timer -> timer.at));
    private long now;

    ManualTime(long startMillis) {
        now = startMillis;
    }

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

    /** Lets time pass until then; does nothing where it is later already. */
    void passUntil(long millis) {
        while (!timers.isEmpty() && timers.peek().at <= millis) {
            Timer timer = timers.remove();
            now = Math.max(now, timer.at);
            if (!timer.isCancelled()) {
                fire(timer);
            }
        }
        now = Math.max(now, millis);
    }

    private static void fire(Timer timer) {
        try {
            timer.target.onProcessingTime(timer.at);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new FlinkRuntimeException(e);
        }
    }

    /** A timer as its owner sees it, who may do no more than cancel it. */
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
            throw new UnsupportedOperationException("There is no clock to measure it by");
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException("There is no clock to measure it by");
        }
    }
}
