package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.cases.Suite;
import io.hydrant.localstack.bench.report.BenchSetup;
import io.hydrant.localstack.bench.report.DeliveryPage;
import io.hydrant.localstack.bench.report.FreshnessResult;
import io.hydrant.localstack.bench.report.ResultTables;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Measures what formats, partitions and transforms cost, side by side with the codecs alone and
 * with Flink's FileSink: {@code ./hydrant bench delivery}. Prints the tables and writes the result
 * page.
 */
@Command(
        name = "delivery",
        description =
                "Measures formats, partitions and transforms beside the codecs alone and Flink's FileSink, prints the tables and writes the result page.")
public final class DeliveryBench extends CaseBench {

    private static final int[] PARTITIONS = {10, 1000, 50_000};

    @Option(
            names = "--freshness-seconds",
            defaultValue = "60",
            paramLabel = "N",
            description =
                    "How long records are put while their age in the store is watched, 0 for not (default: ${DEFAULT-VALUE}).")
    private int freshnessSeconds;

    private FreshnessResult freshness;

    /** The benchmark with options yet to be parsed. */
    public DeliveryBench() {
        super(Suite.DELIVERY);
    }

    /** Runs the benchmark; ends the JVM with 0, or with another code where it failed. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DeliveryBench()).execute(arguments));
    }

    /** Adds the keys that the cases partition by, behind everything else in the document. */
    @Override
    byte[] line(byte[] flight, long number) {
        StringBuilder keys = new StringBuilder();
        for (int partitions : PARTITIONS) {
            keys.append(",\"p").append(partitions).append("\":\"");
            keys.append(number % partitions).append('"');
        }
        byte[] added = keys.append('}').toString().getBytes(StandardCharsets.UTF_8);
        byte[] line = Arrays.copyOf(flight, flight.length - 1 + added.length);
        System.arraycopy(added, 0, line, flight.length - 1, added.length);
        return line;
    }

    @Override
    void measureMore(CorridorRuns runs, PrintWriter out) throws IOException, InterruptedException {
        if (freshnessSeconds > 0) {
            say(out, "Freshness over %,d seconds …", freshnessSeconds);
            freshness = runs.keepUp(freshnessSeconds);
        }
    }

    @Override
    String tables(ResultTables tables) {
        return DeliveryPage.tables(tables, freshness);
    }

    @Override
    String page(BenchSetup setup, ResultTables tables) {
        return new DeliveryPage(setup, tables, freshness).markdown();
    }
}
