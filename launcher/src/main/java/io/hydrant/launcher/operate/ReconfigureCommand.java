package io.hydrant.launcher.operate;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** {@code ./hydrant reconfigure}: goes on with another configuration. */
@Command(
        name = "reconfigure",
        mixinStandardHelpOptions = true,
        description = {
            "Stop a delivery with a savepoint and start it at once with the configuration "
                    + "as it is now.",
            "The version in the names of objects rises by one where something has changed. "
                    + "A configuration that is not valid is refused before anything stops."
        })
public final class ReconfigureCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private OperateOptions options;

    @Override
    public Integer call() throws Exception {
        Operations operations = new Operations(options, spec.commandLine().getOut());
        operations.pause();
        operations.resume(null);
        return 0;
    }
}
