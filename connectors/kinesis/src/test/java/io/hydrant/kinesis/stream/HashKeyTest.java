package io.hydrant.kinesis.stream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HashKeyTest {

    @Test
    void hashesAPartitionKeyAsTheServiceDoes() {
        // MD5("a") = 0cc175b9c0f1b6a831c399e269772661
        assertThat(HashKey.ofPartitionKey("a").decimal())
                .isEqualTo(new BigInteger("0cc175b9c0f1b6a831c399e269772661", 16).toString());
    }

    @Test
    void knowsItsEnds() {
        assertThat(HashKey.MAX.decimal()).isEqualTo("340282366920938463463374607431768211455");
        assertThat(HashKey.parse("0")).isEqualTo(HashKey.MIN);
        assertThat(HashKeyRange.parse("0", HashKey.MAX.decimal()).isAll()).isTrue();
    }

    @Test
    void refusesWhatIsNoHashKey() {
        for (String wrong :
                new String[] {"", "x", "-1", "340282366920938463463374607431768211456"}) {
            assertThatThrownBy(() -> HashKey.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + wrong + "'");
        }
    }

    @Test
    void refusesMoreDigitsThanAHashKeyHasWithoutReadingThem() {
        assertThatThrownBy(() -> HashKey.parse("0".repeat(1_000_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Hash key '" + "0".repeat(40) + "...' is not a number from 0 to 2^128 - 1");
    }

    @Test
    void refusesARangeThatEndsBeforeItStarts() {
        assertThatThrownBy(() -> HashKeyRange.parse("2", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("starts at 2 but ends at 1");
    }

    @Property
    void comparesAndPrintsAsTheNumberItIs(
            @ForAll long high, @ForAll long low, @ForAll long otherHigh, @ForAll long otherLow) {
        HashKey key = new HashKey(high, low);
        HashKey other = new HashKey(otherHigh, otherLow);

        assertThat(HashKey.parse(key.decimal())).isEqualTo(key);
        assertThat(Integer.signum(key.compareTo(other)))
                .isEqualTo(
                        new BigInteger(key.decimal()).compareTo(new BigInteger(other.decimal())));
    }
}
