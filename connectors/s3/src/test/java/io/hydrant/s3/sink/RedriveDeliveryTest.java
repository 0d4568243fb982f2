package io.hydrant.s3.sink;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerTally;
import io.hydrant.delivery.redrive.PreparedCommits;
import io.hydrant.delivery.redrive.RedriveCommits;
import io.hydrant.delivery.redrive.SettledCheck;
import io.hydrant.s3.read.RedriveKeys;
import io.hydrant.s3.sink.FaultyStore.Call;
import io.hydrant.s3.sink.FaultyStore.Fault;
import io.hydrant.s3.sink.FaultyStore.Side;
import io.hydrant.s3.store.MemoryStore;
import io.hydrant.s3.store.ObjectStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RedriveDeliveryTest {

    private static final String ERRORS = "s3://bucket/errors/processing-failed/o-1";
    private static final DeliveryRecord LARGE = Records.large(1, 6 * 1024 * 1024);

    private final MemoryStore memory = new MemoryStore(Delivered.BUCKET);
    private final Delivered delivered = new Delivered(memory, Delivered.BUCKET);

    @Test
    void deliversTheRecordsOfAnErrorObjectAndSettlesIt() throws Exception {
        try (RedriveDelivery delivery = open(memory)) {
            write(delivery);

            assertThat(delivered.ledger()).isEmpty();
            assertThat(delivery.commit(ERRORS, 99, read())).isTrue();
        }

        requireDeliveredOnce();
    }

    @Test
    void rememberedFromThenOn() throws Exception {
        redrive(memory);

        try (RedriveDelivery delivery = open(memory)) {
            assertThat(delivery.finishDecided()).isZero();
            assertThat(delivery.isRedriven(ERRORS)).isTrue();
            assertThat(delivery.isRedriven(ERRORS + "2")).isFalse();
        }
    }

    @Test
    void whoAsksForOneObjectFinishesWhatWasDecidedAboutIt() throws Exception {
        RecordingCommits failing = new RecordingCommits();
        failing.fails = true;
        try (RedriveDelivery delivery = openUnread(failing)) {
            assertThat(delivery.finish(ERRORS)).isFalse();
            write(delivery);
            failing.taken = 1;
            assertThatThrownBy(() -> delivery.commit(ERRORS, 99, read()))
                    .hasMessage("The test wants it");
        }

        RecordingCommits next = new RecordingCommits();
        try (RedriveDelivery delivery = openUnread(next)) {
            assertThat(delivery.finish(ERRORS + "2")).isFalse();
            assertThat(delivery.finish(ERRORS)).isTrue();
            assertThat(delivery.finish(ERRORS)).as("again").isTrue();
        }

        UUID id = RedriveKeys.idOf(ERRORS);
        assertThat(next.calls).containsExactly("commit " + id + " false", "settled " + id);
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void doublesAndLosesNothingWhereverItIsKilled(Side side) throws Exception {
        for (Call call : List.of(Call.CREATE, Call.PART, Call.COMPLETE, Call.PUT)) {
            boolean struck = true;
            for (int nth = 1; struck; nth++) {
                MemoryStore store = new MemoryStore(Delivered.BUCKET);
                Fault fault = new Fault(call, side, "", nth);
                struck = isKilled(new FaultyStore(store, fault));

                redrive(store);

                new Check(store).requireDeliveredOnce(call + " " + side + nth);
            }
        }
    }

    @Test
    void ofTwoAtTheSameTimeOneDelivers() throws Exception {
        try (RedriveDelivery first = open(memory);
                RedriveDelivery second = open(memory)) {
            write(first);
            write(second);

            assertThat(first.commit(ERRORS, 99, read())).isTrue();
            assertThat(second.commit(ERRORS, 99, read())).isFalse();
        }

        requireDeliveredOnce();
        assertThat(memory.unfinishedUploads()).isZero();
    }

    @Test
    void whatIsDiscardedLeavesNothingBehind() throws Exception {
        try (RedriveDelivery delivery = open(memory)) {
            write(delivery);
            delivery.discard();

            write(delivery);
            assertThat(delivery.commit(ERRORS, 99, read())).isTrue();
        }

        requireDeliveredOnce();
        assertThat(memory.unfinishedUploads()).isZero();
    }

    @Test
    void readsADecisionOfVersionOne() throws IOException {
        RedriveDecision decision =
                new RedriveDecision(
                        LedgerSamples.data(1),
                        List.of(
                                S3Committable.ofLedgerOnly(
                                        LedgerSamples.data(2).redrivenBy(new UUID(5, 6)))),
                        null);
        byte[] golden = golden("/state-v2/redrive-decision.bin");

        assertThat(decision.toBytes()).isEqualTo(golden);
        assertThat(RedriveDecision.ofBytes(golden)).usingRecursiveComparison().isEqualTo(decision);
        assertThat(RedriveDecision.ofBytes(golden("/state-v1/redrive-decision.bin")))
                .usingRecursiveComparison()
                .isEqualTo(decision);
        golden[0] = 3;
        assertThatThrownBy(() -> RedriveDecision.ofBytes(golden))
                .hasMessageContaining("The decision of a redrive of version 3 cannot be read");
    }

    @Test
    void readsADecisionOfVersionTwo() throws IOException {
        RedriveDecision decision =
                new RedriveDecision(
                        LedgerSamples.data(1),
                        List.of(),
                        new PreparedCommits(
                                List.of(LedgerSamples.data(2).redrivenBy(new UUID(5, 6))),
                                new byte[] {7, 8, 9}));
        byte[] golden = golden("/state-v3/redrive-commits.bin");

        assertThat(decision.toBytes()).isEqualTo(golden);
        assertThat(RedriveDecision.ofBytes(golden)).usingRecursiveComparison().isEqualTo(decision);
    }

    @Test
    void commitsBesideObjectsOnceDecidedAndIsToldOfTheNote() throws Exception {
        RecordingCommits commits = new RecordingCommits();
        try (RedriveDelivery delivery = open(memory, commits)) {
            write(delivery);
            commits.taken = 1;
            assertThat(delivery.commit(ERRORS, 99, read())).isTrue();
        }

        UUID id = RedriveKeys.idOf(ERRORS);
        assertThat(commits.calls)
                .containsExactly("prepare " + id, "commit " + id + " false", "settled " + id);
        assertThat(delivered.ledger())
                .filteredOn(entry -> entry.object() != null && entry.object().startsWith("x:"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.redrive()).isEqualTo(id));
    }

    @Test
    void whatWasDecidedAndNotCommittedIsCommittedByTheNextOne() throws Exception {
        RecordingCommits failing = new RecordingCommits();
        failing.fails = true;
        try (RedriveDelivery delivery = open(memory, failing)) {
            write(delivery);
            failing.taken = 1;
            assertThatThrownBy(() -> delivery.commit(ERRORS, 99, read()))
                    .hasMessage("The test wants it");
        }
        try (RedriveDelivery other = open(memory, RedriveCommits.NONE)) {
            assertThatThrownBy(other::finishDecided)
                    .hasMessageContaining("has rows for tables, and this configuration delivers");
        }

        RecordingCommits next = new RecordingCommits();
        try (RedriveDelivery delivery = open(memory, next)) {
            assertThat(delivery.finishDecided()).isEqualTo(1);
        }

        UUID id = RedriveKeys.idOf(ERRORS);
        assertThat(next.calls).containsExactly("commit " + id + " false", "settled " + id);
    }

    @Test
    void theOneThatIsNotTheFirstToDecideAbandonsItsCommits() throws Exception {
        RecordingCommits commits = new RecordingCommits();
        try (RedriveDelivery first = open(memory);
                RedriveDelivery second = open(memory, commits)) {
            write(first);
            write(second);
            commits.taken = 1;

            assertThat(first.commit(ERRORS, 99, read())).isTrue();
            assertThat(second.commit(ERRORS, 99, read())).isFalse();
        }

        assertThat(commits.calls).containsExactly("prepare " + RedriveKeys.idOf(ERRORS), "abandon");
    }

    /** Writes down what it is asked for. */
    private static final class RecordingCommits implements RedriveCommits {

        private final List<String> calls = new ArrayList<>();
        private int taken;
        private boolean fails;

        @Override
        public PreparedCommits prepare(UUID redrive) {
            calls.add("prepare " + redrive);
            return taken == 0
                    ? null
                    : new PreparedCommits(
                            List.of(
                                    LedgerEntry.ofObject(
                                            new UUID(1, 2),
                                            EntryKind.DATA,
                                            "x:commit",
                                            1,
                                            1,
                                            read(),
                                            "stream",
                                            "1")),
                            new byte[] {1});
        }

        @Override
        public void commit(UUID redrive, byte[] prepared, SettledCheck settled)
                throws IOException, InterruptedException {
            assertThat(prepared).containsExactly(1);
            if (fails) {
                throw new IOException("The test wants it");
            }
            calls.add("commit " + redrive + " " + settled.isSettled());
        }

        @Override
        public void settled(UUID redrive) {
            calls.add("settled " + redrive);
        }

        @Override
        public void discard() {
            taken = 0;
        }

        @Override
        public void abandon(byte[] prepared) {
            calls.add("abandon");
        }
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = RedriveDeliveryTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static RedriveDelivery open(ObjectStore store) throws Exception {
        return new RedriveDelivery(config(), store, Clock.systemUTC());
    }

    private static RedriveDelivery open(ObjectStore store, RedriveCommits commits)
            throws Exception {
        return new RedriveDelivery(
                config(),
                store,
                Clock.systemUTC(),
                RedriveMemory.read(config(), store),
                RedriveFollowUp.NONE,
                commits);
    }

    private RedriveDelivery openUnread(RedriveCommits commits) {
        return new RedriveDelivery(
                config(),
                memory,
                Clock.systemUTC(),
                RedriveMemory.unread(),
                RedriveFollowUp.NONE,
                commits);
    }

    private static S3SinkConfig config() {
        return WriterRig.config(
                "s3.retry-timeout", "1 ms",
                "delivery.buffer.size", "64 mb",
                "delivery.compression", "UNCOMPRESSED");
    }

    private static boolean isKilled(ObjectStore store) throws Exception {
        try {
            redrive(store);
            return false;
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }

    /**
     * As the command does it: what was decided is finished first, what was redriven is left out.
     */
    private static void redrive(ObjectStore store) throws Exception {
        try (RedriveDelivery delivery = open(store)) {
            delivery.finishDecided();
            if (!delivery.isRedriven(ERRORS)) {
                write(delivery);
                delivery.commit(ERRORS, 99, read());
            }
        }
    }

    /** A large record, so that a part is uploaded early, a small one, one dropped, one failing. */
    private static void write(RedriveDelivery delivery) throws Exception {
        delivery.write(LARGE);
        delivery.write(Records.record(2));
        delivery.write(Records.dropped(3));
        delivery.write(Records.deadLetter(4, ErrorOutputType.PROCESSING_FAILED));
    }

    private static LedgerTally read() {
        LedgerTally read = new LedgerTally();
        for (int i = 1; i <= 4; i++) {
            read.add(Records.record(i).envelope());
        }
        return read;
    }

    private void requireDeliveredOnce() {
        new Check(memory).requireDeliveredOnce("");
        assertThat(delivered.ledger()).hasSize(4);
    }

    /** What has to be in the store after a redrive. */
    private record Check(MemoryStore store) {

        void requireDeliveredOnce(String when) {
            Delivered found = new Delivered(store, Delivered.BUCKET);
            List<LedgerEntry> entries = found.ledger().stream().distinct().toList();
            UUID settlement =
                    entries.stream()
                            .filter(entry -> entry.kind() == EntryKind.REDRIVEN)
                            .findFirst()
                            .orElseThrow()
                            .id();
            assertThat(entries)
                    .as(when)
                    .extracting(LedgerEntry::kind)
                    .containsExactlyInAnyOrder(
                            EntryKind.DATA, EntryKind.ERROR, EntryKind.DROPPED, EntryKind.REDRIVEN);
            assertThat(entries)
                    .filteredOn(entry -> entry.kind() != EntryKind.REDRIVEN)
                    .as(when)
                    .extracting(LedgerEntry::redrive)
                    .containsOnly(settlement);
            List<String> objects =
                    store.keys(Delivered.BUCKET, "").stream()
                            .filter(key -> !key.startsWith("_hydrant/"))
                            .toList();
            assertThat(objects).as(when).hasSize(2);
            for (LedgerEntry entry : entries) {
                if (entry.kind() == EntryKind.DATA) {
                    String key = entry.object().substring("s3://bucket/".length());
                    assertThat(found.identitiesIn(key)).as(when).containsExactly("0/1", "0/2");
                }
            }
        }
    }
}
