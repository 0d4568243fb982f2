package io.hydrant.launcher.bench;

import io.hydrant.localstack.bench.CorridorBench;
import io.hydrant.localstack.bench.DeliveryBench;
import io.hydrant.localstack.bench.IngestBench;
import io.hydrant.localstack.bench.SinkBench;
import io.hydrant.localstack.bench.SourceBench;
import io.hydrant.localstack.bench.SqlBench;
import io.hydrant.localstack.bench.WarehouseBench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hydrant bench}: measures what delivery costs, side by side with its limit and rivals. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure what delivery costs, beside its limit and its rivals.",
        synopsisSubcommandLabel = "corridor|delivery|source|sink|ingest|sql|warehouse",
        subcommands = {
            CorridorBench.class,
            DeliveryBench.class,
            SourceBench.class,
            SinkBench.class,
            IngestBench.class,
            SqlBench.class,
            WarehouseBench.class
        })
public final class BenchCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to measure: corridor, delivery, source, sink, ingest, sql or warehouse");
    }
}
