package io.hydrant.kinesis.aggregation;

import java.io.Serializable;
import java.util.Objects;

/**
 * Which producer put a user record, and which of that producer's records it is. Each copy of a
 * record that was put more than once has the same stamp, so that a reader can tell copies from
 * records that merely look alike.
 *
 * <p>In the stream it is a tag of the user record in its KPL aggregate: key {@link #TAG_KEY}, value
 * the number in base 36, and behind an {@code @} the producer, unless the user record before has
 * the same. Readers that know aggregates but not this tag pass over it, as the format asks.
 *
 * @param producer a name that no other producer has; letters, digits, {@code -} and {@code _}
 * @param number of the record, from 0
 */
public record ProducerStamp(String producer, long number) implements Serializable {

    static final String TAG_KEY = "hyd";

    static final int RADIX = 36;

    static final char BEFORE_PRODUCER = '@';

    /**
     * How far the numbers of one producer may be apart while copies still come: a producer puts the
     * record of a number only when all records of numbers smaller by this are in the stream for
     * certain.
     */
    public static final int WINDOW = 1 << 16;

    /** Validates what a tag can carry. */
    public ProducerStamp {
        Objects.requireNonNull(producer, "producer");
        if (producer.isEmpty() || producer.length() > 64 || number < 0) {
            throw new IllegalArgumentException(
                    "A stamp needs a producer of 1 to 64 characters and a number from 0, but has '"
                            + producer
                            + "' and "
                            + number);
        }
    }
}
