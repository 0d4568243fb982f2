package io.hydrant.kinesis.source.reader;

import io.hydrant.kinesis.aggregation.ProducerStamp;
import io.hydrant.kinesis.source.DeduplicationConfig;
import io.hydrant.kinesis.source.split.SeenProducers;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class ProducerWindowsTest {

    private static final DeduplicationConfig CONFIG =
            new DeduplicationConfig(3, Duration.ofSeconds(1));

    private ProducerWindows windows = new ProducerWindows(CONFIG, SeenProducers.NONE);

    /**
     * A producer puts no number before all that are smaller by a window are in the stream, and may
     * put any number again at any time.
     */
    @Property(tries = 100)
    void findsEveryCopyAndNothingElse(@ForAll long seed) {
        Random random = new Random(seed);
        windows = new ProducerWindows(CONFIG, SeenProducers.NONE);
        Set<Long> waiting = new HashSet<>();
        Set<Long> seen = new HashSet<>();
        long next = 0;
        for (int step = 0; step < 2_000; step++) {
            if (random.nextInt(200) == 0) {
                windows = new ProducerWindows(CONFIG, windows.snapshot());
            }
            int jump = random.nextInt(20) == 0 ? random.nextInt(100_000) : random.nextInt(30);
            long target = next + jump;
            for (long number : Set.copyOf(waiting)) {
                if (number <= target - ProducerStamp.WINDOW || random.nextInt(4) == 0) {
                    waiting.remove(number);
                    assertThat(put(number)).isEqualTo(seen.add(number));
                }
            }
            // Numbers between go to other shards.
            next = target;
            if (random.nextInt(3) == 0) {
                waiting.add(next);
            } else {
                assertThat(put(next)).isEqualTo(seen.add(next));
            }
            next++;
            long again = Math.max(0, next - random.nextInt(200_000));
            if (seen.contains(again)) {
                assertThat(put(again)).isFalse();
            }
        }
    }

    @Test
    void takesANumberBehindTheWindowForACopy() {
        put(ProducerStamp.WINDOW + 5L);

        assertThat(put(5)).isFalse();
        assertThat(put(6)).isTrue();
        assertThat(put(6)).isFalse();
    }

    @Test
    void tellsProducersApart() {
        assertThat(windows.isFirst(new ProducerStamp("a", 1), 0)).isTrue();
        assertThat(windows.isFirst(new ProducerStamp("b", 1), 0)).isTrue();
        assertThat(windows.isFirst(new ProducerStamp("a", 1), 0)).isFalse();
    }

    @Test
    void forgetsTheProducerThatWasSilentLongestWhenThereAreTooMany() {
        windows.isFirst(new ProducerStamp("a", 1), 0);
        windows.isFirst(new ProducerStamp("b", 1), 0);
        windows.isFirst(new ProducerStamp("c", 1), 0);
        windows.isFirst(new ProducerStamp("a", 2), 0);
        windows.isFirst(new ProducerStamp("d", 1), 0);

        assertThat(windows.snapshot().producers())
                .extracting(SeenProducers.Producer::name)
                .containsExactly("c", "a", "d");
        assertThat(windows.isFirst(new ProducerStamp("a", 1), 0)).isFalse();
    }

    @Test
    void forgetsProducersThatAreSilentForTheRetention() {
        windows.isFirst(new ProducerStamp("old", 1), 500);
        windows.isFirst(new ProducerStamp("young", 1), 600);
        windows.isFirst(new ProducerStamp("new", 1), 1_501);

        assertThat(windows.snapshot().producers())
                .extracting(SeenProducers.Producer::name)
                .containsExactly("young", "new");
    }

    @Test
    void remembersNoMoreThanTheWindow() {
        for (long number = 0; number < 3L * ProducerStamp.WINDOW; number++) {
            put(number);
        }

        assertThat(windows.snapshot().producers())
                .singleElement()
                .satisfies(
                        producer ->
                                assertThat(producer.seenBehind())
                                        .hasSize(ProducerStamp.WINDOW / Long.SIZE)
                                        .containsOnly(-1L));
    }

    private boolean put(long number) {
        return windows.isFirst(new ProducerStamp("producer", number), 0);
    }
}
