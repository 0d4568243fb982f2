package io.hydrant.jobs.delivery;

import io.hydrant.jobs.delivery.document.Problems;
import io.hydrant.s3.sink.S3SinkConfig;
import io.hydrant.s3.store.ObjectAttributes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Judges which deliveries may share a job, so that one whose destination is blocked stops none of
 * the others.
 *
 * <p>They read one stream, once, so all must say the same about that. They write to one bucket by
 * one identity, for what cannot be written there waits within the job and holds up its checkpoints:
 * with one bucket it stops all, as its checkpoint storage does, and with several one would stop the
 * rest. Warehouses and tables are behind that bucket: what is staged waits there for as long as it
 * takes.
 */
final class GroupRules {

    private static final String WAY_OUT = "; give one of them a job of its own";
    private static final String OR_A_JOB = ", or give it a job of its own";

    private static final List<String> ABOUT_READING =
            List.of("source.", "archive.", "kinesis.", "aws.", "replay.");

    private GroupRules() {}

    /** Adds what keeps the plans from being one job. */
    static void check(List<DeliveryPlan> plans, Problems problems) {
        DeliveryPlan first = plans.get(0);
        Set<String> names = new TreeSet<>();
        Set<String> uids = new TreeSet<>();
        for (DeliveryPlan plan : plans) {
            if (!names.add(plan.deliveryStream())) {
                problems.add(
                        "DeliveryStreamName",
                        "'"
                                + plan.deliveryStream()
                                + "' is the name of two of them; each needs its own, by which its state, its objects and its ledger are known");
            } else if (!uids.add(plan.uidPrefix(true))) {
                problems.add(
                        DeliveryJobOptions.STATE_NAME.key(),
                        "of "
                                + plan.deliveryStream()
                                + " is that of another one, too; leave it out, or give it to the one whose state has it");
            }
            checkReading(first, plan, problems);
            checkAccess(first, plan, problems);
            checkPlaces(first, plan.sink(), problems);
            if (plan.backup() != null) {
                checkPlaces(first, plan.backup(), problems);
            }
        }
    }

    private static void checkReading(DeliveryPlan first, DeliveryPlan plan, Problems problems) {
        same(first, plan, "reads", each -> each.stream().toString(), problems);
        same(
                first,
                plan,
                "runs in parallel tasks:",
                each -> Objects.toString(each.parallelism(), "as Flink is told"),
                problems);
        if (!first.source().equals(plan.source())
                || !first.sourceAws().equals(plan.sourceAws())
                || !Objects.equals(first.archive(), plan.archive())) {
            problems.add(
                    plan.deliveryStream(),
                    "reads otherwise than "
                            + first.deliveryStream()
                            + ", and one job reads once: "
                            + differences(first, plan)
                            + WAY_OUT);
        }
    }

    /** The options about reading that differ; a role of the document shows in none of them. */
    private static String differences(DeliveryPlan first, DeliveryPlan plan) {
        Map<String, String> ours = first.shownOptions();
        Map<String, String> theirs = plan.shownOptions();
        Set<String> keys = new TreeSet<>(ours.keySet());
        keys.addAll(theirs.keySet());
        keys.removeIf(
                key ->
                        ABOUT_READING.stream().noneMatch(key::startsWith)
                                || Objects.equals(ours.get(key), theirs.get(key)));
        return keys.isEmpty()
                ? "KinesisStreamSourceConfiguration.RoleARN"
                : String.join(", ", keys);
    }

    private static void checkAccess(DeliveryPlan first, DeliveryPlan plan, Problems problems) {
        if (!first.sinkAws().equals(plan.sinkAws())
                || !Objects.equals(
                        first.sink().store().pathStyleAccess(),
                        plan.sink().store().pathStyleAccess())) {
            problems.add(
                    plan.deliveryStream(),
                    "reaches its bucket otherwise than "
                            + first.deliveryStream()
                            + " (role, credentials, region or endpoint), and one that cannot be reached would stop the others"
                            + WAY_OUT);
        }
    }

    private static void checkPlaces(DeliveryPlan first, S3SinkConfig sink, Problems problems) {
        String bucket = first.sink().bucket();
        for (String each : new TreeSet<>(List.of(sink.bucket(), sink.ledger().bucket()))) {
            if (!each.equals(bucket)) {
                problems.add(
                        sink.naming().streamName(),
                        "writes to the bucket "
                                + each
                                + ", and "
                                + first.deliveryStream()
                                + " to "
                                + bucket
                                + "; one of them that cannot be written to would stop the others, so take one bucket with a prefix each"
                                + OR_A_JOB);
            }
        }
        if (!key(sink).equals(key(first.sink()))) {
            problems.add(
                    sink.naming().streamName(),
                    "encrypts objects by "
                            + key(sink)
                            + ", and "
                            + first.deliveryStream()
                            + " by "
                            + key(first.sink())
                            + "; a key that is disabled would stop the others, so take one"
                            + OR_A_JOB);
        }
    }

    private static String key(S3SinkConfig sink) {
        ObjectAttributes attributes = sink.store().attributes();
        return attributes.kmsKeyArn() == null
                ? attributes.encryption().name()
                : attributes.kmsKeyArn();
    }

    private static void same(
            DeliveryPlan first,
            DeliveryPlan plan,
            String what,
            Function<DeliveryPlan, String> value,
            Problems problems) {
        String ours = value.apply(first);
        String theirs = value.apply(plan);
        if (!ours.equals(theirs)) {
            problems.add(
                    plan.deliveryStream(),
                    what + ' ' + theirs + ", and " + first.deliveryStream() + ' ' + ours + WAY_OUT);
        }
    }
}
