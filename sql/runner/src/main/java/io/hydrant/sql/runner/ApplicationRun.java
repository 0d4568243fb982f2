package io.hydrant.sql.runner;

import io.hydrant.sql.kda.application.ApplicationDocument;
import io.hydrant.sql.kda.application.InvalidApplicationException;
import io.hydrant.sql.kda.application.KdaApplication;
import io.hydrant.sql.kda.job.KdaJob;
import io.hydrant.sql.kda.job.KdaJob.Built;
import io.hydrant.sql.kda.run.FlinkStages.Planned;

import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Runs an application of Kinesis Data Analytics, or shows what it becomes. */
final class ApplicationRun {

    private final PrintStream out;

    ApplicationRun(PrintStream out) {
        this.out = out;
    }

    /**
     * Submits the job, or prints its stages instead.
     *
     * @return the submitted job; null where there is none
     * @throws ScriptException if something is wrong with the document or the SQL
     */
    JobClient run(StreamExecutionEnvironment env, SqlArguments arguments) {
        ScriptFile document = ScriptFile.read("--kda", arguments.application());
        KdaApplication application = application(document);
        ScriptFile code = code(document, application, arguments.code());
        Built built;
        try {
            built = KdaJob.build(env, application, code.text(), arguments.variables());
        } catch (IllegalArgumentException e) {
            throw new ScriptException(document.name() + ": " + e.getMessage(), e);
        }
        if (!built.problems().isEmpty()) {
            throw new ScriptException(
                    built.problems().stream()
                            .map(problem -> code.name() + ": " + problem)
                            .collect(Collectors.joining("\n")));
        }
        if (arguments.explain()) {
            explain(code.text().lines().toList(), built.planned());
            return null;
        }
        try {
            return env.executeAsync(
                    env.getConfiguration()
                            .getOptional(PipelineOptions.NAME)
                            .orElse(application.name()));
        } catch (Exception e) {
            throw new ScriptException("The job cannot be started: " + SqlJob.causes(e), e);
        }
    }

    private static KdaApplication application(ScriptFile document) {
        try {
            return ApplicationDocument.readApplication(document.name(), document.text());
        } catch (InvalidApplicationException e) {
            throw new ScriptException(e.getMessage(), e);
        }
    }

    private static ScriptFile code(ScriptFile document, KdaApplication application, String place) {
        boolean hasCode = application.code() != null && !application.code().isBlank();
        if (place == null && !hasCode) {
            throw new ScriptException(
                    document.name() + " holds no SQL; name the file that does by --code");
        }
        if (place != null && hasCode) {
            throw new ScriptException(
                    document.name() + " holds SQL itself; leave out --code, or take it out there");
        }
        return place == null
                ? new ScriptFile("the SQL of " + document.name(), application.code())
                : ScriptFile.read("--code", place);
    }

    /** Each stage below the line of the application that it comes from. */
    private void explain(List<String> lines, List<Planned> stages) {
        int shown = 0;
        for (Planned stage : stages) {
            if (stage.line() > 0 && stage.line() != shown) {
                shown = stage.line();
                out.println();
                out.println("-- line " + shown + ": " + lines.get(shown - 1).strip());
            }
            out.println(stage.text());
        }
    }
}
