package io.hydrant.redshift;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoadAuditTest {

    private final LoadAudit audit = new LoadAudit("orders", "shop.orders", RowsPerRecord.ONE);

    @Test
    void isCompleteWhereEveryStagedObjectIsNotedOnceAndAllRowsAreThere() {
        audit.staged("a", "s3://stage/a", 10);
        // Its commit was repeated.
        audit.staged("a", "s3://stage/a", 10);
        audit.staged("b", "s3://stage/b", 5);
        audit.noted(line("a", "1", 10, 2, 13));
        audit.noted(line("b", "1", 5, 0, 13));
        audit.table(13);

        LoadReport report = audit.report();

        assertThat(report.complete()).as(report.text()).isTrue();
        assertThat(report.onlyPending()).isTrue();
        assertThat(report.text())
                .isEqualTo(
                        """
                        LOADED: every staged object is in shop.orders, exactly once
                        loaded    2 staged objects with 15 records, of which shop.orders refused 2
                        table     13 rows, 13 by its ledger
                        """);
    }

    @Test
    void whatWasReplacedIsMissedByNobody() {
        audit.staged("a", "s3://stage/a", 10);
        audit.staged("b", "s3://stage/b", 5);
        audit.noted(line("a", "1", 0, 0, 0));
        audit.noted(line("b", "2", 5, 0, 5));
        audit.table(5);

        LoadReport report = audit.report();

        assertThat(report.complete()).as(report.text()).isTrue();
        assertThat(report.text())
                .contains(
                        "loaded    1 staged objects with 5 records",
                        "replaced  1 staged objects with 10 records");
    }

    @Test
    void whatIsQueuedIsPending() {
        audit.staged("a", "s3://stage/a", 1);
        audit.staged("b", "s3://stage/b", 2);
        audit.queued("a");
        audit.queued("b");
        audit.noted(line("a", "1", 1, 0, 1));

        LoadReport report = audit.report();

        assertThat(report.complete()).isFalse();
        assertThat(report.onlyPending()).isTrue();
        assertThat(report.text())
                .startsWith("PENDING: ")
                .contains("waiting   1 staged objects with 2 records are queued for a load");
    }

    @Test
    void whatIsNeitherQueuedNorLoadedIsMissingUnlessTheJobGoesOn() {
        audit.staged("a", "s3://stage/a", 3);

        LoadReport report = audit.report();

        assertThat(report.complete()).isFalse();
        assertThat(report.onlyPending()).isFalse();
        assertThat(report.mayStillComplete()).isTrue();
        assertThat(report.text()).contains("MISSING   1 staged objects with 3 records");
    }

    @Test
    void whatIsLeftOutStaysSo() {
        audit.staged("a", "s3://stage/a", 3);
        audit.leftOut("s3://stage/a", "s3://stage/errors/manifests/orders/x.manifest");

        assertFinding(
                "s3://stage/a with 3 records was left out of the table, as s3://stage/errors/manifests/orders/x.manifest says");
    }

    @Test
    void whatWasLoadedAfterItsManifestWasWrittenIsLoaded() {
        audit.staged("a", "s3://stage/a", 3);
        audit.leftOut("s3://stage/a", "s3://stage/errors/manifests/orders/x.manifest");
        audit.noted(line("a", "1", 3, 0, 3));

        assertThat(audit.report().complete()).isTrue();
    }

    @Test
    void whatIsNotedTwiceIsDoubled() {
        audit.staged("a", "s3://stage/a", 3);
        audit.noted(line("a", "1", 3, 0, 3));
        audit.noted(line("a", "2", 3, 0, 3));

        assertFinding("s3://stage/a is noted twice in the ledger");
    }

    @Test
    void theWarehouseMustHaveTheRecordsThatWereStaged() {
        audit.staged("a", "s3://stage/a", 3);
        audit.noted(line("a", "1", 2, 0, 2));

        assertFinding("s3://stage/a holds 3 records, 2 by the warehouse's ledger");
    }

    @Test
    void rowsAndRefusedRowsOfALoadMustAddUpToItsRecords() {
        audit.staged("a", "s3://stage/a", 3);
        audit.noted(line("a", "1", 3, 1, 3));

        assertFinding("load 1 made 3 rows of 3 records and refused 1");
    }

    @Test
    void theyNeedNotWhereARecordMayBeAnyNumberOfRows() {
        LoadAudit any = new LoadAudit("orders", "shop.orders", RowsPerRecord.ANY);
        any.staged("a", "s3://stage/a", 3);
        any.noted(line("a", "1", 3, 0, 7));
        any.table(7);

        assertThat(any.report().complete()).isTrue();
    }

    @Test
    void theTableMustHaveTheRowsOfAllLoadsThoseOfOtherDeliveriesIncluded() {
        audit.staged("a", "s3://stage/a", 3);
        audit.noted(line("a", "1", 3, 0, 3));
        audit.noted(new LedgerLine("z", "2", "other", 4, 0, 4));
        audit.table(8);

        assertFinding("shop.orders has 8 rows, 7 by its ledger");
    }

    @Test
    void aLoadHasOneNumberOfRows() {
        audit.noted(line("a", "1", 3, 0, 3));
        audit.noted(line("b", "1", 3, 0, 4));

        assertThat(audit.report().findings())
                .contains("the ledger says of load 1 both that it made 3 rows and 4");
    }

    @Test
    void listsSomeAndCountsTheRest() {
        for (int i = 0; i < 25; i++) {
            audit.staged("a" + i, "s3://stage/a" + i, 1);
            audit.leftOut("s3://stage/a" + i, "m");
        }

        LoadReport report = audit.report();

        assertThat(report.findings()).hasSize(20);
        assertThat(report.text()).contains("… and 5 more");
    }

    private void assertFinding(String text) {
        LoadReport report = audit.report();
        assertThat(report.text()).startsWith("NOT LOADED: ").contains(text);
        assertThat(report.findings()).hasSize(1);
        assertThat(report.complete()).isFalse();
        assertThat(report.mayStillComplete()).isFalse();
    }

    private static LedgerLine line(
            String object, String load, long records, long refused, long rows) {
        return new LedgerLine(object, load, "orders", records, refused, rows);
    }
}
