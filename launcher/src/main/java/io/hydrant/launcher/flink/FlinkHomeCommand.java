package io.hydrant.launcher.flink;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.flink.FlinkHome;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code hydrant flink-home}: makes sure that there is a Flink, and says how to use it.
 *
 * <p>What it prints on standard output is shell, so that {@code eval "$(./hydrant flink-home)"}
 * brings {@code flink} onto the path; its progress goes to standard error.
 */
@Command(
        name = "flink-home",
        mixinStandardHelpOptions = true,
        description = {
            "Tell where Flink is: $FLINK_HOME if that is set, else one that is assembled "
                    + "once in the cache.",
            "eval \"$(./hydrant flink-home)\" brings its programs onto the path of the shell."
        })
public final class FlinkHomeCommand implements Callable<Integer> {

    /** Finds or assembles a home. */
    @FunctionalInterface
    interface Finder {

        FlinkHome find(Progress progress) throws IOException;
    }

    private final Finder finder;

    @Option(names = "--where", description = "print nothing but the folder")
    private boolean where;

    @Spec private CommandSpec spec;

    /** The command, for the launcher. */
    public FlinkHomeCommand() {
        this(FlinkHome::find);
    }

    FlinkHomeCommand(Finder finder) {
        this.finder = finder;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        FlinkHome home = finder.find(line -> err.println(line));
        PrintWriter out = spec.commandLine().getOut();
        if (where) {
            out.println(home.path());
        } else {
            instructions(home, Path.of(System.getProperty("hydrant.root", "")))
                    .forEach(out::println);
        }
        return 0;
    }

    static List<String> instructions(FlinkHome home, Path root) {
        return List.of(
                "# Flink "
                        + home.version()
                        + "; eval \"$(./hydrant flink-home)\" takes it into use.",
                "export FLINK_HOME=" + quoted(home.path()),
                "export PATH=\"$FLINK_HOME/bin:$PATH\"",
                "# Then a cluster with a web UI at http://localhost:8081, and a job on it:",
                "#   start-cluster.sh",
                "#   flink run -d "
                        + quoted(root.resolve("jobs/delivery/target/hydrant-delivery.jar"))
                        + " --config "
                        + quoted(root.resolve("examples/flights.json")),
                "#   stop-cluster.sh");
    }

    /** As a shell takes it for one word, whatever is in it. */
    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_./@%+=:,-]+")
                ? text
                : "'" + text.replace("'", "'\\''") + "'";
    }
}
