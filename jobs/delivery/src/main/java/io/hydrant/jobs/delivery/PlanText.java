package io.hydrant.jobs.delivery;

import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.partition.ObjectNames;
import io.hydrant.iceberg.IcebergConfig;
import io.hydrant.iceberg.route.TargetTable;
import io.hydrant.redshift.RedshiftConfig;
import io.hydrant.s3.sink.DeliveryRole;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;

/** A plan as a person reads it. */
final class PlanText {

    private static final String ROW = "  %-46s %-30s %s%n".replace("%n", "\n");

    private PlanText() {}

    /** The plans of all, one after the other. */
    static String of(DeliveryGroup group, Instant now, UUID id) {
        return group.plans().stream()
                .map(plan -> of(plan, now, id))
                .collect(Collectors.joining("\n"));
    }

    /**
     * The plan: what goes where, every option and its origin, and what has no effect here.
     *
     * @param now arrival of the record that the example object begins with
     * @param id identity of the example object
     */
    static String of(DeliveryPlan plan, Instant now, UUID id) {
        ObjectNames names = new ObjectNames(plan.sink().naming());
        long arrival = now.toEpochMilli();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "delivery stream",
                plan.deliveryStream() + ", version " + plan.sink().naming().streamVersion());
        line(text, "from", from(plan));
        if (plan.iceberg() != null) {
            line(text, "to", tables(plan.iceberg()));
            line(text, "errors to", "s3://" + plan.sink().bucket());
        } else {
            if (plan.redshift() != null) {
                line(text, "to", tables(plan.redshift()) + ", " + plan.redshift().access());
                line(text, "staged in", "s3://" + plan.sink().bucket());
            } else {
                line(text, "to", "s3://" + plan.sink().bucket());
            }
            line(text, "object", names.dataKey(arrival, id));
        }
        line(text, "error object", names.errorKey(ErrorOutputType.PROCESSING_FAILED, arrival, id));
        if (plan.backup() != null) {
            line(
                    text,
                    "backup to",
                    "s3://"
                            + plan.backup().bucket()
                            + (plan.backup().role() == DeliveryRole.FAILED_BACKUP
                                    ? ", failed records only"
                                    : ""));
            line(
                    text,
                    "backup object",
                    new ObjectNames(plan.backup().naming()).dataKey(arrival, id));
        }
        line(text, "ledger", ledger(plan));
        text.append("\noptions\n");
        for (PlannedOption option : plan.options()) {
            text.append(ROW.formatted(option.key(), option.value(), option.origin()));
        }
        if (!plan.notices().isEmpty()) {
            text.append("\nnotices\n");
            for (String notice : plan.notices()) {
                text.append("  ").append(notice).append('\n');
            }
        }
        return text.toString();
    }

    private static String from(DeliveryPlan plan) {
        return plan.archive() == null
                ? plan.stream().toString()
                : plan.archive().stream() + '/' + plan.archive().prefix() + ", archived records";
    }

    private static String tables(RedshiftConfig redshift) {
        return redshift.ofEachTable().stream()
                .map(RedshiftConfig::table)
                .collect(Collectors.joining(", "));
    }

    private static String tables(IcebergConfig iceberg) {
        String names =
                iceberg.tables().stream()
                        .map(TargetTable::fullName)
                        .collect(Collectors.joining(", "));
        return (iceberg.routeQuery() == null ? names : "tables that records name")
                + ", "
                + iceberg.catalog()
                + (iceberg.staged() ? ", by way of objects that wait in the bucket" : "");
    }

    private static String ledger(DeliveryPlan plan) {
        return plan.sink().ledger().enabled()
                ? "s3://" + plan.sink().ledger().bucket() + "/" + plan.sink().ledger().prefix()
                : "none; hydrant verify will have nothing to go by";
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("%-16s %s\n".formatted(name, value));
    }
}
