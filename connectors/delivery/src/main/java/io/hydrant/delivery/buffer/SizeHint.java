package io.hydrant.delivery.buffer;

/**
 * The size hint in force. While the destination falls behind it doubles from checkpoint to
 * checkpoint, up to a bound, because larger objects cost fewer requests; once the destination has
 * kept up for a while it halves again, down to what is configured. Memory does not grow with it:
 * parts of an open object leave as they fill.
 *
 * <p>Source: Firehose developer guide, "Configure buffering hints": when delivery falls behind, the
 * buffer size is raised by itself. Not thread-safe but for {@link #bytes()}.
 */
public final class SizeHint {

    /** Checkpoints without waiting before the hint is lowered a step. */
    static final int CALM = 3;

    private final long configured;
    private final long most;
    private volatile long bytes;
    private int calm;

    /**
     * A hint as configured.
     *
     * @param configured bytes before compression
     * @param most bytes to which it may be raised; where it is no more than {@code configured} the
     *     hint never changes
     */
    public SizeHint(long configured, long most) {
        this.configured = configured;
        this.most = Math.max(configured, most);
        this.bytes = configured;
    }

    /** Bytes before compression at which an object is due. */
    public long bytes() {
        return bytes;
    }

    /**
     * Judges what has been since the last time.
     *
     * @param fellBehind whether records had to wait for the destination
     * @return whether the hint is another now
     */
    public boolean judge(boolean fellBehind) {
        long before = bytes;
        if (fellBehind) {
            calm = 0;
            bytes = before > most / 2 ? most : 2 * before;
        } else if (before > configured && ++calm == CALM) {
            calm = 0;
            bytes = Math.max(configured, before / 2);
        }
        return bytes != before;
    }
}
