package io.hydrant.launcher.kda;

import io.hydrant.launcher.tryout.CommandFunction;
import io.hydrant.sql.kda.Problem;
import io.hydrant.sql.kda.tryout.KdaTest;
import io.hydrant.sql.kda.tryout.KdaTest.Outcome;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files that an application consists of, as options of a command. */
final class KdaFiles {

    static final int PROBLEMS = 1;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--code",
            paramLabel = "FILE",
            description = "The application's SQL; left out where --application holds it.")
    private Path code;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description =
                    "JSON with the input's NamePrefix and InputSchema and, where there are any, the "
                            + "ReferenceDataSources (each with a File relative to this one) and Outputs.")
    private Path schema;

    @Option(
            names = "--application",
            paramLabel = "FILE",
            description =
                    "In place of --schema: what CreateApplication took, DescribeApplication "
                            + "answers, or a template of CloudFormation, in JSON or YAML.")
    private Path application;

    @Option(
            names = "--reference",
            paramLabel = "TABLE=FILE",
            description = "With --application: the rows of a reference table, which it has in S3.")
    private Map<String, Path> references = Map.of();

    private ApplicationFiles files;

    /** What the files hold; read once. */
    private ApplicationFiles files() throws IOException {
        if (files == null) {
            if ((schema == null) == (application == null)) {
                throw wrong(
                        "Give the application's document by --application, or --code and --schema,"
                                + " and one of them");
            }
            try {
                files =
                        schema == null
                                ? ApplicationFiles.ofApplication(application, code, references)
                                : ApplicationFiles.ofSchema(schema, code, references);
            } catch (ApplicationFiles.Unusable e) {
                throw wrong(e.getMessage());
            }
        }
        return files;
    }

    String text() throws IOException {
        return files().code();
    }

    /** Translates the application. */
    Outcome translated() throws Exception {
        return KdaTest.translate(files().code(), files().application(), files().directory());
    }

    /**
     * Runs the application on lines.
     *
     * @param function the command that stands in for the function that prepares records, or null
     */
    Outcome outcome(List<String> input, String rowtime, String function) throws Exception {
        String lacking = files().tableWithoutRows();
        if (lacking != null) {
            throw wrong(
                    "The rows of the reference table "
                            + lacking
                            + " are in S3; name a copy of them by --reference "
                            + lacking
                            + "=FILE");
        }
        String processor = files().application().inputs().get(0).processor();
        if (function != null && application != null && processor == null) {
            throw wrong(
                    "--function stands in for the function that prepares records, and "
                            + application
                            + " has none");
        }
        if (function == null && processor != null) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "The lines go to the SQL as they are, though "
                                    + processor
                                    + " prepares records; --function COMMAND stands in for it");
        }
        return KdaTest.run(
                files().code(),
                files().application(),
                files().directory(),
                input,
                rowtime,
                function == null ? null : new CommandFunction(function));
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    /** Prints what cannot run, as compilers do. */
    void print(List<Problem> problems, PrintWriter to) throws IOException {
        for (Problem problem : problems) {
            to.println(files().codeName() + ": " + problem);
        }
        to.flush();
    }
}
