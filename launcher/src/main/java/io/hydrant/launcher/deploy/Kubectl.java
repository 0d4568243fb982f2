package io.hydrant.launcher.deploy;

import io.hydrant.localstack.harness.process.Command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Kubernetes' own command line, over the cluster that it is set up for. */
final class Kubectl {

    private static final int DIFFERENT = 1;

    private final String program;
    private final String namespace;
    private final Consumer<String> lines;

    /**
     * A command line.
     *
     * @param namespace null for the one it is set up for
     * @param lines takes what it prints
     */
    Kubectl(String program, String namespace, Consumer<String> lines) {
        this.program = program;
        this.namespace = namespace;
        this.lines = lines;
    }

    /**
     * What would change in the cluster.
     *
     * @return whether anything would
     * @throws IOException if the cluster cannot be asked; with what it said
     */
    boolean diff(Path manifest) throws IOException {
        Command.Result result = attempt("diff", manifest);
        if (result.exitCode() != 0 && result.exitCode() != DIFFERENT) {
            throw failed("diff", result);
        }
        return result.exitCode() == DIFFERENT;
    }

    /**
     * Makes the cluster what the manifest says.
     *
     * @throws IOException if it fails; with what the cluster said
     */
    void apply(Path manifest) throws IOException {
        Command.Result result = attempt("apply", manifest);
        if (result.exitCode() != 0) {
            throw failed("apply", result);
        }
    }

    private Command.Result attempt(String verb, Path manifest) throws IOException {
        List<String> words = new ArrayList<>(List.of(program, verb, "-f", manifest.toString()));
        if (namespace != null) {
            words.addAll(List.of("--namespace", namespace));
        }
        try {
            return Command.of(words).listening(lines).attempt();
        } catch (IOException e) {
            throw new IOException(
                    program
                            + " cannot be started; install it, or take --dry-run with --out and apply the file elsewhere",
                    e);
        }
    }

    private static IOException failed(String verb, Command.Result result) {
        return new IOException(
                "kubectl "
                        + verb
                        + " ended with exit code "
                        + result.exitCode()
                        + ":\n"
                        + result.output());
    }
}
