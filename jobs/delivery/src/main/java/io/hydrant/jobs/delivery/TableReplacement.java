package io.hydrant.jobs.delivery;

import io.hydrant.jobs.delivery.document.Problems;
import io.hydrant.redshift.LoadMode;
import io.hydrant.redshift.RedshiftOptions;

/**
 * Judges whether a delivery may replace a table as a whole: only one that ends, and whose name is
 * its own, since by that name the warehouse knows what of it is loaded.
 */
final class TableReplacement {

    private TableReplacement() {}

    /** Says what keeps it from that. */
    static void check(String replayId, DeliveryPlan plan, Problems problems) {
        if (plan.redshift() == null || plan.redshift().mode() != LoadMode.REPLACE) {
            return;
        }
        String missing = null;
        if (plan.archive() == null && !plan.source().end().isBounded()) {
            missing = "needs a run that ends: " + ReplayRange.FROM + ", with " + ReplayRange.ID;
        } else if (replayId == null) {
            missing = "needs an id of its own for each run: " + ReplayRange.ID;
        } else if (plan.allowsOverlap()) {
            missing =
                    "does not go with "
                            + DeliveryJobOptions.ALLOW_OVERLAP.key()
                            + ", by which a second run of one id would add to the first";
        } else if (!plan.sink().ledger().enabled()) {
            missing =
                    "needs the ledger, and ledger.enabled is false; by it a second run of one id is refused";
        }
        if (missing != null) {
            problems.add(RedshiftOptions.LOAD_MODE.key(), "REPLACE " + missing);
        }
    }
}
