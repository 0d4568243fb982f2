package io.hydrant.launcher.kda;

import io.hydrant.sql.kda.run.FlinkStages.Planned;
import io.hydrant.sql.kda.tryout.KdaTest.Outcome;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code hydrant kda explain}: shows what an application becomes. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Print the Flink SQL that an application becomes, each statement below the line "
                    + "of the application that it comes from.",
            "What Flink's SQL has not stands as a comment."
        },
        exitCodeListHeading = "%nExit code:%n",
        exitCodeList = {"0:all of it can run", "1:something cannot"})
final class KdaExplainCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private KdaFiles files;

    @Override
    public Integer call() throws Exception {
        Outcome outcome = files.translated();
        if (!outcome.problems().isEmpty()) {
            files.print(outcome.problems(), spec.commandLine().getErr());
            return KdaFiles.PROBLEMS;
        }
        List<String> lines = files.text().lines().toList();
        PrintWriter out = spec.commandLine().getOut();
        int shown = 0;
        for (Planned stage : outcome.planned()) {
            if (stage.line() > 0 && stage.line() != shown) {
                shown = stage.line();
                out.println();
                out.println("-- line " + shown + ": " + lines.get(shown - 1).strip());
            }
            out.println(stage.text());
        }
        out.flush();
        return 0;
    }
}
