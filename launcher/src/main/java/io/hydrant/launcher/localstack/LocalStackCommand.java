package io.hydrant.launcher.localstack;

import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.server.LocalStackServer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code hydrant localstack}: a LocalStack that runs until it is told to end. */
@Command(
        name = "localstack",
        mixinStandardHelpOptions = true,
        description = "Start, end or look at LocalStack " + LocalStack.VERSION + ".",
        synopsisSubcommandLabel = "up|down|status",
        subcommands = {
            LocalStackCommand.Up.class,
            LocalStackCommand.Down.class,
            LocalStackCommand.Status.class
        })
public final class LocalStackCommand implements Runnable {

    private static final int NOT_RUNNING = 1;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do with LocalStack: up, down or status");
    }

    /** Where it listens. */
    static final class Port {

        @Option(
                names = "--port",
                paramLabel = "PORT",
                defaultValue = "" + LocalStackServer.USUAL_PORT,
                description = "port on 127.0.0.1 (default: ${DEFAULT-VALUE})")
        private int number;

        @Spec(Spec.Target.MIXEE)
        private CommandSpec spec;

        int number() {
            if (number < 1 || number > 65_535) {
                throw new ParameterException(
                        spec.commandLine(), "--port is " + number + "; it must be 1 to 65535");
            }
            return number;
        }

        Optional<LocalStackServer> find() throws IOException {
            return LocalStackServer.find(number());
        }
    }

    @Command(
            name = "up",
            mixinStandardHelpOptions = true,
            description = "Start it, unless it runs, and wait until its services answer.")
    static final class Up implements Callable<Integer> {

        @Mixin private Port port;
        @Spec private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            PrintWriter err = spec.commandLine().getErr();
            Progress progress = line -> err.println(line);
            LocalStackServer server = LocalStackServer.untilEnded(port.number(), progress);
            PrintWriter out = spec.commandLine().getOut();
            describe(server, out);
            out.println("to use it:  export HYDRANT_LOCALSTACK_ENDPOINT=" + server.endpoint());
            out.println("to end it:  ./hydrant localstack down" + option(port.number()));
            return 0;
        }
    }

    @Command(
            name = "down",
            mixinStandardHelpOptions = true,
            description = "End it, with all that it holds.")
    static final class Down implements Callable<Integer> {

        @Mixin private Port port;
        @Spec private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            Optional<LocalStackServer> server = port.find();
            if (server.isEmpty()) {
                spec.commandLine().getOut().println(absent(port.number()));
                return 0;
            }
            server.get().close();
            spec.commandLine().getOut().println("ended LocalStack at " + server.get().endpoint());
            return 0;
        }
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Tell whether it runs: exit code 0 if it does and answers, else 1.")
    static final class Status implements Callable<Integer> {

        private static final Duration TIMEOUT = Duration.ofSeconds(5);

        @Mixin private Port port;
        @Spec private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            PrintWriter out = spec.commandLine().getOut();
            Optional<LocalStackServer> server = port.find();
            if (server.isEmpty()) {
                out.println(absent(port.number()));
                return NOT_RUNNING;
            }
            describe(server.get(), out);
            try {
                LocalStackServer.reach(server.get().endpoint(), TIMEOUT, Progress.silent());
            } catch (IOException silent) {
                out.println("but it does not answer: " + silent.getMessage());
                return NOT_RUNNING;
            }
            return 0;
        }
    }

    private static void describe(LocalStackServer server, PrintWriter out) {
        out.println(
                switch (server.form()) {
                    case CONTAINER -> "LocalStack runs in a container at " + server.endpoint();
                    case HOST, ENDPOINT -> "LocalStack runs at " + server.endpoint();
                });
        out.println("log:        " + server.log());
    }

    private static String absent(int port) {
        return "no LocalStack was started on port " + port;
    }

    private static String option(int port) {
        return port == LocalStackServer.USUAL_PORT ? "" : " --port " + port;
    }
}
