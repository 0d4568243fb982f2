package io.hydrant.launcher.soak;

import io.hydrant.launcher.HydrantRoot;
import io.hydrant.launcher.localstack.RunningLocalStack;
import io.hydrant.launcher.localstack.StreamAndBucket;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.flink.FlinkCluster;
import io.hydrant.localstack.harness.flink.FlinkHome;
import io.hydrant.localstack.harness.iceberg.IcebergJars;
import io.hydrant.localstack.harness.iceberg.RestCatalog;
import io.hydrant.localstack.harness.iceberg.TableReader;
import io.hydrant.localstack.harness.process.OwnedFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;

/** {@code ./hydrant soak iceberg}: the delivery to a table of Iceberg, struck in rounds. */
@Command(
        name = "iceberg",
        mixinStandardHelpOptions = true,
        description = {
            "Rounds of killing the delivery to a table of Iceberg on a Flink cluster.",
            "A round is kill -9 of a TaskManager, at any time or before or after each step of "
                    + "a commit (files of rows, their lists, manifests, the ledger; with --staged the "
                    + "objects that wait, their notes and what is decided of them); the whole job "
                    + "cancelled or stopped and restored with another parallelism; or a commit that "
                    + "the catalog fails before or after it took effect, the latter with a kill as "
                    + "well. In the end the delivery is verified, and PyIceberg and DuckDB say which "
                    + "rows are in the table."
        })
final class IcebergSoakCommand implements Callable<Integer> {

    private static final String STREAM = "hydrant-soak";
    private static final String BUCKET = "hydrant-soak";

    @Spec private CommandSpec spec;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many rounds; ${DEFAULT-VALUE} if not given.")
    private int rounds;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "500",
            description = "Records put in a round; ${DEFAULT-VALUE} if not given.")
    private int records;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description =
                    "Seed of what is chosen by chance; a new one if not given. The first rounds strike once in each way.")
    private Long seed;

    @Option(
            names = "--staged",
            description =
                    "Records wait in the bucket first (iceberg.staged), as those of one of several destinations do.")
    private boolean staged;

    @Option(
            names = "--by-key",
            description =
                    "Records replace and remove those before them by key, so that the last one of each key counts.")
    private boolean byKey;

    @Option(
            names = "--upkeep",
            description =
                    "The table is compacted and its snapshots expire behind every few commits; kills before and after removals of files, too.")
    private boolean upkeep;

    @Override
    public Integer call() throws Exception {
        if (rounds < 1 || records < 2) {
            throw new ParameterException(
                    spec.commandLine(), "--rounds must be at least 1, --records at least 2");
        }
        PrintWriter out = spec.commandLine().getOut();
        Progress progress = out::println;
        long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
        out.println("seed=" + chosen);
        FlinkHome home = FlinkHome.find(progress);
        IcebergJars jars = IcebergJars.find(HydrantRoot.folder(), progress);
        TableReader reader = TableReader.find(progress);
        try (OwnedFolder folder = OwnedFolder.create("hydrant-soak-");
                RunningLocalStack running = RunningLocalStack.start(progress);
                StreamAndBucket resources =
                        StreamAndBucket.create(running.localStack(), STREAM, BUCKET);
                SoakTable table =
                        new SoakTable(
                                running.localStack(),
                                STREAM,
                                BUCKET,
                                reader,
                                RestCatalog.start(
                                        jars,
                                        SoakTable.ofServer(
                                                running.localStack(), BUCKET, folder.path()),
                                        folder.path().resolve("catalog.log")),
                                BucketDoor.open(running.localStack().endpoint()),
                                new TableMode(staged, byKey, upkeep));
                FlinkCluster cluster = cluster(home, jars, progress)) {
            IcebergSoak.Outcome outcome =
                    new IcebergSoak(cluster, table, new Random(chosen), out).run(rounds, records);
            out.print(outcome.verified().text());
            out.printf(
                    Locale.ROOT,
                    "rounds=%d lost=%d doubled=%d records=%d seed=%d%n",
                    rounds,
                    outcome.lost(),
                    outcome.doubled(),
                    outcome.records(),
                    chosen);
            return outcome.passed() ? 0 : 1;
        }
    }

    private static FlinkCluster cluster(FlinkHome home, IcebergJars jars, Progress progress)
            throws IOException {
        return FlinkCluster.builder(home)
                .libraries(jars.ofFlink())
                .slots(IcebergSoak.MAX_PARALLELISM)
                .set("execution.checkpointing.interval", "1 s")
                .set(
                        "execution.checkpointing.externalized-checkpoint-retention",
                        "RETAIN_ON_CANCELLATION")
                // What is the newest checkpoint must be so when a job ends, not seconds before.
                .set("web.refresh-interval", "100 ms")
                .set("restart-strategy.type", "fixed-delay")
                .set("restart-strategy.fixed-delay.attempts", "1000000")
                .set("restart-strategy.fixed-delay.delay", "500 ms")
                .set("jobmanager.memory.process.size", "1200m")
                .set("taskmanager.memory.process.size", "1800m")
                .progress(progress)
                .start();
    }
}
