package io.hydrant.launcher.kda;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hydrant kda}: what can be done with an application's SQL. */
@Command(
        name = "kda",
        mixinStandardHelpOptions = true,
        description = "Run and look at SQL applications of Kinesis Data Analytics.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KdaTestCommand.class,
            KdaCheckCommand.class,
            KdaExplainCommand.class,
            KdaDiscoverCommand.class
        })
public final class KdaCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do with an application: test, check, explain or discover");
    }
}
