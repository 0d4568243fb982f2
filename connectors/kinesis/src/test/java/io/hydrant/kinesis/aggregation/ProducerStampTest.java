package io.hydrant.kinesis.aggregation;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.stream.HashKey;
import io.hydrant.kinesis.stream.HashKeyRange;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProducerStampTest {

    private static final HashKeyRange UPPER =
            new HashKeyRange(new HashKey(Long.MIN_VALUE, 0), HashKey.MAX);

    private final KplAggregator aggregator = new KplAggregator(51_200);

    @Property(tries = 300)
    void everyUserRecordComesBackWithItsStamp(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 80) int records) {
        Random random = new Random(seed);
        List<ProducerStamp> stamps = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            ProducerStamp stamp =
                    random.nextInt(5) == 0
                            ? null
                            : new ProducerStamp("p" + random.nextInt(3), random.nextLong() >>> 1);
            stamps.add(stamp);
            add(i, stamp);
        }
        boolean plain = records == 1 && stamps.get(0) == null;

        AggregatedRecord record = aggregator.build();

        assertThat(read(record, HashKeyRange.ALL)).isEqualTo(stamps);
        assertThat(record.partitionKey()).isEqualTo(records == 1 ? "key 0" : "a");
        assertThat(new String(record.data(), StandardCharsets.UTF_8).equals("record 0"))
                .isEqualTo(plain);
    }

    @Test
    void aRecordThatIsLeftOutStillNamesTheProducerOfTheNext() {
        List<ProducerStamp> inUpper = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ProducerStamp stamp = new ProducerStamp("me", i);
            add(i, stamp);
            if (UPPER.contains(HashKey.ofPartitionKey("key " + i))) {
                inUpper.add(stamp);
            }
        }
        assertThat(inUpper).doesNotContain(new ProducerStamp("me", 0)).hasSizeGreaterThan(3);

        assertThat(read(aggregator.build(), UPPER)).isEqualTo(inUpper);
    }

    @Test
    void namesAProducerOnce() {
        ProducerStamp first = new ProducerStamp("a-name-that-is-not-short", 1_000);
        add(0, first);
        int one = aggregator.sizeBytes();
        for (int i = 1; i <= 10; i++) {
            add(i, new ProducerStamp(first.producer(), 1_000 + i));
        }

        assertThat(aggregator.sizeBytes() - one)
                .as("11 bytes for a stamp beside key and payload")
                .isLessThanOrEqualTo(10 * (11 + 30));
    }

    @Test
    void takesTagsOfOthersForNoStamps() {
        add(0, new ProducerStamp("me", 7));
        add(1, new ProducerStamp("me", 8));
        byte[] data = aggregator.build().data();
        // The same tag under another key, with the digest mended.
        for (int i = 0; i < data.length - 3; i++) {
            if (data[i] == 'h' && data[i + 1] == 'y' && data[i + 2] == 'd') {
                data[i] = 'H';
            }
        }
        byte[] digest = md5(data);
        System.arraycopy(digest, 0, data, data.length - 16, 16);

        assertThat(read(new AggregatedRecord("a", null, data, 2), HashKeyRange.ALL))
                .containsExactly(null, null);
    }

    @Test
    void takesAValueThatIsNoStampForNone() {
        add(0, new ProducerStamp("me", 7));
        byte[] data = aggregator.build().data();
        for (int i = 0; i < data.length - 3; i++) {
            if (data[i] == '7' && data[i + 1] == '@') {
                data[i] = '!';
            }
        }
        System.arraycopy(md5(data), 0, data, data.length - 16, 16);

        assertThat(read(new AggregatedRecord("a", null, data, 1), HashKeyRange.ALL))
                .hasSize(1)
                .containsOnlyNulls();
    }

    @Test
    void refusesWhatATagCannotCarry() {
        assertThatThrownBy(() -> new ProducerStamp("", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 64 characters");
        assertThatThrownBy(() -> new ProducerStamp("p", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'p' and -1");
    }

    private void add(int i, ProducerStamp stamp) {
        byte[] payload = ("record " + i).getBytes(StandardCharsets.UTF_8);
        assertThat(aggregator.add("key " + i, null, payload, 0, payload.length, stamp)).isTrue();
    }

    private static byte[] md5(byte[] aggregate) {
        MessageDigest md5 = HashKey.md5();
        md5.update(aggregate, 4, aggregate.length - 20);
        return md5.digest();
    }

    private static List<ProducerStamp> read(AggregatedRecord record, HashKeyRange range) {
        List<ProducerStamp> stamps = new ArrayList<>();
        new KplDeaggregator(OutOfRange.DROP)
                .deaggregate(
                        new Envelope(
                                "s",
                                "shard",
                                "1",
                                0,
                                record.partitionKey(),
                                7,
                                record.data(),
                                0,
                                record.data().length),
                        range,
                        true,
                        (userRecord, stamp) -> stamps.add(stamp));
        return stamps;
    }
}
