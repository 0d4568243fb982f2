package io.hydrant.launcher.operate;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code ./hydrant pause}: stops a delivery with a savepoint. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = {
            "Stop a delivery with a savepoint, which is remembered in its bucket.",
            "What has come by then is delivered or in the savepoint; nothing goes to the "
                    + "error prefix for it."
        })
public final class PauseCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private OperateOptions options;

    @Override
    public Integer call() throws Exception {
        new Operations(options, spec.commandLine().getOut()).pause();
        return 0;
    }
}
