package io.hydrant.launcher.operate;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code ./hydrant resume}: starts a delivery where it was paused. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Start a delivery where it was paused, in time for the retention of its stream.",
            "Where the configuration has changed since, the version in the names of objects "
                    + "rises by one."
        })
public final class ResumeCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private OperateOptions options;

    @Option(
            names = "--savepoint",
            paramLabel = "PATH",
            description = "Where to go on from. Default: the savepoint of the last pause.")
    private String savepoint;

    @Override
    public Integer call() throws Exception {
        new Operations(options, spec.commandLine().getOut()).resume(savepoint);
        return 0;
    }
}
