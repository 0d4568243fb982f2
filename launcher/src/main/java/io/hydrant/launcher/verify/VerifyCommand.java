package io.hydrant.launcher.verify;

import io.hydrant.delivery.sample.SampleConfig;
import io.hydrant.jobs.delivery.DeliveryPlan;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** {@code ./hydrant verify}: says whether a delivery is complete. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Compare the ledger of a delivery with its stream and its bucket, and where it "
                        + "goes to Redshift or to tables of Iceberg with those: gaps, overlaps, totals.",
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {
            "0:complete, every record of the stream delivered exactly once",
            "1:something is missing, doubled, changed or lost by retention; or abandoned, and left",
            "2:it could not be verified, or not yet, where a delivery samples",
            "3:nothing is missing, but the newest records are not delivered yet"
        })
public final class VerifyCommand implements Callable<Integer> {

    static final int NOT_COMPLETE = 1;
    static final int UNDECIDED = 2;
    static final int PENDING = 3;

    private static final long PAUSE_MILLIS = 1_000;

    @Spec private CommandSpec spec;

    @Mixin private PlanOptions planOptions;

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            description =
                    "Expect only what arrived then or later, such as 2026-01-27T00:00:00Z. Default: what"
                            + " the start position says; with LATEST, the oldest record delivered.")
    private Instant since;

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            description =
                    "What a replay was told: TRIM_HORIZON, a time, or s3://bucket/prefix/ for an archive, whose"
                            + " objects are then read in place of the stream.")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description =
                    "What the same replay was told, a time or LIVE; for one whose ledger holds nothing that"
                            + " came later.")
    private String to;

    @Option(
            names = "--replay-id",
            paramLabel = "ID",
            description = "What the same replay was told, where it has an id of its own.")
    private String id;

    @ArgGroup(
            exclusive = false,
            heading = "%nInstead of verifying, find what a dead job has left:%n")
    private AbandonedOptions leftOvers;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "PT0S",
            description =
                    "How long to wait for records that are not delivered yet, such as PT2M. Needed while the"
                            + " job runs: of objects that are open side by side one is committed before the"
                            + " other, and what is in the other looks missing until then. Default: not at"
                            + " all.")
    private Duration wait;

    @Option(
            names = "--read-back",
            description =
                    "Read every object, too: decompress it and compare its size; and every row of a table of"
                            + " Iceberg.")
    private boolean readBack;

    @Option(
            names = "--redshift",
            description =
                    "The delivery must be one to Redshift. Without it the configuration says where it goes.")
    private boolean redshift;

    @Option(
            names = "--ignore-row-count",
            description =
                    "Do not ask whether the table of Redshift or Iceberg has as many rows as its ledger or its"
                            + " commits say; for a table that others add to or remove from, too.")
    private boolean ignoreRowCount;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (leftOvers != null && leftOvers.problem() != null) {
            throw new ParameterException(spec.commandLine(), leftOvers.problem());
        }
        DeliveryPlan plan = planOptions.planToRead(range());
        if (redshift && plan.redshift() == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--redshift is given, and the configuration has no RedshiftDestinationConfiguration");
        }
        if (leftOvers != null) {
            return leftOvers.run(plan, out) ? 0 : NOT_COMPLETE;
        }
        Verification verification =
                new Verification(plan, since, readBack, !ignoreRowCount, new ScanReporter(out));
        VerificationResult result = untilSettled(verification, System.nanoTime() + wait.toNanos());
        out.print(result.text());
        out.flush();
        if (result.complete()) {
            return 0;
        }
        if (plan.sample() != null && result.mayStillComplete()) {
            out.println(held(plan.sample()));
            out.flush();
            return UNDECIDED;
        }
        return result.onlyPending() ? PENDING : NOT_COMPLETE;
    }

    /** What waits in the state of a job is in no entry, wherever it lies in its shard. */
    private static String held(SampleConfig sample) {
        return "UNDECIDED: this delivery samples, and keeps records for up to "
                + sample.longestWait()
                + " before it delivers or drops them, so what is said to be missing may be waiting."
                + " Verify with --wait that long behind the last record, or when the job has ended"
                + " (a replay that is through, or flink stop --drain)";
    }

    private List<String> range() {
        List<String> range = new ArrayList<>();
        if (from != null) {
            range.addAll(List.of("--from", from));
        }
        if (to != null) {
            range.addAll(List.of("--to", to));
        }
        if (id != null) {
            range.addAll(List.of("--replay-id", id));
        }
        return range;
    }

    private static VerificationResult untilSettled(Verification verification, long deadline)
            throws Exception {
        while (true) {
            VerificationResult result = verification.run();
            if (!result.mayStillComplete() || deadline - System.nanoTime() <= 0) {
                return result;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
