package io.hydrant.delivery.ledger;

import io.hydrant.core.record.Envelope;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LedgerTallyTest {

    @Test
    void countsPerShardWithRangeFingerprintAndArrival() {
        LedgerTally tally = new LedgerTally();
        tally.add(Envelopes.at("shard-1", "99", 0, 2_000));
        tally.add(Envelopes.at("shard-0", "100", 1, 1_000));
        tally.add(Envelopes.at("shard-1", "100", 3, 3_000));
        tally.add(Envelopes.at("shard-0", "100", 0, 1_500));

        assertThat(tally.records()).isEqualTo(4);
        assertThat(tally.isEmpty()).isFalse();
        assertThat(tally.oldestArrivalMillis()).isEqualTo(1_000);
        assertThat(tally.newestArrivalMillis()).isEqualTo(3_000);
        assertThat(tally.shards())
                .containsExactly(
                        new ShardTally(
                                "flights",
                                "shard-0",
                                "100",
                                0,
                                "100",
                                1,
                                2,
                                fingerprint("100", 0) + fingerprint("100", 1)),
                        new ShardTally(
                                "flights",
                                "shard-1",
                                "99",
                                0,
                                "100",
                                3,
                                2,
                                fingerprint("99", 0) + fingerprint("100", 3)));
    }

    @Test
    void doesNotTakeOneStreamsShardForAnothers() {
        LedgerTally tally = new LedgerTally();
        tally.add(new Envelope("a", "shard-0", "1", 0, "k", 0, new byte[0], 0, 0));
        tally.add(new Envelope("b", "shard-0", "1", 0, "k", 0, new byte[0], 0, 0));

        assertThat(tally.shards()).extracting(ShardTally::stream).containsExactly("a", "b");
    }

    @Test
    void keepsTheHashOfASequenceNumberOnlyForThatSequenceNumber() {
        String shared = "12345";
        LedgerTally oneByOne = new LedgerTally();
        oneByOne.add(Envelopes.at("s", shared, 0, 0));
        oneByOne.add(Envelopes.at("s", shared, 1, 0));
        oneByOne.add(Envelopes.at("s", "12346", 0, 0));

        assertThat(oneByOne.shards().get(0).fingerprint())
                .isEqualTo(
                        fingerprint("12345", 0)
                                + fingerprint("12345", 1)
                                + fingerprint("12346", 0));
    }

    @Test
    void mergesAsIfAllHadBeenCountedByOne() {
        LedgerTally left = new LedgerTally();
        LedgerTally right = new LedgerTally();
        LedgerTally both = new LedgerTally();
        for (int i = 0; i < 20; i++) {
            Envelope record = Envelopes.at("shard-" + i % 3, "" + (95 + i), i % 2, 500 - i);
            (i % 4 < 2 ? left : right).add(record);
            both.add(record);
        }

        left.merge(right);

        assertThat(left.shards()).isEqualTo(both.shards());
        assertThat(left.records()).isEqualTo(20);
        assertThat(left.oldestArrivalMillis()).isEqualTo(481);
        assertThat(left.newestArrivalMillis()).isEqualTo(500);
    }

    @Test
    void mergingNothingChangesNothing() {
        LedgerTally tally = sample();

        tally.merge(new LedgerTally());

        assertSameAs(sample(), tally);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sample().writeTo(new DataOutputStream(bytes));
        new LedgerTally().writeTo(new DataOutputStream(bytes));

        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));

        assertSameAs(sample(), LedgerTally.readFrom(in));
        assertThat(LedgerTally.readFrom(in).isEmpty()).isTrue();
        assertThat(in.available()).isZero();
    }

    @Test
    void goesOnCountingAfterItWasRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sample().writeTo(new DataOutputStream(bytes));
        LedgerTally restored =
                LedgerTally.readFrom(
                        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        LedgerTally uninterrupted = sample();

        restored.add(Envelopes.at("shard-0", "300", 0, 7));
        uninterrupted.add(Envelopes.at("shard-0", "300", 0, 7));

        assertSameAs(uninterrupted, restored);
    }

    @Test
    void readsBytesOfVersion1() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("/ledger-tally-v1.bin")) {
            assertSameAs(sample(), LedgerTally.readFrom(new DataInputStream(golden)));
        }
    }

    @Test
    void refusesBytesOfANewerVersion() {
        DataInputStream newer = new DataInputStream(new ByteArrayInputStream(new byte[] {3, 0, 0}));

        assertThatThrownBy(() -> LedgerTally.readFrom(newer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 3 cannot be read")
                .hasMessageContaining("or a newer one");
    }

    private static LedgerTally sample() {
        LedgerTally tally = new LedgerTally();
        tally.add(
                Envelopes.at(
                        "shard-0",
                        "49590338271490256608559692538361571095921575989136588898",
                        0,
                        1_382_000_000_000L));
        tally.add(
                Envelopes.at(
                        "shard-0",
                        "49590338271490256608559692538361571095921575989136588898",
                        7,
                        1_382_000_000_000L));
        tally.add(Envelopes.at("shard-1", "21", 0, 1_382_000_000_001L));
        return tally;
    }

    private static void assertSameAs(LedgerTally expected, LedgerTally actual) {
        assertThat(actual.shards()).isEqualTo(expected.shards());
        assertThat(actual.records()).isEqualTo(expected.records());
        assertThat(actual.oldestArrivalMillis()).isEqualTo(expected.oldestArrivalMillis());
        assertThat(actual.newestArrivalMillis()).isEqualTo(expected.newestArrivalMillis());
    }

    private static long fingerprint(String sequence, long subSequence) {
        return IdentityFingerprint.ofRecord(IdentityFingerprint.ofSequence(sequence), subSequence);
    }
}
