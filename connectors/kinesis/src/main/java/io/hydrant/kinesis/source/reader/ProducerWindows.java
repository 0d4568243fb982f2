package io.hydrant.kinesis.source.reader;

import io.hydrant.kinesis.aggregation.ProducerStamp;
import io.hydrant.kinesis.source.DeduplicationConfig;
import io.hydrant.kinesis.source.split.SeenProducers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Which stamped records of a shard were emitted, so that copies are left out: for each producer the
 * largest number seen, and which of the {@link ProducerStamp#WINDOW} up to it. A number below those
 * is that of a copy for certain, because its producer had the record in the stream before it put
 * the one with the largest.
 *
 * <p>A producer is forgotten when nothing of it arrived for some time, or when too many others came
 * after it; then its copies are emitted. Nothing but a copy is ever left out.
 *
 * <p>Not thread-safe.
 */
final class ProducerWindows {

    private final DeduplicationConfig config;

    /** Those of which nothing was read for longest first. */
    private final LinkedHashMap<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true);

    ProducerWindows(DeduplicationConfig config, SeenProducers seen) {
        this.config = config;
        List<SeenProducers.Producer> producers = seen.producers();
        // Two shards that were merged leave more than one remembers.
        int first = Math.max(0, producers.size() - config.maxProducers());
        for (SeenProducers.Producer producer : producers.subList(first, producers.size())) {
            windows.put(producer.name(), new Window(producer));
        }
    }

    /**
     * Takes note of a record of the shard.
     *
     * @param arrivalMillis when it arrived at the stream
     * @return whether it is the first with this stamp; false for a copy
     */
    boolean isFirst(ProducerStamp stamp, long arrivalMillis) {
        Window window = windows.get(stamp.producer());
        if (window == null) {
            forget(arrivalMillis);
            window = new Window(stamp.number() - 1);
            windows.put(stamp.producer(), window);
        }
        window.lastArrival = Math.max(window.lastArrival, arrivalMillis);
        return window.add(stamp.number());
    }

    /** What is remembered, for the state. */
    SeenProducers snapshot() {
        List<SeenProducers.Producer> producers = new ArrayList<>(windows.size());
        windows.forEach((name, window) -> producers.add(window.snapshot(name)));
        return new SeenProducers(producers);
    }

    private void forget(long now) {
        Iterator<Window> eldest = windows.values().iterator();
        while (eldest.hasNext()) {
            boolean old = eldest.next().lastArrival < now - config.retention().toMillis();
            if (!old && windows.size() < config.maxProducers()) {
                return;
            }
            eldest.remove();
        }
    }

    /** The last numbers of one producer; 8 KiB. */
    private static final class Window {

        private static final int SIZE = ProducerStamp.WINDOW;

        /** Whether a number was seen, by its remainder; of those up to the largest only. */
        private final long[] seen = new long[SIZE / Long.SIZE];

        private long largest;
        private long lastArrival;

        Window(long largest) {
            this.largest = largest;
        }

        Window(SeenProducers.Producer producer) {
            largest = producer.largest();
            lastArrival = producer.lastArrival();
            BitSet behind = BitSet.valueOf(producer.seenBehind());
            for (int i = behind.nextSetBit(0); i >= 0; i = behind.nextSetBit(i + 1)) {
                set(largest - i);
            }
        }

        boolean add(long number) {
            if (number > largest) {
                if (number - largest >= SIZE) {
                    Arrays.fill(seen, 0);
                } else {
                    for (long between = largest + 1; between < number; between++) {
                        seen[word(between)] &= ~(1L << between);
                    }
                }
                largest = number;
                set(number);
                return true;
            }
            if (number <= largest - SIZE || has(number)) {
                return false;
            }
            set(number);
            return true;
        }

        SeenProducers.Producer snapshot(String name) {
            BitSet behind = new BitSet();
            for (int i = 0; i < SIZE && i <= largest; i++) {
                if (has(largest - i)) {
                    behind.set(i);
                }
            }
            return new SeenProducers.Producer(name, largest, lastArrival, behind.toLongArray());
        }

        private boolean has(long number) {
            return (seen[word(number)] & 1L << number) != 0;
        }

        private void set(long number) {
            seen[word(number)] |= 1L << number;
        }

        private static int word(long number) {
            return (int) (number % SIZE) / Long.SIZE;
        }
    }
}
