package io.hydrant.launcher.redrive;

import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.verify.DeliveryReads;
import io.hydrant.launcher.verify.PlanOptions;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.sink.RedriveDelivery;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.RetryClock;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3ObjectStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Clock;
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
            "Send the records of error objects through a configuration again, once each:",
            "Hydrant's error objects and Firehose's own. What was redriven is remembered in the",
            "bucket, so a second redrive, or one that goes on after a crash, doubles nothing.",
            "Error objects stay where they are."
        },
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {
            "0:every record that was found is delivered, now or before, or dropped",
            "1:something failed again, or could not be read",
            "2:it could not be redriven"
        })
public final class RedriveCommand implements Callable<Integer> {

    private static final int NOT_CLEAN = 1;

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

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        S3Prefix place = place();
        Set<ErrorOutputType> wantedTypes = wantedTypes();
        DeliveryPlan plan =
                planOptions.planOfObjects(
                        "rows that the table refused are in error objects of one line each: put the lines into the stream again once the cause is mended");
        RedriveReport report = new RedriveReport(dryRun);
        ObjectStore store = S3ObjectStore.connect(plan.sinkAws(), plan.sink().store());
        try (RedriveDelivery delivery =
                        new RedriveDelivery(plan.sinkToWrite(), store, Clock.systemUTC());
                RedriveRooms rooms = new RedriveRooms(plan)) {
            new Redrive(
                            place,
                            new DeliveredObjects(
                                    store,
                                    new S3Calls(plan.sink().retryTimeout(), RetryClock.SYSTEM),
                                    place.bucket()),
                            rooms,
                            dryRun ? RedriveTarget.dryRun(delivery) : RedriveTarget.of(delivery),
                            report,
                            new RedriveProgress(out))
                    .run(new ErrorObjects(wantedTypes, DeliveryReads.ownPrefixes(plan)));
        }
        out.print(report.text());
        out.flush();
        return report.isClean() ? 0 : NOT_CLEAN;
    }

    private S3Prefix place() {
        try {
            return S3Prefix.parse(from);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--from: " + e.getMessage(), e);
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
