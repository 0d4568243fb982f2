package io.hydrant.delivery.sample;

import io.hydrant.core.record.Envelope;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.RelativeClock;

import java.time.Clock;
import java.time.Duration;

/**
 * Says until what arrival a shard was read. A shard to which nothing comes for a while was read
 * until that while ago, so that its intervals end; one that never had a record holds up nobody.
 */
final class ArrivalWatermarks implements WatermarkGenerator<Envelope> {

    /**
     * How long nothing has to come; time in which the job itself held reading up does not count.
     */
    static final Duration QUIET = Duration.ofSeconds(10);

    private static final long NONE = Long.MIN_VALUE;

    private final RelativeClock active;
    private final Clock clock;
    private long newestArrival = NONE;
    private long lastNanos;

    ArrivalWatermarks(RelativeClock active, Clock clock) {
        this.active = active;
        this.clock = clock;
        this.lastNanos = active.relativeTimeNanos();
    }

    /** Watermarks of each shard, as the source's own timestamps have the arrivals. */
    static WatermarkStrategy<Envelope> strategy() {
        return WatermarkStrategy.forGenerator(
                context ->
                        new ArrivalWatermarks(context.getInputActivityClock(), Clock.systemUTC()));
    }

    @Override
    public void onEvent(Envelope record, long timestamp, WatermarkOutput output) {
        // Markers are no events, and have no time.
        if (timestamp > newestArrival) {
            newestArrival = timestamp;
        }
        lastNanos = active.relativeTimeNanos();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        boolean isQuiet = active.relativeTimeNanos() - lastNanos >= QUIET.toNanos();
        if (newestArrival != NONE) {
            long readUntil =
                    isQuiet
                            ? Math.max(newestArrival, clock.millis() - QUIET.toMillis())
                            : newestArrival;
            output.emitWatermark(new Watermark(readUntil - 1));
        } else if (isQuiet) {
            output.markIdle();
        }
    }
}
