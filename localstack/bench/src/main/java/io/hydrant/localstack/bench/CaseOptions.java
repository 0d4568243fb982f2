package io.hydrant.localstack.bench;

import io.hydrant.localstack.bench.measure.NamedCase;
import io.hydrant.localstack.bench.report.ResultTables;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What a user can choose of every benchmark whose cases differ in more than their numbers. */
final class CaseOptions {

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "Runs of each case, interleaved (default: ${DEFAULT-VALUE}).")
    int repeats;

    @Option(
            names = "--cases",
            split = ",",
            paramLabel = "CASE",
            description = "Cases to run, by name (default: all). --list-cases names them.")
    private List<String> cases = List.of();

    @Option(names = "--list-cases", description = "Name the cases and end.")
    private boolean listCases;

    @Option(
            names = "--jvm-options",
            paramLabel = "OPTIONS",
            description = "Options of each measured JVM (default: ${DEFAULT-VALUE}).")
    String jvmOptions;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Result page (default: ${COMMAND-NAME}.md in localstack/bench/results).")
    private Path output;

    @Option(
            names = "--keep",
            paramLabel = "FOLDER",
            description =
                    "Folder for logs and what runs leave; kept. (default: a temporary one, deleted)")
    Path work;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Say this and end.")
    boolean help;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Three runs of each case, in a gibibyte of heap. */
    CaseOptions() {
        this(3, "1g");
    }

    /** What is chosen where the user does not. */
    CaseOptions(int repeats, String heap) {
        this.repeats = repeats;
        this.jvmOptions = "-Xmx" + heap + " -XX:+ExitOnOutOfMemoryError";
    }

    /** What a command line has to keep to. */
    @FunctionalInterface
    interface Rules {

        /** Throws what is wrong, with its option, its value and what it may be. */
        void check() throws IllegalArgumentException;
    }

    /** Names the cases if that is all that was asked for. */
    boolean listed(NamedCase... all) {
        if (listCases) {
            Arrays.asList(all).forEach(one -> say("%-20s %s", one.id(), one.title()));
        }
        return listCases;
    }

    /** The cases to run; ends the command with a usage error where it could not run. */
    <C extends NamedCase> List<C> chosen(C[] all, Rules rules) {
        try {
            Bounds.atLeast(1, "--repeats", repeats);
            rules.check();
            return NamedCase.named(cases, Arrays.asList(all));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    List<String> jvmOptionList() {
        return Arrays.stream(jvmOptions.split(" ", -1)).filter(one -> !one.isEmpty()).toList();
    }

    /** Writes the page, and shows its tables. */
    void write(String page, String tables) throws IOException {
        Path file =
                output == null ? Checkout.resultPage(spec.name() + ".md") : output.toAbsolutePath();
        Files.createDirectories(file.getParent());
        Files.writeString(file, page);
        say("%n%s", tables);
        say("Written to %s", file);
    }

    void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(ResultTables.text(format, values));
        out.flush();
    }
}
