package io.hydrant.launcher.kda;

import io.hydrant.sql.kda.tryout.KdaTest.Outcome;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code hydrant kda check}: says what in an application cannot run. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "List what in an application cannot run, with line, column and reason.",
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {"0:all of it can run", "1:something cannot"})
final class KdaCheckCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private KdaFiles files;

    @Override
    public Integer call() throws Exception {
        Outcome outcome = files.translated();
        files.print(outcome.problems(), spec.commandLine().getOut());
        if (outcome.problems().isEmpty() && outcome.planned().isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "hydrant kda check: the application has no pump that is started, so no row"
                                    + " would flow; write CREATE PUMP … AS INSERT INTO a stream.");
        }
        return outcome.problems().isEmpty() ? 0 : KdaFiles.PROBLEMS;
    }
}
