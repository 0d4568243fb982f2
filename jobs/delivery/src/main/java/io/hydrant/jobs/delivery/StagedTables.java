package io.hydrant.jobs.delivery;

import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.partition.NamingOptions;
import io.hydrant.delivery.partition.ObjectNames;
import io.hydrant.iceberg.IcebergOptions;
import io.hydrant.jobs.delivery.document.Problems;
import io.hydrant.s3.sink.DeliveryRole;

import java.util.UUID;

/**
 * Judges whether records of a delivery may wait in the bucket before they go into tables of
 * Iceberg: what tables refuse is known only behind the job.
 */
final class StagedTables {

    private static final String KEY = IcebergOptions.STAGED.key();
    private static final String WAY_OUT =
            ", or leave " + KEY + " out in a job that has this delivery alone";

    private StagedTables() {}

    /** Adds what keeps them from that. */
    static void check(DeliveryPlan plan, Problems problems) {
        if (plan.iceberg() == null || !plan.iceberg().staged()) {
            return;
        }
        ErrorOutputType type = ErrorOutputType.ICEBERG_WAITING;
        if (!new ObjectNames(plan.sink().naming())
                .errorKey(type, 0, new UUID(0, 0))
                .contains(type.folder() + '/')) {
            problems.add(
                    NamingOptions.ERROR_PREFIX.key(),
                    "(ErrorOutputPrefix) puts what waits for its table ("
                            + KEY
                            + ") beside what failed; give it a folder !{firehose:error-output-type}/");
        }
        if (plan.backup() != null && plan.backup().role() == DeliveryRole.FAILED_BACKUP) {
            problems.add(
                    KEY,
                    "is on, and a backup of failed records would miss those that a table refuses; keep all records"
                            + WAY_OUT);
        }
    }
}
