package io.hydrant.sql.kda.job;

/**
 * The time of an application's input: says which ROWTIME a record gets, and how far time has come
 * when nothing comes.
 *
 * <p>ROWTIME is the time of arrival, unless time has passed it already (a shard that was silent for
 * too long, a record that is out of order in its shard); then it is the earliest that still counts.
 * So no row is ever too late for its window, and rows of one shard keep their order.
 *
 * <p>Time goes on by the clock when all shards are silent: at once where the last record was read
 * shortly after it had arrived, for then there are no others; else after a while, for others may
 * only be unreadable at the moment.
 */
final class RowClock {

    private final long idleMillis;
    private final long backlogMillis;

    private long watermark = Long.MIN_VALUE;
    private boolean silent;

    /** When the last record before the silence was read. */
    private long lastRead;

    /** The watermark of that time. */
    private long lastArrival = Long.MIN_VALUE;

    RowClock(long idleMillis, long backlogMillis) {
        this.idleMillis = idleMillis;
        this.backlogMillis = backlogMillis;
    }

    /** The ROWTIME of a record. */
    long rowtime(long arrival) {
        return arrival > watermark ? arrival : watermark + 1;
    }

    /** Records up to that time have come; answers how far time is. */
    long watermark(long time) {
        watermark = Math.max(watermark, time);
        return watermark;
    }

    /** All shards have been silent for the idle timeout. */
    void silence(long now) {
        if (!silent) {
            silent = true;
            lastRead = now - idleMillis;
            lastArrival = watermark;
        }
    }

    /** A record came. */
    void sound() {
        silent = false;
    }

    boolean isSilent() {
        return silent;
    }

    /** How far time has come by the clock; answers how far time is. */
    long advance(long now) {
        if (!silent) {
            return watermark;
        }
        boolean wasCurrent = lastArrival != Long.MIN_VALUE && lastRead - lastArrival <= idleMillis;
        return wasCurrent || now - lastRead >= backlogMillis
                ? watermark(now - idleMillis)
                : watermark;
    }
}
