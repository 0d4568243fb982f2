package io.hydrant.kinesis.sink;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PayloadKeyTest {

    @Test
    void aFieldIsWhatTheFunctionSays() {
        assertThat(key(PartitionKeyStrategy.FIELD).of("element", bytes("payload")))
                .isEqualTo("ELEMENT");
    }

    @Test
    void equalPayloadsHaveTheSameHash() {
        PayloadKey<String> key = key(PartitionKeyStrategy.HASH);

        assertThat(key.of("a", bytes("123456789")))
                .as("the check value of CRC-32C")
                .isEqualTo("e3069283");
        assertThat(key.of("b", bytes("123456789"))).isEqualTo("e3069283");
        assertThat(key.of("a", bytes("12345678"))).isNotEqualTo("e3069283");
        assertThat(key.of("empty", new byte[0])).isEqualTo("0");
    }

    @Test
    void randomKeysDiffer() {
        PayloadKey<String> key = key(PartitionKeyStrategy.RANDOM);
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            keys.add(key.of("same", bytes("same")));
        }

        assertThat(keys).hasSize(100);
    }

    @Test
    void aSubtaskHasOneFixedKey() {
        PayloadKey<String> key = key(PartitionKeyStrategy.FIXED);

        assertThat(key.of("a", bytes("x"))).isEqualTo("7");
        assertThat(key.of("b", bytes("y"))).isEqualTo("7");
    }

    @Test
    void usesTheFunctionOrRandomKeysUnlessToldOtherwise() {
        assertThat(rules(Map.of()).partitionKeyOr(true)).isEqualTo(PartitionKeyStrategy.FIELD);
        assertThat(rules(Map.of()).partitionKeyOr(false)).isEqualTo(PartitionKeyStrategy.RANDOM);
        assertThat(rules(Map.of("sink.partition-key.strategy", "hash")).partitionKeyOr(true))
                .isEqualTo(PartitionKeyStrategy.HASH);
    }

    @Test
    void refusesAFieldThatNobodyNames() {
        RecordRules rules = rules(Map.of("sink.partition-key.strategy", "FIELD"));

        assertThatThrownBy(() -> rules.partitionKeyOr(false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sink.partition-key.strategy is FIELD")
                .hasMessageContaining("HASH, RANDOM or FIXED");
    }

    private static RecordRules rules(Map<String, String> options) {
        return KinesisSinkConfig.from(Configuration.fromMap(options)).rules();
    }

    private static PayloadKey<String> key(PartitionKeyStrategy strategy) {
        return PayloadKey.of(strategy, String::toUpperCase, 7);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
