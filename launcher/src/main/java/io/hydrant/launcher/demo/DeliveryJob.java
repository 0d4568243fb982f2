package io.hydrant.launcher.demo;

import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.launcher.HydrantRoot;
import io.hydrant.launcher.demo.DeliveredFlights.Delivered;
import io.hydrant.launcher.verify.ScanReporter;
import io.hydrant.launcher.verify.Verification;
import io.hydrant.launcher.verify.VerificationResult;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.flink.FlinkCluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The job that delivers the flights, and the proof that it did. */
final class DeliveryJob {

    private static final int OBJECTS_SHOWN = 5;

    private final PrintWriter out;
    private final DeliveryPlan plan;
    private final String id;

    private DeliveryJob(PrintWriter out, DeliveryPlan plan, String id) {
        this.out = out;
        this.plan = plan;
        this.id = id;
    }

    /**
     * What {@code flink run} gives to a job that delivers into the bucket of a demo.
     *
     * @param config a file among the examples
     */
    static List<String> arguments(String config, LocalStack localStack, int parallelism) {
        return new ArrayList<>(
                List.of(
                        "--config",
                        HydrantRoot.exampleConfig(config).toString(),
                        "--set",
                        "aws.endpoint=" + localStack.endpoint(),
                        "--set",
                        "parallelism=" + parallelism));
    }

    /** Submits it, and says how. */
    static DeliveryJob submit(FlinkCluster cluster, List<String> arguments, PrintWriter out)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(HydrantRoot.deliveryJar().toString()));
        words.addAll(arguments);
        out.println("\n$ flink run -d hydrant-delivery.jar " + String.join(" ", arguments) + '\n');
        String job = cluster.run(words.toArray(String[]::new));
        cluster.awaitRunning(job);
        return new DeliveryJob(out, DeliveryPlan.of(arguments), job);
    }

    DeliveryPlan plan() {
        return plan;
    }

    String id() {
        return id;
    }

    /**
     * Verifies what was delivered, reads every line of it back, and shows some.
     *
     * @param total how many flights went in
     * @return whether each of them landed exactly once
     */
    boolean prove(long total, DeliveredFlights delivered) throws IOException, InterruptedException {
        out.println("\n$ ./hydrant verify --read-back …\n");
        VerificationResult result = new Verification(plan, null, true, new ScanReporter(out)).run();
        out.print(result.text());
        Delivered landed = delivered.byLedger();
        DeliveredFlights.ReadBack lines = delivered.byLines(landed.objects().keySet());
        boolean each = lines.lines() == total && lines.distinct() == total;
        out.printf(
                Locale.ROOT,
                "flights   %,d replayed, %,d lines read back, %,d different flights in them: %s%n",
                total,
                lines.lines(),
                lines.distinct(),
                each ? "each exactly once" : "NOT each exactly once");
        out.println("\nWhat landed:");
        landed.objects().entrySet().stream()
                .limit(OBJECTS_SHOWN)
                .forEach(
                        object ->
                                out.printf(
                                        Locale.ROOT,
                                        "  %,9d bytes  %s%n",
                                        object.getValue(),
                                        object.getKey()));
        if (landed.objects().size() > OBJECTS_SHOWN) {
            out.printf(Locale.ROOT, "  … and %,d more%n", landed.objects().size() - OBJECTS_SHOWN);
        }
        out.println("The first lines of the first:");
        lines.sample().forEach(line -> out.println("  " + line));
        return result.complete() && each;
    }
}
