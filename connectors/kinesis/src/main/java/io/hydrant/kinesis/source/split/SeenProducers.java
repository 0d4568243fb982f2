package io.hydrant.kinesis.source.split;

import io.hydrant.kinesis.aggregation.ProducerStamp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The producers whose stamped records were read from a shard, as far as they are remembered; part
 * of the state of its split.
 *
 * @param producers those of which nothing was read for longest first
 */
public record SeenProducers(List<Producer> producers) implements Serializable {

    /** Messages between tasks bear 10 MiB, and a merge hands on what two shards left. */
    private static final int MOST_HANDED_ON = 4 << 20;

    private static final Comparator<Producer> BY_LAST_ARRIVAL =
            Comparator.comparingLong(Producer::lastArrival);

    /** Of a shard from which nothing with a stamp was read. */
    public static final SeenProducers NONE = new SeenProducers(List.of());

    /** Copies the list. */
    public SeenProducers {
        producers = List.copyOf(producers);
    }

    /** What was seen here or there; of a producer that both know, either's numbers. */
    public SeenProducers plus(SeenProducers other) {
        Map<String, Producer> all = new LinkedHashMap<>();
        producers.forEach(producer -> all.put(producer.name(), producer));
        other.producers.forEach(producer -> all.merge(producer.name(), producer, Producer::plus));
        return new SeenProducers(all.values().stream().sorted(BY_LAST_ARRIVAL).toList());
    }

    /** So many of them as can be sent, those that wrote last. */
    public SeenProducers handedOn() {
        long bytes = 0;
        int first = producers.size();
        while (first > 0) {
            Producer next = producers.get(first - 1);
            bytes += next.name.length() + (long) Long.BYTES * (next.seenBehind.length + 4);
            if (bytes > MOST_HANDED_ON) {
                break;
            }
            first--;
        }
        return first == 0 ? this : new SeenProducers(producers.subList(first, producers.size()));
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
    public static final class Producer implements Serializable {

        private static final long serialVersionUID = 1L;

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

        private Producer plus(Producer other) {
            if (other.largest > largest) {
                return other.plus(this);
            }
            long behind = largest - other.largest;
            BitSet both = BitSet.valueOf(seenBehind);
            if (behind < ProducerStamp.WINDOW) {
                BitSet theirs = BitSet.valueOf(other.seenBehind);
                int most = ProducerStamp.WINDOW - (int) behind;
                for (int i = theirs.nextSetBit(0); i >= 0 && i < most; ) {
                    both.set(i + (int) behind);
                    i = theirs.nextSetBit(i + 1);
                }
            }
            return new Producer(
                    name, largest, Math.max(lastArrival, other.lastArrival), both.toLongArray());
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
