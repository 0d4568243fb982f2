package io.hydrant.launcher.validate;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.jobs.delivery.document.InvalidConfigurationException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code hydrant validate}: says everything that is wrong with configurations. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Check configurations of delivery streams as the job would, without running it.",
            "It says every error with its path, the value and what is allowed."
        },
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {"0:all are valid", "1:at least one is not"})
public final class ValidateCommand implements Callable<Integer> {

    private static final int NOT_VALID = 1;

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "A configuration: a file or s3://bucket/key.")
    private List<String> files;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A value over each configuration, as the job takes it; may be repeated.")
    private List<String> assignments = List.of();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int code = 0;
        for (String file : files) {
            try {
                DeliveryPlan plan = DeliveryPlan.toCheck(arguments(file));
                out.println(file + ": valid");
                plan.notices().forEach(notice -> out.println("  note: " + notice));
            } catch (InvalidConfigurationException e) {
                out.println(e.getMessage());
                code = NOT_VALID;
            }
        }
        out.flush();
        return code;
    }

    private List<String> arguments(String file) {
        List<String> arguments = new ArrayList<>(List.of("--config", file));
        for (String assignment : assignments) {
            arguments.add("--set");
            arguments.add(assignment);
        }
        return arguments;
    }
}
