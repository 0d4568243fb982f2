package io.hydrant.kinesis.source.split;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Objects;

/**
 * What a shard that was read to its end leaves to the shards that it was split or merged into.
 *
 * @param since a time, in milliseconds since the epoch, before which no record of the children can
 *     have arrived; 0 where none is known
 * @param producers whose copies are known
 */
public record Inheritance(long since, SeenProducers producers) implements Serializable {

    /** Nothing is known. */
    public static final Inheritance NONE = new Inheritance(0, SeenProducers.NONE);

    /** Validates that nothing is missing. */
    public Inheritance {
        Objects.requireNonNull(producers, "producers");
    }

    /** Whether there is nothing to hand on. */
    public boolean isEmpty() {
        return since == 0 && producers.producers().isEmpty();
    }

    /** What a shard inherits from two: it is younger than both, and knows the copies of both. */
    public Inheritance plus(Inheritance other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        return new Inheritance(Math.max(since, other.since), producers.plus(other.producers));
    }

    /** The same, since that time at the earliest. */
    public Inheritance since(long millis) {
        return millis <= since ? this : new Inheritance(millis, producers);
    }

    /** Writes it into a larger state, whose version says that it is there. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(since);
        producers.write(out);
    }

    /** Reads what {@link #write} wrote. */
    public static Inheritance read(DataInput in) throws IOException {
        return new Inheritance(in.readLong(), SeenProducers.read(in));
    }
}
