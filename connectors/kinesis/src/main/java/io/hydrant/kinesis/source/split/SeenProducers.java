package io.hydrant.kinesis.source.split;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The producers whose stamped records were read from a shard, as far as they are remembered; part
 * of the state of its split.
 *
 * @param producers those of which nothing was read for longest first
 */
public record SeenProducers(List<Producer> producers) {

    /** Of a shard from which nothing with a stamp was read. */
    public static final SeenProducers NONE = new SeenProducers(List.of());

    /** Copies the list. */
    public SeenProducers {
        producers = List.copyOf(producers);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(producers.size());
        for (Producer producer : producers) {
            out.writeUTF(producer.name);
            out.writeLong(producer.largest);
            out.writeLong(producer.lastArrival);
            out.writeInt(producer.seenBehind.length);
            for (long word : producer.seenBehind) {
                out.writeLong(word);
            }
        }
    }

    static SeenProducers read(DataInput in) throws IOException {
        int count = in.readInt();
        List<Producer> producers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            long largest = in.readLong();
            long lastArrival = in.readLong();
            long[] seen = new long[in.readInt()];
            for (int word = 0; word < seen.length; word++) {
                seen[word] = in.readLong();
            }
            producers.add(new Producer(name, largest, lastArrival, seen));
        }
        return new SeenProducers(producers);
    }

    /** One producer; immutable. */
    public static final class Producer {

        private final String name;
        private final long largest;
        private final long lastArrival;
        private final long[] seenBehind;

        /**
         * What was seen of a producer.
         *
         * @param largest the largest number seen
         * @param lastArrival when its last record arrived, in milliseconds since the epoch
         * @param seenBehind bit i says whether the number that is smaller by i was seen; given away
         */
        public Producer(String name, long largest, long lastArrival, long[] seenBehind) {
            this.name = Objects.requireNonNull(name, "name");
            this.largest = largest;
            this.lastArrival = lastArrival;
            this.seenBehind = seenBehind;
        }

        /** Its name. */
        public String name() {
            return name;
        }

        /** The largest number seen. */
        public long largest() {
            return largest;
        }

        /** When its last record arrived, in milliseconds since the epoch. */
        public long lastArrival() {
            return lastArrival;
        }

        /** A copy of the bits. */
        public long[] seenBehind() {
            return seenBehind.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Producer that
                    && largest == that.largest
                    && lastArrival == that.lastArrival
                    && name.equals(that.name)
                    && Arrays.equals(seenBehind, that.seenBehind);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, largest);
        }

        @Override
        public String toString() {
            return name + " up to " + largest;
        }
    }
}
