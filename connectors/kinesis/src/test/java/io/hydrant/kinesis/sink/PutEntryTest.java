package io.hydrant.kinesis.sink;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PutEntryTest {

    @Test
    void refusesAnEmptyPartitionKey() {
        assertThatThrownBy(() -> new PutEntry("", new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The partition key is empty; it must have 1 to 256 characters");
    }

    @Test
    void refusesAMissingPartitionKey() {
        assertThatThrownBy(() -> new PutEntry(null, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The partition key is null; it must have 1 to 256 characters");
    }

    @Test
    void refusesAPartitionKeyThatIsTooLongAndShowsItsBeginning() {
        assertThatThrownBy(() -> new PutEntry("k".repeat(257), new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 257 characters ('" + "k".repeat(32) + "...')");
    }

    @Test
    void countsCharactersOfThePartitionKeyNotItsChars() {
        String key = "\uD83D\uDE92".repeat(256);

        assertThat(new PutEntry(key, new byte[0]).sizeBytes()).isEqualTo(1024);
    }

    @Test
    void refusesAnExplicitHashKeyThatIsNone() {
        assertThatThrownBy(() -> new PutEntry("key", "-1", new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Hash key '-1' is not a number from 0 to 2^128 - 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"007", "+7", "-0", "\u0667"})
    void refusesAnExplicitHashKeyThatTheServiceReadsAsNone(String hashKey) {
        assertThatThrownBy(() -> new PutEntry("key", hashKey, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The explicit hash key '"
                                + hashKey
                                + "' is not written as the service takes it: digits 0 to 9, no sign,"
                                + " no leading zero");
    }

    @Test
    void neverPrintsItsPayload() {
        PutEntry entry = new PutEntry("key", "secret".getBytes(StandardCharsets.UTF_8));

        assertThat(entry).hasToString("record with partition key 'key', 9 bytes");
    }

    @Test
    void saysBothSizesAndTheWayOutWhenARecordIsTooLarge() {
        assertThat(PutLimits.problemWithSize(new PutEntry("k", new byte[10]), false, 10))
                .contains("11 bytes")
                .contains("more than 10")
                .contains("UpdateMaxRecordSize");
        assertThat(PutLimits.problemWithSize(new PutEntry("k", new byte[9]), false, 10)).isNull();
    }

    @Test
    void countsTheAggregateThatARecordHasToGoInto() {
        byte[] data = new byte[100];
        System.arraycopy(HexFormat.of().parseHex("f3899ac2"), 0, data, 0, 4);
        PutEntry entry = new PutEntry("k", data);

        assertThat(PutLimits.problemWithSize(entry, false, 101)).isNull();
        assertThat(PutLimits.problemWithSize(entry, true, 129))
                .startsWith(
                        "The record has 130 bytes with its partition key and the aggregate that it has to"
                                + " go into, more than 129");
        assertThat(PutLimits.problemWithSize(entry, true, 130)).isNull();
        assertThat(PutLimits.problemWithSize(new PutEntry("k", new byte[100]), true, 101)).isNull();
    }

    @Property(tries = 500)
    void countsThePartitionKeyAsUtf8(@ForAll @StringLength(min = 1, max = 100) String key) {
        // A lone surrogate has no UTF-8 form, so a key that has one is no key of the service.
        String valid = new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(new PutEntry(valid, new byte[3]).sizeBytes())
                .isEqualTo(3 + valid.getBytes(StandardCharsets.UTF_8).length);
    }
}
