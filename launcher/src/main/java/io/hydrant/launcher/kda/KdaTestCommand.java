package io.hydrant.launcher.kda;

import io.hydrant.sql.kda.tryout.KdaTest.Outcome;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code hydrant kda test}: runs an application on a file. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Run an application on the lines of a file, the same each time.",
            "Printed are the rows of every stream that a pump writes, and of error_stream: "
                    + "a JSON object each, in the order of ROWTIME. The end of the file closes all "
                    + "windows."
        },
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {"0:it ran", "1:something in the SQL cannot run"})
final class KdaTestCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private KdaFiles files;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE",
            description =
                    "A JSON object in each line, in the order of arrival: ROWTIME and perhaps "
                            + "APPROXIMATE_ARRIVAL_TIME set the clock; the rest is the record, or RECORD "
                            + "holds it as text. {\"BOUND\": \"<instant>\"} moves the clock on without a row.")
    private Path input;

    @Option(
            names = "--rowtime",
            paramLabel = "FIELD",
            defaultValue = "ROWTIME",
            description = "The field that sets the clock (default: ${DEFAULT-VALUE}).")
    private String rowtime;

    @Option(
            names = "--function",
            paramLabel = "COMMAND",
            description =
                    "A command of the shell in place of the Lambda function that prepares records, "
                            + "run for each batch: it reads the event and prints the answer. Of a function in "
                            + "Python: python3 -c 'import json, sys, app; "
                            + "json.dump(app.handler(json.load(sys.stdin), None), sys.stdout)'.")
    private String function;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the rows go (default: standard output).")
    private Path out;

    @Override
    public Integer call() throws Exception {
        Outcome outcome = files.outcome(Files.readAllLines(input), rowtime, function);
        if (!outcome.problems().isEmpty()) {
            files.print(outcome.problems(), spec.commandLine().getErr());
            return KdaFiles.PROBLEMS;
        }
        if (out != null) {
            Files.write(out, outcome.rows());
            return 0;
        }
        PrintWriter to = spec.commandLine().getOut();
        outcome.rows().forEach(to::println);
        to.flush();
        return 0;
    }
}
