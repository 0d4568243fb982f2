package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.cases.Suite;
import io.hydrant.localstack.bench.report.BenchSetup;
import io.hydrant.localstack.bench.report.ResultPage;
import io.hydrant.localstack.bench.report.ResultTables;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Measures what the corridor costs, side by side with its limit and its rivals: {@code ./hydrant
 * bench corridor}. Prints the table and writes the result page.
 */
@Command(
        name = "corridor",
        description =
                "Measures the corridor from Kinesis to S3 beside its limit and its rivals, prints the table and writes the result page.")
public final class CorridorBench extends CaseBench {

    /** The benchmark with options yet to be parsed. */
    public CorridorBench() {
        super(Suite.CORRIDOR);
    }

    /** Runs the benchmark; ends the JVM with 0, or with another code where it failed. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CorridorBench()).execute(arguments));
    }

    @Override
    String tables(ResultTables tables) {
        return tables.all();
    }

    @Override
    String page(BenchSetup setup, ResultTables tables) {
        return new ResultPage(setup, tables).markdown();
    }
}
