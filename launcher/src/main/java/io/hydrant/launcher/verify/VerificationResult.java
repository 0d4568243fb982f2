package io.hydrant.launcher.verify;

import io.hydrant.delivery.ledger.AuditReport;

/**
 * What a verification found.
 *
 * @param audit ledger against stream
 * @param objects ledger against bucket
 */
public record VerificationResult(AuditReport audit, ObjectCheck.Result objects) {

    /** Whether every record was delivered exactly once and every object is what the ledger says. */
    public boolean complete() {
        return audit.complete() && objects.agrees();
    }

    /** Whether all that keeps it from being complete is records that are not delivered yet. */
    public boolean onlyPending() {
        return !audit.complete() && audit.consistent() && objects.agrees();
    }

    /**
     * Whether a delivery that goes on may yet make it complete. What is doubled or changed stays
     * so; what is missing may be in an object that is still open.
     */
    public boolean mayStillComplete() {
        return audit.onlyUndelivered() && objects.agrees();
    }

    /** The whole report. */
    public String text() {
        return audit.text() + objects.text();
    }
}
