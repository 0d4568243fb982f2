package io.hydrant.launcher.kda;

import io.hydrant.sql.kda.Problem;
import io.hydrant.sql.kda.application.ApplicationDocument;
import io.hydrant.sql.kda.application.KdaApplication;
import io.hydrant.sql.kda.tryout.KdaTest;
import io.hydrant.sql.kda.tryout.KdaTest.Outcome;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that an application consists of, as options of a command. */
final class KdaFiles {

    static final int PROBLEMS = 1;

    @Option(
            names = "--code",
            required = true,
            paramLabel = "FILE",
            description = "The application's SQL.")
    private Path code;

    @Option(
            names = "--schema",
            required = true,
            paramLabel = "FILE",
            description = {
                "JSON with the input's NamePrefix and InputSchema and, where there are any, the",
                "ReferenceDataSources (each with a File relative to this one) and Outputs."
            })
    private Path schema;

    String text() throws IOException {
        return Files.readString(code);
    }

    /** Translates the application, and runs it on the lines where that is asked for. */
    Outcome outcome(List<String> input, String rowtime, boolean run) throws Exception {
        KdaApplication application =
                ApplicationDocument.readSchema(schema.toString(), Files.readString(schema));
        Path directory = schema.toAbsolutePath().getParent();
        return KdaTest.run(text(), application, directory, input, rowtime, run);
    }

    /** Prints what cannot run, as compilers do. */
    void print(List<Problem> problems, PrintWriter to) {
        for (Problem problem : problems) {
            to.println(code + ": " + problem);
        }
        to.flush();
    }
}
