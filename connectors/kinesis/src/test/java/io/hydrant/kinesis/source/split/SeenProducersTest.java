package io.hydrant.kinesis.source.split;

import io.hydrant.kinesis.aggregation.ProducerStamp;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

class SeenProducersTest {

    @Property(tries = 300)
    void knowsOfOneProducerWhatEitherShardKnew(
            @ForAll @Size(min = 1, max = 30) Set<@LongRange(min = 0, max = 150_000) Long> here,
            @ForAll @Size(min = 1, max = 30) Set<@LongRange(min = 0, max = 150_000) Long> there) {
        TreeSet<Long> both = new TreeSet<>(here);
        both.addAll(there);
        // What lies further back counts as seen without being remembered.
        both.removeIf(number -> number <= both.last() - ProducerStamp.WINDOW);

        SeenProducers joined = seen("p", 1, here).plus(seen("p", 2, there));

        assertThat(joined.producers()).hasSize(1);
        assertThat(numbers(joined.producers().get(0))).isEqualTo(both);
        assertThat(joined.producers().get(0).lastArrival()).isEqualTo(2);
    }

    @Test
    void keepsThoseThatWroteLastWhereThereAreTooManyToSend() {
        SeenProducers many = SeenProducers.NONE;
        for (int i = 0; i < 600; i++) {
            many = many.plus(new SeenProducers(List.of(full("p" + i, i))));
        }

        SeenProducers sent = many.handedOn();

        assertThat(sent.producers()).hasSizeBetween(500, 520);
        assertThat(sent.producers().get(sent.producers().size() - 1).name()).isEqualTo("p599");
        assertThat(sent.handedOn()).isSameAs(sent);
    }

    private static SeenProducers.Producer full(String name, long lastArrival) {
        long[] words = new long[ProducerStamp.WINDOW / Long.SIZE];
        Arrays.fill(words, -1);
        return new SeenProducers.Producer(name, 1_000_000, lastArrival, words);
    }

    private static SeenProducers seen(String name, long lastArrival, Set<Long> numbers) {
        long largest = new TreeSet<>(numbers).last();
        BitSet behind = new BitSet();
        for (long number : numbers) {
            if (number > largest - ProducerStamp.WINDOW) {
                behind.set((int) (largest - number));
            }
        }
        return new SeenProducers(
                List.of(
                        new SeenProducers.Producer(
                                name, largest, lastArrival, behind.toLongArray())));
    }

    private static Set<Long> numbers(SeenProducers.Producer producer) {
        Set<Long> numbers = new TreeSet<>();
        BitSet.valueOf(producer.seenBehind()).stream()
                .forEach(behind -> numbers.add(producer.largest() - behind));
        return numbers;
    }
}
