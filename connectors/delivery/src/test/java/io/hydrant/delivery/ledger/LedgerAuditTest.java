package io.hydrant.delivery.ledger;

import io.hydrant.core.record.LostRange;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LedgerAuditTest {

    private final LedgerAudit audit = new LedgerAudit();
    private long lastId;

    @Test
    void anEmptyStreamWithoutEntriesIsComplete() {
        walk("shard-0");

        assertThat(audit.report().complete()).isTrue();
        assertThat(audit.report().text()).startsWith("COMPLETE");
    }

    @Test
    void countsEveryKindOfEntryAsAccountedFor() {
        audit.add(entry(EntryKind.DATA, "shard-0", 1, 2));
        audit.add(entry(EntryKind.ERROR, "shard-0", 3));
        audit.add(LedgerEntry.ofDropped(nextId(), tally("shard-0", 4), "d", "1"));
        walk("shard-0", 1, 2, 3, 4);

        AuditReport report = audit.report();

        assertThat(report.complete()).isTrue();
        assertThat(report.data()).isEqualTo(new KindTotal(1, 2, 10, 20));
        assertThat(report.errors()).isEqualTo(new KindTotal(1, 1, 10, 20));
        assertThat(report.dropped()).isEqualTo(new KindTotal(1, 1, 0, 0));
    }

    @Test
    void judgesDeliveryAndBackupEachByItself() {
        LedgerAudit backup = LedgerAudit.ofBackup();
        for (LedgerEntry entry :
                List.of(
                        entry(EntryKind.DATA, "shard-0", 1),
                        entry(EntryKind.ERROR, "shard-0", 2),
                        entry(EntryKind.BACKUP, "shard-0", 1))) {
            audit.add(entry);
            backup.add(entry);
        }
        walk("shard-0", 1, 2);
        backup.beginShard("flights", "shard-0");
        backup.record("1", 0, 1_000);
        backup.record("2", 0, 2_000);
        backup.endShard();

        assertThat(audit.report().complete()).isTrue();
        assertThat(backup.report().complete()).isFalse();
        assertThat(backup.report().pending()).isEqualTo(1);
        assertThat(backup.report().data()).isEqualTo(new KindTotal(1, 1, 10, 20));
    }

    @Test
    void judgesABackupOfFailedRecordsByThoseItLeftOutToo() {
        LedgerAudit backup = LedgerAudit.ofBackup();
        LedgerEntry leftOut =
                LedgerEntry.withoutObject(
                        nextId(), EntryKind.NOT_FAILED, tally("shard-0", 1), "d", "1");
        for (LedgerEntry entry : List.of(leftOut, entry(EntryKind.BACKUP, "shard-0", 2))) {
            backup.add(entry);
            audit.add(entry);
        }
        walk("shard-0", 1, 2);
        backup.beginShard("flights", "shard-0");
        backup.record("1", 0, 1_000);
        backup.record("2", 0, 2_000);
        backup.endShard();

        assertThat(backup.report().complete()).isTrue();
        assertThat(backup.report().text())
                .contains("delivered 1 records")
                .contains("left out  1 records, which did not fail");
        assertThat(audit.report().pending()).isEqualTo(2);
    }

    @Test
    void locatesAGapBetweenObjects() {
        audit.add(entry(EntryKind.DATA, "shard-0", 1, 2));
        audit.add(entry(EntryKind.DATA, "shard-0", 12, 13));
        walk("shard-0", 1, 2, 9, 10, 11, 12, 13);

        assertThat(audit.report().shards().get(0).findings())
                .containsExactly(
                        new Finding(
                                Finding.Kind.GAP,
                                new RecordPosition("9", 0),
                                new RecordPosition("11", 0),
                                3,
                                0,
                                9_000,
                                11_000));
    }

    @Test
    void recordsBeforeTheFirstObjectAreAGapAndBehindTheLastArePending() {
        audit.add(entry(EntryKind.DATA, "shard-0", 2));
        walk("shard-0", 1, 2, 3, 4);

        AuditReport report = audit.report();

        assertThat(report.missing()).isEqualTo(1);
        assertThat(report.pending()).isEqualTo(2);
        assertThat(report.shards().get(0).pendingSinceMillis()).isEqualTo(3_000);
    }

    @Test
    void pendingIsConsistentButNotComplete() {
        audit.add(entry(EntryKind.DATA, "shard-0", 1));
        walk("shard-0", 1, 2);

        AuditReport report = audit.report();

        assertThat(report.consistent()).isTrue();
        assertThat(report.complete()).isFalse();
        assertThat(report.text())
                .startsWith("PENDING")
                .contains("1 pending since 1970-01-01T00:00:02Z");
    }

    @Test
    void anEntryForRecordsThatTheStreamNeverHadIsDoubled() {
        audit.add(entry(EntryKind.DATA, "shard-0", 1));
        audit.add(entry(EntryKind.DATA, "shard-0", 5));
        audit.add(entry(EntryKind.DATA, "shard-0", 9));
        walk("shard-0", 1, 4, 6);

        AuditReport report = audit.report();

        assertThat(report.doubled()).isEqualTo(2);
        assertThat(report.missing()).isEqualTo(2);
        assertThat(report.pending()).isZero();
        assertThat(report.shards().get(0).findings())
                .extracting(Finding::kind)
                .containsExactly(
                        Finding.Kind.GAP,
                        Finding.Kind.DOUBLED,
                        Finding.Kind.GAP,
                        Finding.Kind.DOUBLED);
    }

    @Test
    void aStretchOfWhichTheStreamHoldsOnlyTheEndIsStillCheckedForMissingRecords() {
        audit.add(entry(EntryKind.DATA, "shard-0", 1, 5));
        walk("shard-0", 3, 4, 5);

        assertThat(audit.report().missing()).isEqualTo(2);
    }

    @Test
    void aLossIsSeenEvenWhereRecordsBeyondRetentionMakeTheCountsEqual() {
        audit.add(entry(EntryKind.DATA, "shard-0", 1, 4, 5));
        walk("shard-0", 3, 4, 5);

        assertThat(audit.report().missing()).isEqualTo(1);
    }

    @Test
    void objectsBeyondRetentionDoNotHideALossInThoseThatFollowThemWithoutABreak() {
        audit.add(entry(EntryKind.DATA, "shard-0", 1, 2, 4));
        audit.add(entry(EntryKind.ERROR, "shard-0", 3, 6));
        audit.add(entry(EntryKind.DATA, "shard-0", 5, 8, 10));
        audit.add(entry(EntryKind.ERROR, "shard-0", 7, 12));
        walk("shard-0", 5, 6, 7, 8, 9, 10, 11, 12);

        AuditReport report = audit.report();

        assertThat(report.missing()).isEqualTo(2);
        assertThat(report.beyondRetention()).isEqualTo(4);
    }

    @Test
    void objectsBeyondRetentionDoNotHideADoubleInThoseThatFollowThemWithoutABreak() {
        audit.add(entry(EntryKind.ERROR, "shard-0", 1, 4));
        audit.add(entry(EntryKind.DATA, "shard-0", 3, 5));
        audit.add(entry(EntryKind.DATA, "shard-0", 3, 5));
        walk("shard-0", 3, 4, 5);

        assertThat(audit.report().doubled()).isEqualTo(2);
    }

    @Test
    void anObjectThatReachesBeyondRetentionIsTakenAtItsWord() {
        audit.add(entry(EntryKind.DATA, "shard-0", 1, 2, 4, 6));
        audit.add(entry(EntryKind.ERROR, "shard-0", 3, 5));
        walk("shard-0", 4, 5, 6);

        AuditReport report = audit.report();

        assertThat(report.complete()).isTrue();
        assertThat(report.beyondRetention()).isEqualTo(3);
        assertThat(report.shards().get(0).accounted()).isEqualTo(3);
    }

    @Test
    void anEntryThatARetriedCommitWroteAgainCountsOnce() {
        LedgerEntry entry = entry(EntryKind.DATA, "shard-0", 1);
        audit.add(entry);
        audit.add(entry);
        walk("shard-0", 1);

        assertThat(audit.report().complete()).isTrue();
        assertThat(audit.report().data().entries()).isEqualTo(1);
    }

    @Test
    void twoEntriesOfOneIdWithDifferentContentAreAConflict() {
        UUID id = nextId();
        audit.add(
                LedgerEntry.ofObject(
                        id, EntryKind.DATA, "s3://b/k", 1, 1, tally("shard-0", 1), "d", "1"));
        audit.add(
                LedgerEntry.ofObject(
                        id, EntryKind.DATA, "s3://b/k", 1, 1, tally("shard-0", 2), "d", "1"));
        walk("shard-0", 1);

        AuditReport report = audit.report();

        assertThat(report.complete()).isFalse();
        assertThat(report.conflicts())
                .containsExactly("Two entries of id " + id + " have different content");
        assertThat(report.text()).contains("NOT COMPLETE").contains(report.conflicts().get(0));
    }

    @Test
    void twoIdsForOneObjectAreAConflict() {
        audit.add(
                LedgerEntry.ofObject(
                        nextId(), EntryKind.DATA, "s3://b/k", 1, 1, tally("shard-0", 1), "d", "1"));
        audit.add(
                LedgerEntry.ofObject(
                        nextId(), EntryKind.DATA, "s3://b/k", 1, 1, tally("shard-0", 2), "d", "1"));
        walk("shard-0", 1, 2);

        assertThat(audit.report().consistent()).isFalse();
        assertThat(audit.report().conflicts().get(0))
                .startsWith("Object s3://b/k is claimed by two entries");
    }

    @Test
    void shardsThatTheStreamNoLongerHasAreBeyondRetention() {
        audit.add(entry(EntryKind.DATA, "shard-0", 1, 2));
        walk("shard-1");

        AuditReport report = audit.report();

        assertThat(report.complete()).isTrue();
        assertThat(report.beyondRetention()).isEqualTo(2);
        assertThat(report.text()).contains("shard-0: 0 records, 0 accounted for, 2 beyond");
    }

    @Test
    void doesNotMixShardsOrStreams() {
        audit.add(entry(EntryKind.DATA, "shard-0", 1));
        audit.beginShard("another", "shard-0");
        audit.record("1", 0, 0);
        audit.endShard();

        assertThat(audit.report().pending()).isEqualTo(1);
        assertThat(audit.report().beyondRetention()).isEqualTo(1);
    }

    @Test
    void listsTheFirstFindingsAndCountsTheRest() {
        for (int i = 0; i <= 150; i++) {
            audit.add(entry(EntryKind.DATA, "shard-0", 2L * i));
        }
        long[] all = new long[301];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        walk("shard-0", all);

        ShardAudit shard = audit.report().shards().get(0);

        assertThat(shard.missing()).isEqualTo(150);
        assertThat(shard.findings()).hasSize(100);
        assertThat(shard.unlistedFindings()).isEqualTo(50);
        assertThat(audit.report().text()).contains("… and 50 more");
    }

    @Test
    void rendersTotalsAndFindings() {
        audit.add(entry(EntryKind.DATA, "shard-0", 1, 2));
        audit.add(entry(EntryKind.DATA, "shard-0", 2));
        walk("shard-0", 1, 2, 3);

        assertThat(audit.report().text())
                .isEqualTo(
                        """
                        NOT COMPLETE: stream and ledger disagree
                        stream    3 records in 1 shards
                        delivered 3 records in 2 objects, 20 bytes stored, 40 before compression
                        errors    0 records in 0 objects
                        dropped   0 records
                        missing 0, doubled 1, pending 1, beyond retention 0
                        flights shard-0: 3 records, 2 accounted for, 1 pending since 1970-01-01T00:00:03Z
                          doubled: 1 deliveries more than the 2 records, from 1/0 to 2/0, arrived 1970-01-01T00:00:01Z to 1970-01-01T00:00:02Z
                        """);
    }

    @Test
    void reportsWhatWasLostByRetentionAsThat() {
        audit.add(entry(EntryKind.DATA, "shard-0", 1, 2, 8));
        LedgerEntry lost = lost("2", "8");
        audit.add(lost);
        audit.add(lost);
        audit.add(lost(null, null));
        walk("shard-0", 8);

        AuditReport report = audit.report();

        assertThat(report.complete()).isFalse();
        assertThat(report.consistent()).isFalse();
        assertThat(report.onlyUndelivered()).isFalse();
        assertThat(report.missing()).isZero();
        assertThat(report.lost()).hasSize(2);
        assertThat(report.text())
                .startsWith("NOT COMPLETE: what the stream holds agrees with the ledger, but")
                .contains(
                        "  lost by retention: flights shard-0, records behind 2/0 and before 8/0, arrived after"
                                + " 1970-01-01T00:00:02Z and until 1970-01-01T00:00:08Z\n")
                .contains("records behind its beginning, arrived after");
    }

    @Test
    void listsTheFirstLossesAndCountsTheRest() {
        for (int i = 0; i < 103; i++) {
            audit.add(lost("2", "8"));
        }

        assertThat(audit.report().lost()).hasSize(100);
        assertThat(audit.report().text()).contains("… and 3 more");
    }

    private LedgerEntry lost(String after, String before) {
        return LedgerEntry.ofLost(
                nextId(),
                new LostRange("flights", "shard-0", after, 0, before, 2_000, 8_000, false),
                "d",
                "1");
    }

    @Test
    void refusesRecordsOutOfOrderAndCallsOutOfTurn() {
        assertThatThrownBy(() -> audit.record("1", 0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("No shard has begun");
        audit.beginShard("flights", "shard-0");
        audit.record("10", 0, 0);
        assertThatThrownBy(() -> audit.record("9", 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "must come in order, but 9/0 of flights/shard-0 follows 10/0");
        assertThatThrownBy(audit::report)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Shard flights/shard-0 has not ended");
        audit.endShard();
        assertThatThrownBy(() -> audit.beginShard("flights", "shard-0"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Shard flights/shard-0 was walked before");
    }

    private void walk(String shard, long... sequences) {
        audit.beginShard("flights", shard);
        for (long sequence : sequences) {
            audit.record(Long.toString(sequence), 0, sequence * 1_000);
        }
        audit.endShard();
    }

    private LedgerEntry entry(EntryKind kind, String shard, long... sequences) {
        UUID id = nextId();
        return LedgerEntry.ofObject(
                id, kind, "s3://b/" + id, 10, 20, tally(shard, sequences), "d", "1");
    }

    private static LedgerTally tally(String shard, long... sequences) {
        LedgerTally tally = new LedgerTally();
        for (long sequence : sequences) {
            tally.add(Envelopes.at(shard, Long.toString(sequence), 0, sequence * 1_000));
        }
        return tally;
    }

    private UUID nextId() {
        return new UUID(7, ++lastId);
    }
}
