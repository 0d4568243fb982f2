package io.hydrant.launcher.redrive;

import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.verify.DeliveryReads;
import io.hydrant.launcher.verify.PlanOptions;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code ./hydrant redrive}: sends the records of error objects through again, once each. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description = {
            "Send the records of error objects through a configuration again, once each.",
            "Those are Hydrant's error objects and Firehose's own. What was redriven is "
                    + "remembered in the bucket, so a second redrive, or one that goes on after a "
                    + "crash, doubles nothing. Error objects stay where they are. What goes to "
                    + "Redshift is loaded before the command ends, by it or by the delivery that "
                    + "runs; rows that a table refused go as they are. What goes to tables of Iceberg "
                    + "is committed object by object, and a row that replaces or removes others by "
                    + "key does so to what is in the table now, later rows included."
        },
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {
            "0:every record that was found is delivered, now or before, or dropped",
            "1:something failed again, or could not be read",
            "2:it could not be redriven"
        })
public final class RedriveCommand implements Callable<Integer> {

    private static final int NOT_CLEAN = 1;
    private static final int MOST_PARALLEL = 64;

    @Spec private CommandSpec spec;

    @Mixin private PlanOptions planOptions;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "S3-PREFIX",
            description = "Where the error objects lie, such as s3://lake/errors/.")
    private String from;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            split = ",",
            description =
                    "Only error objects of that type, as its folder is called, such as"
                            + " processing-failed; may be repeated. Default: all.")
    private List<String> types = List.of();

    @Option(
            names = "--dry-run",
            description = "Say what would come of the records, and write nothing.")
    private boolean dryRun;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "8",
            description =
                    "How many error objects at once, 1 to 64; they share the memory of"
                            + " delivery.memory-budget. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(
            names = "--part",
            paramLabel = "K/N",
            description =
                    "Only the K-th of N parts, where N machines share the work. Without it they double"
                            + " nothing, either, but read the same objects.")
    private String part;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        S3Prefix place = place();
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--parallel: " + parallel + " is not allowed; 1 to " + MOST_PARALLEL);
        }
        Set<ErrorOutputType> wantedTypes = wantedTypes();
        DeliveryPlan plan = planOptions.plan();
        requireNoOrder(wantedTypes, plan);
        RedriveReport report = new RedriveReport(dryRun);
        new RedriveCrew(plan, place, dryRun, report, new RedriveProgress(out, System::nanoTime))
                .run(
                        new ErrorObjects(
                                wantedTypes, DeliveryReads.ownPrefixes(plan), wantedPart()),
                        parallel);
        out.print(report.text());
        out.flush();
        return report.isClean() ? 0 : NOT_CLEAN;
    }

    private void requireNoOrder(Set<ErrorOutputType> wanted, DeliveryPlan plan) {
        if (wanted.contains(ErrorOutputType.ICEBERG_WAITING)
                && plan.iceberg() != null
                && plan.iceberg().hasOperations()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--type: "
                            + ErrorOutputType.ICEBERG_WAITING.folder()
                            + " has rows by key here, which must come into their tables in the order in which they wait; start the job, which puts them there");
        }
    }

    private S3Prefix place() {
        try {
            return S3Prefix.parse(from);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--from: " + e.getMessage(), e);
        }
    }

    private RedrivePart wantedPart() {
        try {
            return part == null ? RedrivePart.ALL : RedrivePart.parse(part);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--part: " + e.getMessage(), e);
        }
    }

    private Set<ErrorOutputType> wantedTypes() {
        Set<ErrorOutputType> wanted = EnumSet.noneOf(ErrorOutputType.class);
        for (String folder : types) {
            ErrorOutputType type = ErrorOutputType.ofFolder(folder);
            if (type == null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--type: '"
                                + folder
                                + "' is not a type of error; one of "
                                + Arrays.stream(ErrorOutputType.values())
                                        .map(ErrorOutputType::folder)
                                        .collect(Collectors.joining(", ")));
            }
            wanted.add(type);
        }
        return wanted;
    }
}
