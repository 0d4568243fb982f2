package io.hydrant.kinesis.aggregation;

import io.hydrant.kinesis.stream.HashKey;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KplAggregatorTest {

    private static final byte[] HUNDRED = new byte[100];

    @Test
    void sendsASingleUserRecordAsItIs() {
        KplAggregator aggregator = new KplAggregator(200);
        byte[] padded = "-abc-".getBytes(StandardCharsets.UTF_8);
        assertThat(aggregator.add("key", "12", padded, 1, 3)).isTrue();

        AggregatedRecord record = aggregator.build();

        assertThat(record.partitionKey()).isEqualTo("key");
        assertThat(record.explicitHashKey()).isEqualTo("12");
        assertThat(record.data()).asString(StandardCharsets.UTF_8).isEqualTo("abc");
    }

    @Test
    void takesASingleUserRecordOfAnySize() {
        KplAggregator aggregator = new KplAggregator(64);

        assertThat(aggregator.add("key", null, new byte[1_000_000], 0, 1_000_000)).isTrue();

        assertThat(aggregator.build().data()).hasSize(1_000_000);
    }

    @Test
    void neverPassesItsLimitAndSaysItsSizeExactly() {
        KplAggregator aggregator = new KplAggregator(1_000);
        int added = 0;
        while (aggregator.add("key-" + added % 3, "9" + added % 2, HUNDRED, 0, 100)) {
            added++;
        }
        int said = aggregator.sizeBytes();

        AggregatedRecord record = aggregator.build();

        assertThat(record.userRecords()).isEqualTo(added).isGreaterThan(7);
        assertThat(record.data()).hasSize(said).hasSizeBetween(890, 1_000);
    }

    @Test
    void goesToTheShardOfItsFirstUserRecord() {
        KplAggregator aggregator = new KplAggregator(1_000);
        assertThat(aggregator.add("first", null, HUNDRED, 0, 100)).isTrue();
        assertThat(aggregator.add("second", null, HUNDRED, 0, 100)).isTrue();

        assertThat(aggregator.build().explicitHashKey())
                .isEqualTo(HashKey.ofPartitionKey("first").decimal());
    }

    @Property(tries = 200)
    void saysBeforehandHowLargeAnAggregateOfOneUserRecordIs(
            @ForAll @StringLength(min = 1, max = 256) @AlphaChars String key,
            @ForAll boolean hashed,
            @ForAll boolean stamped,
            @ForAll @IntRange(min = 24, max = 40_000) int length) {
        byte[] data = new byte[length];
        AggregateFormat.putMagic(data);
        assertThat(KplAggregator.looksAggregated(data)).isTrue();
        String hash = hashed ? HashKey.ofPartitionKey(key).decimal() : null;
        KplAggregator aggregator = new KplAggregator(64);
        ProducerStamp stamp = stamped ? new ProducerStamp("me", length) : null;
        assertThat(aggregator.add(key, hash, data, 0, length, stamp)).isTrue();

        AggregatedRecord record = aggregator.build();

        assertThat(record.data().length + record.partitionKey().length())
                .isEqualTo(KplAggregator.sizeOfOne(key.length(), hash, length, stamp));
    }

    @Test
    void isEmptyAfterBuilding() {
        KplAggregator aggregator = new KplAggregator(1_000);
        int empty = aggregator.sizeBytes();
        assertThat(aggregator.add("key", "1", HUNDRED, 0, 100)).isTrue();
        aggregator.build();

        assertThat(aggregator.userRecords()).isZero();
        assertThat(aggregator.sizeBytes()).isEqualTo(empty);
        assertThatThrownBy(aggregator::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("at least one user record");
    }

    @Test
    void refusesALimitThatTheServiceWouldRefuse() {
        assertThatThrownBy(() -> new KplAggregator(2_000_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1048320")
                .hasMessageContaining("2000000");
    }
}
