package io.hydrant.launcher.verify;

import io.hydrant.jobs.delivery.DeliveryPlan;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/** The arguments that say which delivery is meant, as the job takes them. */
public final class PlanOptions {

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The configuration that the job runs with: a file or s3://bucket/key.")
    private String config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A value over the configuration, as the job takes it; may be repeated.")
    private List<String> assignments = List.of();

    /** Where the configuration is, as given. */
    public String config() {
        return config;
    }

    /** What goes before it, as given. */
    public List<String> assignments() {
        return List.copyOf(assignments);
    }

    /** The delivery that the arguments describe. */
    public DeliveryPlan plan() {
        return DeliveryPlan.of(arguments(List.of()));
    }

    /** The delivery that the arguments describe, for who puts records through it without AWS. */
    public DeliveryPlan planToTry() {
        return DeliveryPlan.toTry(arguments(List.of()));
    }

    /**
     * The delivery that the arguments describe, for who only reads what it delivered.
     *
     * @param more of what the job takes, such as {@code --from}, and its value
     */
    DeliveryPlan planToRead(List<String> more) {
        return DeliveryPlan.toRead(arguments(more));
    }

    private List<String> arguments(List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("--config", config));
        arguments.addAll(more);
        for (String assignment : assignments) {
            arguments.add("--set");
            arguments.add(assignment);
        }
        return arguments;
    }
}
