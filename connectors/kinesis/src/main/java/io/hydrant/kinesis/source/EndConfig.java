package io.hydrant.kinesis.source;

import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/**
 * Where a read ends, as configured.
 *
 * @param position the kind of end
 * @param timestamp the time for AT_TIMESTAMP, else null
 */
public record EndConfig(EndPosition position, Instant timestamp) implements Serializable {

    /** A read without end. */
    public static final EndConfig NONE = new EndConfig(EndPosition.NONE, null);

    /** Validates what goes together. */
    public EndConfig {
        Objects.requireNonNull(position, "position");
        if ((position == EndPosition.AT_TIMESTAMP) != (timestamp != null)) {
            throw new IllegalArgumentException(
                    KinesisSourceOptions.END_POSITION.key()
                            + " is "
                            + position
                            + " and "
                            + KinesisSourceOptions.END_TIMESTAMP.key()
                            + " is "
                            + timestamp
                            + "; AT_TIMESTAMP needs a time, and nothing else takes one");
        }
    }

    /** Whether the read ends. */
    public boolean isBounded() {
        return position != EndPosition.NONE;
    }

    static EndConfig from(ReadableConfig config) {
        return new EndConfig(
                config.get(KinesisSourceOptions.END_POSITION),
                TimestampOption.read(
                        config,
                        KinesisSourceOptions.END_TIMESTAMP,
                        KinesisSourceOptions.END_TIMESTAMP_FORMAT));
    }

    /** Refuses a read that holds nothing by itself. */
    void requireAfter(InitialPosition start, Instant startTimestamp) {
        if (start == InitialPosition.LATEST && position == EndPosition.NOW) {
            throw new IllegalArgumentException(
                    KinesisSourceOptions.INIT_POSITION.key()
                            + " is LATEST and "
                            + KinesisSourceOptions.END_POSITION.key()
                            + " is NOW, between which nothing lies; begin at TRIM_HORIZON or"
                            + " AT_TIMESTAMP");
        }
        if (startTimestamp != null && timestamp != null && !timestamp.isAfter(startTimestamp)) {
            throw new IllegalArgumentException(
                    KinesisSourceOptions.END_TIMESTAMP.key()
                            + " is "
                            + timestamp
                            + "; it must be later than "
                            + KinesisSourceOptions.INIT_TIMESTAMP.key()
                            + ", "
                            + startTimestamp);
        }
    }
}
