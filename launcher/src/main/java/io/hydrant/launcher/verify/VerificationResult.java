package io.hydrant.launcher.verify;

import io.hydrant.delivery.ledger.AuditReport;
import io.hydrant.iceberg.audit.TablesReport;
import io.hydrant.redshift.LoadReport;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a verification found.
 *
 * @param audit ledger against stream
 * @param objects ledger against bucket
 * @param loads what of the objects is in which table of the warehouse; empty where they are for
 *     none
 * @param tables what of the commits is in tables of Iceberg, null where it does not go there
 * @param backup the same of the backup, null where there is none
 */
public record VerificationResult(
        AuditReport audit,
        ObjectCheck.Result objects,
        List<LoadReport> loads,
        TablesReport tables,
        VerificationResult backup) {

    /** Keeps its own copy. */
    public VerificationResult {
        loads = List.copyOf(loads);
    }

    /** The result of a delivery to objects, without a backup. */
    VerificationResult(AuditReport audit, ObjectCheck.Result objects) {
        this(audit, objects, List.of(), null, null);
    }

    /** Whether every record was delivered exactly once and every object is what the ledger says. */
    public boolean complete() {
        return audit.complete()
                && objects.agrees()
                && loads.stream().allMatch(LoadReport::complete)
                && (tables == null || tables.agree())
                && (backup == null || backup.complete());
    }

    /** Whether all that keeps it from being complete is records that are not delivered yet. */
    public boolean onlyPending() {
        return !complete() && isConsistent() && (backup == null || backup.isConsistent());
    }

    /**
     * Whether a delivery that goes on may yet make it complete. What is doubled or changed stays
     * so; what is missing may be in an object that is still open.
     */
    public boolean mayStillComplete() {
        return !complete()
                && isDeliveredAtMostOnce()
                && (backup == null || backup.isDeliveredAtMostOnce());
    }

    /** The whole report. */
    public String text() {
        String text =
                (loads.isEmpty()
                                ? ""
                                : loads.stream()
                                        .map(LoadReport::text)
                                        .collect(Collectors.joining("\n", "", "\nstaging\n")))
                        + (tables == null ? "" : tables.text() + "\nrecords\n")
                        + audit.text()
                        + objects.text();
        return backup == null ? text : text + "\nbackup\n" + backup.text();
    }

    private boolean isConsistent() {
        return audit.consistent()
                && objects.agrees()
                && loads.stream().allMatch(LoadReport::onlyPending)
                && (tables == null || tables.agree());
    }

    private boolean isDeliveredAtMostOnce() {
        return (audit.complete() || audit.onlyUndelivered())
                && objects.agrees()
                && loads.stream().allMatch(LoadReport::mayStillComplete)
                && (tables == null || tables.agree());
    }
}
