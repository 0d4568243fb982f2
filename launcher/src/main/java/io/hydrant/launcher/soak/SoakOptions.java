package io.hydrant.launcher.soak;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Random;

/** How long a delivery is soaked, and with what. */
final class SoakOptions {

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many rounds; ${DEFAULT-VALUE} if not given.")
    private int rounds;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Records put in a round; ${DEFAULT-VALUE} if not given.")
    private int records;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of what is chosen by chance; a new one if not given.")
    private Long seed;

    /** Refuses what makes no sense. */
    void require(CommandSpec spec) {
        if (rounds < 1 || records < 2) {
            throw new ParameterException(
                    spec.commandLine(), "--rounds must be at least 1, --records at least 2");
        }
    }

    /** What is chosen by chance, after it has said how to have the same again. */
    Random random(PrintWriter out) {
        if (seed == null) {
            seed = (long) new Random().nextInt(1_000_000);
        }
        out.println("seed=" + seed);
        return new Random(seed);
    }

    /** Runs it and says what came of it; returns the exit code. */
    int run(DeliverySoak soak, PrintWriter out) throws Exception {
        DeliverySoak.Outcome outcome = soak.run(rounds, records);
        out.print(outcome.verified().text());
        out.printf(
                Locale.ROOT,
                "rounds=%d lost=%d doubled=%d records=%d seed=%d%n",
                outcome.rounds(),
                outcome.lost(),
                outcome.doubled(),
                outcome.records(),
                seed);
        return outcome.passed() ? 0 : 1;
    }
}
