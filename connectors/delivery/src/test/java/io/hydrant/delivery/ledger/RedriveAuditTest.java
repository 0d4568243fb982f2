package io.hydrant.delivery.ledger;

import org.junit.jupiter.api.Test;

import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class RedriveAuditTest {

    private static final String ERRORS = "s3://lake/errors/o-1";
    private static final UUID REDRIVE = new UUID(9, 9);

    private final LedgerAudit audit = new LedgerAudit();
    private long lastId;

    RedriveAuditTest() {
        audit.add(entry(EntryKind.DATA, 1, 2));
        audit.add(object(EntryKind.ERROR, ERRORS, 3, 4, 5));
    }

    @Test
    void whatIsRedrivenStaysAccountedForOnce() {
        audit.add(settlement(3, 4, 5));
        audit.add(entry(EntryKind.DATA, 3, 5).redrivenBy(REDRIVE));
        audit.add(entry(EntryKind.ERROR, 4).redrivenBy(REDRIVE));

        AuditReport report = report();

        assertThat(report.complete()).as(report.text()).isTrue();
        assertThat(report.redriven().records()).isEqualTo(3);
        assertThat(report.data().records()).isEqualTo(4);
        assertThat(report.text()).contains("redriven  3 records out of 1 error objects");
    }

    @Test
    void aRepeatedCommitOfARedriveChangesNothing() {
        for (int i = 0; i < 2; i++) {
            lastId = 100;
            audit.add(settlement(3, 4, 5));
            audit.add(entry(EntryKind.DATA, 3, 4, 5).redrivenBy(REDRIVE));
        }

        assertThat(report().complete()).isTrue();
    }

    @Test
    void findsRecordsThatARedriveLost() {
        audit.add(settlement(3, 4, 5));
        audit.add(entry(EntryKind.DATA, 3, 5).redrivenBy(REDRIVE));

        assertThat(report().conflicts())
                .containsExactly("Of the 3 records redriven from " + ERRORS + " entries hold 2");
    }

    @Test
    void findsRecordsThatARedriveExchanged() {
        audit.add(settlement(3, 4, 5));
        audit.add(entry(EntryKind.DATA, 3, 4, 4).redrivenBy(REDRIVE));

        assertThat(report().conflicts())
                .containsExactly(
                        "Of the 3 records redriven from "
                                + ERRORS
                                + " entries hold 3, but not the same ones");
    }

    @Test
    void findsRecordsOfAnErrorObjectThatWereNotRead() {
        audit.add(settlement(3, 4));
        audit.add(entry(EntryKind.DATA, 3, 4).redrivenBy(REDRIVE));

        assertThat(report().conflicts())
                .containsExactly(
                        ERRORS + " holds 3 records by its entry, and 2 were redriven from it");
    }

    @Test
    void findsWhatWasDeliveredByNoRedrive() {
        audit.add(entry(EntryKind.DATA, 3).redrivenBy(REDRIVE));

        assertThat(report().conflicts())
                .containsExactly(
                        "Redrive "
                                + REDRIVE
                                + " delivered 1 records, and no entry says what they were read from");
    }

    @Test
    void whatWaitsIsNotDeliveredBeforeARedriveSaysSo() {
        LedgerAudit waits = new LedgerAudit();
        waits.add(object(EntryKind.WAITING, ERRORS, 1, 2, 3, 4, 5));

        AuditReport before = report(waits);

        assertThat(before.complete()).isFalse();
        assertThat(before.consistent()).isTrue();
        assertThat(before.text())
                .startsWith(
                        "PENDING: nothing is missing or doubled, but records wait in the bucket for their table")
                .contains("staged    5 records in 1 objects, 5 of them wait for their table");

        LedgerAudit loaded = new LedgerAudit();
        loaded.add(object(EntryKind.WAITING, ERRORS, 1, 2, 3, 4, 5));
        loaded.add(settlement(1, 2, 3, 4, 5));
        loaded.add(entry(EntryKind.DATA, 1, 2, 3).redrivenBy(REDRIVE));
        loaded.add(entry(EntryKind.ERROR, 4, 5).redrivenBy(REDRIVE));

        AuditReport behind = report(loaded);

        assertThat(behind.complete()).as(behind.text()).isTrue();
        assertThat(behind.text())
                .contains("staged    5 records in 1 objects, 0 of them wait for their table")
                .doesNotContain("redriven");
    }

    @Test
    void findsRecordsThatWaitedAndWentNowhere() {
        LedgerAudit waits = new LedgerAudit();
        waits.add(object(EntryKind.WAITING, ERRORS, 1, 2, 3, 4, 5));
        waits.add(settlement(1, 2, 3, 4, 5));
        waits.add(entry(EntryKind.DATA, 1, 2, 3).redrivenBy(REDRIVE));

        assertThat(report(waits).conflicts())
                .containsExactly("Of the 5 records redriven from " + ERRORS + " entries hold 3");
    }

    private AuditReport report() {
        return report(audit);
    }

    private static AuditReport report(LedgerAudit audit) {
        audit.beginShard("flights", "shard-0");
        for (int i = 1; i <= 5; i++) {
            audit.record(Integer.toString(i), 0, 1_000L * i);
        }
        audit.endShard();
        return audit.report();
    }

    private LedgerEntry settlement(int... records) {
        return LedgerEntry.ofObject(
                REDRIVE, EntryKind.REDRIVEN, ERRORS, 10, 0, tally(records), "d", "1");
    }

    private LedgerEntry entry(EntryKind kind, int... records) {
        return object(kind, "s3://lake/o-" + lastId + "-" + kind, records);
    }

    private LedgerEntry object(EntryKind kind, String object, int... records) {
        return LedgerEntry.ofObject(
                new UUID(1, ++lastId), kind, object, 10, 20, tally(records), "d", "1");
    }

    private static LedgerTally tally(int... records) {
        LedgerTally tally = new LedgerTally();
        for (int record : records) {
            tally.add(Envelopes.at("shard-0", Integer.toString(record), 0, 1_000L * record));
        }
        return tally;
    }
}
