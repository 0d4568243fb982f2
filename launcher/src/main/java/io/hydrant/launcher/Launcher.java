package io.hydrant.launcher;

import io.hydrant.launcher.autoscale.AutoscaleCommand;
import io.hydrant.launcher.bench.BenchCommand;
import io.hydrant.launcher.cost.CostCommand;
import io.hydrant.launcher.demo.DemoCommand;
import io.hydrant.launcher.deploy.DeployCommand;
import io.hydrant.launcher.flink.FlinkHomeCommand;
import io.hydrant.launcher.gateway.GatewayCommand;
import io.hydrant.launcher.imports.ImportCommand;
import io.hydrant.launcher.kda.KdaCommand;
import io.hydrant.launcher.localstack.LocalStackCommand;
import io.hydrant.launcher.operate.PauseCommand;
import io.hydrant.launcher.operate.ReconfigureCommand;
import io.hydrant.launcher.operate.ResumeCommand;
import io.hydrant.launcher.prefix.PrefixCommand;
import io.hydrant.launcher.redrive.RedriveCommand;
import io.hydrant.launcher.redshift.FakeRedshiftCommand;
import io.hydrant.launcher.replay.ReplayCommand;
import io.hydrant.launcher.soak.SoakCommand;
import io.hydrant.launcher.tryout.TryCommand;
import io.hydrant.launcher.validate.ValidateCommand;
import io.hydrant.launcher.verify.VerifyCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;

/** The commands of {@code ./hydrant}; each is a class of its own, listed in {@link Commands}. */
public final class Launcher {

    /** The SDK goes on with a list of all the places where it looked. */
    private static final Pattern NO_CREDENTIALS =
            Pattern.compile(
                    "(?s)(?:[a-zA-Z0-9.]+Exception: )?Unable to load credentials from any of the providers.*\\]");

    private static final String NO_CREDENTIALS_HERE =
            "There are no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                    + " AWS_PROFILE; or say where they are with the option aws.credentials.provider";

    private static final Pattern NO_REGION =
            Pattern.compile(
                    "(?s)(?:[a-zA-Z0-9.]+Exception: )?Unable to load region from any of the providers.*\\]");

    private static final String NO_REGION_HERE =
            "No AWS region is known: set AWS_REGION, or say which with the option aws.region";

    /** What Java says of reading a folder, without naming it. */
    private static final String FOLDER_READ = "Is a directory";

    private Launcher() {}

    /**
     * Runs one command and ends with its exit code: 0 done, 1 no (verify found something), 2
     * failed.
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, ready to run; a test runs it without ending the JVM. */
    static CommandLine commandLine() {
        return Numbers.on(new CommandLine(new Commands()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Launcher::report)
                .setParameterExceptionHandler(Launcher::reportUsage);
    }

    /** Without the list of all options, which would push the message off the screen. */
    private static int reportUsage(ParameterException problem, String[] ignoredArguments) {
        CommandLine command = problem.getCommandLine();
        command.getErr().println(problem.getMessage());
        UnmatchedArgumentException.printSuggestions(problem, command.getErr());
        command.getErr()
                .println(
                        "("
                                + command.getCommandSpec().qualifiedName()
                                + " --help says how it is called)");
        return CommandLine.ExitCode.USAGE;
    }

    /** Says what went wrong in one line; the stack trace only where somebody asks for it. */
    private static int report(
            Exception problem, CommandLine command, CommandLine.ParseResult ignoredArguments) {
        command.getErr()
                .println(command.getCommandSpec().qualifiedName() + ": " + sentence(problem));
        if (System.getenv("HYDRANT_TRACE") != null) {
            problem.printStackTrace(command.getErr());
        } else {
            command.getErr().println("(HYDRANT_TRACE=1 shows where that came from)");
        }
        return CommandLine.ExitCode.USAGE;
    }

    static String sentence(Throwable problem) {
        // Of these the message is the file alone, and of a folder that is read it names none.
        if (problem instanceof NoSuchFileException file) {
            return file.getFile() + " is not there; give the path of a file that is";
        }
        if (problem instanceof AccessDeniedException file) {
            return file.getFile() + " is not accessible to this user; change its permissions";
        }
        if (problem instanceof FileAlreadyExistsException file) {
            return file.getFile() + " is there already, and is no folder; give another place";
        }
        if (problem instanceof FileSystemException file && file.getReason() != null) {
            return file.getFile() + ": " + file.getReason();
        }
        if (problem instanceof BindException) {
            return "The port is taken by another program; end that, or give another port";
        }
        if (FOLDER_READ.equals(problem.getMessage())) {
            return "A folder was given where a file is read; give the path of the file";
        }
        String message = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        return NO_REGION
                .matcher(NO_CREDENTIALS.matcher(message).replaceFirst(NO_CREDENTIALS_HERE))
                .replaceFirst(NO_REGION_HERE);
    }

    /** The list of commands. */
    @Command(
            name = "hydrant",
            mixinStandardHelpOptions = true,
            version = "Hydrant 0.1.0",
            description = "Kinesis streams delivered by Apache Flink, exactly once.",
            synopsisSubcommandLabel = "COMMAND",
            subcommands = {
                DemoCommand.class,
                ReplayCommand.class,
                VerifyCommand.class,
                PauseCommand.class,
                ResumeCommand.class,
                ReconfigureCommand.class,
                RedriveCommand.class,
                TryCommand.class,
                GatewayCommand.class,
                AutoscaleCommand.class,
                CostCommand.class,
                DeployCommand.class,
                ImportCommand.class,
                ValidateCommand.class,
                PrefixCommand.class,
                KdaCommand.class,
                LocalStackCommand.class,
                FlinkHomeCommand.class,
                FakeRedshiftCommand.class,
                SoakCommand.class,
                BenchCommand.class,
                CommandLine.HelpCommand.class
            })
    static final class Commands implements Runnable {

        @Spec private CommandSpec spec;

        @Override
        public void run() {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
