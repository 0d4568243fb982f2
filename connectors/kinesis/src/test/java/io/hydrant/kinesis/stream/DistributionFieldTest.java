package io.hydrant.kinesis.stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;

class DistributionFieldTest {

    private static final String NAME = "RecordDistributionStrategy";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "'{\"RecordDistributionStrategy\":\"AUTO\",\"OpenShardCount\":1}' | AUTO",
                "'{\"RecordDistributionStrategy\" : \"AUTO\"}' | AUTO",
                "'{\"RecordDistributionStrategy\":\"USER_PARTITION_KEY\"}' | BY_PARTITION_KEY",
                "'{\"RecordDistributionStrategy\":\"NEWER\"}' | UNKNOWN",
                "'{\"RecordDistributionStrategy\":null}' | UNKNOWN",
                "'{\"RecordDistributionStrategy' | UNKNOWN",
                "'{\"StreamName\":\"AUTO\"}' | UNKNOWN",
                "'' | UNKNOWN",
            })
    void readsJson(String answer, RecordDistribution expected) {
        assertThat(DistributionField.in(answer.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected);
    }

    @Test
    void readsCbor() {
        assertThat(DistributionField.in(cbor("AUTO"))).isEqualTo(RecordDistribution.AUTO);
        assertThat(DistributionField.in(cbor("USER_PARTITION_KEY")))
                .isEqualTo(RecordDistribution.BY_PARTITION_KEY);
    }

    /** A map of one entry, whose key is longer than a short text. */
    private static byte[] cbor(String value) {
        HexFormat hex = HexFormat.of();
        return hex.parseHex(
                "a1781a"
                        + hex.formatHex(NAME.getBytes(StandardCharsets.US_ASCII))
                        + hex.toHexDigits((byte) (0x60 + value.length()))
                        + hex.formatHex(value.getBytes(StandardCharsets.US_ASCII)));
    }
}
