package io.hydrant.delivery.processing;

import io.hydrant.delivery.partition.PartitionKeyException;
import io.hydrant.delivery.partition.PartitionKeys;
import io.hydrant.delivery.partition.PrefixTemplate;

import org.junit.jupiter.api.Test;

import java.time.ZoneOffset;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecentPartitionsTest {

    private final PrefixTemplate prefix =
            PrefixTemplate.forData(
                    "!{partitionKeyFromQuery:a}/!{partitionKeyFromLambda:b}/", ZoneOffset.UTC);
    private final RecentPartitions partitions = new RecentPartitions(prefix);

    @Test
    void areThoseOfThePrefixHoweverManyKeysThereAre() throws Exception {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++) {
                PartitionKeys keys = keys("a" + i, "b" + i % 7);

                assertThat(partitions.of(keys)).isEqualTo("a" + i + "/b" + i % 7 + "/");
            }
        }
    }

    @Test
    void areOneTextForEqualKeys() throws Exception {
        String first = partitions.of(keys("x", "y"));

        assertThat(partitions.of(keys("x", "y"))).isSameAs(first);
    }

    @Test
    void areRefusedEveryTime() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> partitions.of(keys("", "y")))
                    .isInstanceOf(PartitionKeyException.class)
                    .hasMessageContaining("partitionKeyFromQuery:a is empty");
        }
    }

    private static PartitionKeys keys(String query, String lambda) {
        return new PartitionKeys(Map.of("a", query), Map.of("b", lambda));
    }
}
