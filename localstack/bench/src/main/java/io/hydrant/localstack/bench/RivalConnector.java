package io.hydrant.localstack.bench;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.cache.HydrantCache;
import io.hydrant.localstack.harness.process.SideProject;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The official connector with the Flink that it runs on, resolved and compiled by Maven when it is
 * first needed, and kept in the cache.
 */
final class RivalConnector {

    private final Path project;
    private final HydrantCache cache;
    private final Progress progress;

    /**
     * A rival that nothing was done for yet.
     *
     * @param project its Maven project
     */
    RivalConnector(Path project, HydrantCache cache, Progress progress) {
        this.project = project;
        this.cache = cache;
        this.progress = progress;
    }

    /**
     * The class path of its JVM: its own classes and jars, and behind them the classes of this
     * module, of which it uses the meters and the job.
     *
     * @throws IOException if it cannot be resolved or compiled; with what Maven said last
     */
    String classPath() throws IOException {
        Path made =
                new SideProject(Checkout.root(), project, "rival.output")
                        .folder(
                                cache,
                                "rival",
                                "official connector: resolving it and its Flink, 120 MB, and compiling its case (once) …",
                                progress);
        try (Stream<Path> jars = Files.list(made.resolve("lib"))) {
            return String.join(
                    File.pathSeparator,
                    made.resolve("classes").toString(),
                    jars.sorted()
                            .map(Path::toString)
                            .reduce((one, other) -> one + File.pathSeparator + other)
                            .orElseThrow(),
                    Checkout.ownClasses().toString());
        }
    }
}
