package io.hydrant.launcher.verify;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3ObjectStore;

import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The arguments of {@code verify --abandoned}, and what they ask for. */
final class AbandonedOptions {

    private static final Duration BESIDE_CHECKPOINTS = Duration.ofHours(1);
    private static final Duration BY_AGE_ALONE = Duration.ofDays(7);

    @Option(
            names = "--abandoned",
            required = true,
            description =
                    "List unfinished uploads and staged segments of this delivery that nothing will ever complete,"
                            + " in place of verifying it.")
    private boolean abandoned;

    @Option(
            names = "--checkpoint",
            paramLabel = "PLACE",
            description =
                    "A checkpoint or savepoint that may still be restored, or a folder of them: a path or"
                            + " s3://bucket/prefix; may be repeated. What it refers to is not abandoned.")
    private List<String> checkpoints = List.of();

    @Option(
            names = "--older-than",
            paramLabel = "DURATION",
            description =
                    "Least age of what is abandoned, more than a running job needs from one checkpoint to the"
                            + " next. Default: PT1H beside --checkpoint, else P7D.")
    private Duration olderThan;

    @Option(names = "--remove", description = "Remove what is listed.")
    private boolean remove;

    /** What is wrong with the arguments, null where nothing is. */
    String problem() {
        if (!abandoned) {
            return "--abandoned takes no value; leave it out to have it off";
        }
        return remove && checkpoints.isEmpty() && olderThan == null
                ? "--remove needs --checkpoint, for a savepoint of any age may still need its uploads;"
                        + " where there is none to keep, say so by --older-than"
                : null;
    }

    /** Lists, and removes where that was asked for; whether nothing is left of it. */
    boolean run(DeliveryPlan plan, PrintWriter out) throws Exception {
        Duration age =
                olderThan != null
                        ? olderThan
                        : checkpoints.isEmpty() ? BY_AGE_ALONE : BESIDE_CHECKPOINTS;
        try (ObjectStore store = S3ObjectStore.connect(plan.sinkAws(), plan.sink().store())) {
            LeftOvers leftOvers = new LeftOvers(plan, store);
            LeftOvers.Found found = leftOvers.find(checkpoints, age, Instant.now());
            out.printf(
                    Locale.ROOT,
                    "left      %,d uploads and segments unfinished: %,d referred to (%,d checkpoints read), %,d younger than %s, %,d abandoned%n",
                    found.referenced() + found.young() + found.abandoned().size(),
                    found.referenced(),
                    found.checkpoints(),
                    found.young(),
                    age,
                    found.abandoned().size());
            for (LeftOver one : found.abandoned()) {
                out.printf(
                        "  s3://%s/%s, begun %s, %s%n",
                        plan.sink().bucket(),
                        one.key(),
                        Instant.ofEpochMilli(one.madeMillis()),
                        one.isSegment() ? "staged segment" : "upload " + one.uploadId());
                if (remove) {
                    leftOvers.remove(one);
                }
            }
            if (remove) {
                out.printf(Locale.ROOT, "removed   %,d%n", found.abandoned().size());
            }
            if (plan.iceberg() != null) {
                out.println(
                        "tables    files that no snapshot has are not looked for; Iceberg's own actions remove them (remove_orphan_files), those that are older than checkpoints and savepoints are kept");
            }
            out.flush();
            return remove || found.abandoned().isEmpty();
        }
    }
}
