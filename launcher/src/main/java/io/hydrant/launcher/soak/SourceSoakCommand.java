package io.hydrant.launcher.soak;

import io.hydrant.launcher.soak.source.SourceSimulation;

import org.slf4j.MDC;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;

/** {@code ./hydrant soak source}: the Kinesis source against a simulation of all around it. */
@Command(
        name = "source",
        mixinStandardHelpOptions = true,
        description = {
            "Drive the Kinesis source through puts, splits, merges, new streams, throttled "
                    + "and broken calls, checkpoints, failures and restores with other parallelisms, "
                    + "drawn by chance, and check that every record comes out once and in the order "
                    + "of its key, as far as the order of shards that is drawn promises it.",
            "With every other seed records expire after a day, and hours pass: what is lost "
                    + "by that has to be reported. With half of the others, jobs come to an end, and "
                    + "others go on there. With half of all seeds, jobs subscribe to their shards by "
                    + "enhanced fan-out: subscriptions end, break, fall silent and are refused. No "
                    + "cluster and no threads: a seed goes the same way each time."
        })
final class SourceSoakCommand implements Callable<Integer> {

    private static final int REPORTS = 10;

    /** Under this key the log keeps silent about what goes wrong on purpose. */
    private static final String SIMULATED = "simulated";

    @Spec private CommandSpec spec;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many steps; ${DEFAULT-VALUE} if not given.")
    private long steps;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of what is drawn by chance; a new one if not given.")
    private Long seed;

    @Override
    public Integer call() throws Exception {
        if (steps < 1) {
            throw new ParameterException(spec.commandLine(), "--steps must be at least 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
        out.println("seed=" + chosen);
        try (MDC.MDCCloseable log = MDC.putCloseable(SIMULATED, "true");
                SourceSimulation simulation = new SourceSimulation(chosen)) {
            return run(simulation, chosen, out);
        }
    }

    private int run(SourceSimulation simulation, long chosen, PrintWriter out) {
        try {
            while (simulation.steps() < steps) {
                simulation.step();
                if (simulation.steps() % Math.max(1, steps / REPORTS) == 0) {
                    progress(simulation, out);
                }
            }
            simulation.settle();
        } catch (Exception e) {
            // Whatever the source throws here, it would have failed a job that was not to fail.
            out.println("The last steps:");
            simulation.lastSteps().forEach(step -> out.println("  " + step));
            out.println(
                    "Violated after step "
                            + simulation.steps()
                            + ": "
                            + (e.getMessage() == null ? e : e.getMessage()));
            out.printf("Again: ./hydrant soak source --seed %d --steps %d%n", chosen, steps);
            out.printf("seed=%d steps=%d violations=1%n", chosen, simulation.steps());
            return 1;
        }
        out.printf("seed=%d steps=%d violations=0%n", chosen, simulation.steps());
        return 0;
    }

    private static void progress(SourceSimulation simulation, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d steps: %,d records, %,d shards, %,d records expired unread,"
                        + " %,d subscriptions ended, %,d broke%n",
                simulation.steps(),
                simulation.records(),
                simulation.shards(),
                simulation.lost(),
                simulation.endedSubscriptions(),
                simulation.brokenSubscriptions());
        out.flush();
    }
}
