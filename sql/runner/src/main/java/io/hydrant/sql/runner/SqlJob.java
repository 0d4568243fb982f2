package io.hydrant.sql.runner;

import io.hydrant.core.managed.ManagedServiceProperties;

import org.apache.flink.client.program.StreamPlanEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The job: {@code flink run hydrant-sql.jar --script question.sql}, or {@code --kda
 * application.json} for an application, see {@link io.hydrant.sql.kda.job.KdaJob}.
 *
 * <p>All INSERT and SELECT statements of the scripts are one job, so they share sources and one
 * checkpoint. State survives a restart from a savepoint: by a kept plan ({@code --plan}), which
 * holds the id of every operator, also where a newer Flink would plan the statements otherwise;
 * without one because Flink makes ids of the job's graph, which is the same for the same
 * statements, settings and release of Flink. It breaks if statements are changed, put in between or
 * reordered. (Flink's {@code table.exec.uid.generation = ALWAYS} is no help here: it numbers
 * operators by a counter of the process, so that a second job of a process gets other ids.)
 *
 * <p>Where a client runs {@code main}, what is wrong with a script is printed and the exit code is
 * 1. Where the cluster runs it (application mode, the web UI), it is thrown.
 */
public final class SqlJob {

    /** Flink's name of the deployment target of a main() that runs in the cluster. */
    private static final String IN_CLUSTER = "embedded";

    private static final String PRINTED = "hydrant_printed_";

    private final Path managedServiceProperties;
    private final PrintStream out;

    SqlJob(PrintStream out) {
        this(ManagedServiceProperties.FILE, out);
    }

    SqlJob(Path managedServiceProperties, PrintStream out) {
        this.managedServiceProperties = managedServiceProperties;
        this.out = out;
    }

    /** Runs the job. */
    @SuppressWarnings("checkstyle:systemOut")
    public static void main(String[] args) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        boolean isClient =
                !(env instanceof StreamPlanEnvironment)
                        && !IN_CLUSTER.equals(env.getConfiguration().get(DeploymentOptions.TARGET));
        try {
            JobClient job = new SqlJob(System.out).run(env, List.of(args));
            if (job == null && isClient) {
                System.exit(0);
            }
        } catch (ScriptException e) {
            if (!isClient) {
                throw e;
            }
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * Submits the job, or prints what was asked for instead.
     *
     * @return the submitted job; null where there is none
     * @throws ScriptException if something is wrong with the arguments or a script
     */
    JobClient run(StreamExecutionEnvironment env, List<String> args) {
        SqlArguments arguments = arguments(args);
        if (arguments.help()) {
            out.print(SqlArguments.USAGE);
            return null;
        }
        if (arguments.application() != null) {
            return new ApplicationRun(out).run(env, arguments);
        }
        List<ScriptFile> scripts =
                arguments.scripts().stream()
                        .map(place -> ScriptFile.read("--script", place))
                        .toList();
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(
                        env,
                        EnvironmentSettings.newInstance()
                                .withConfiguration(
                                        Configuration.fromMap(env.getConfiguration().toMap()))
                                .build());
        prepare(tables, scripts);
        ScriptRun run = new ScriptRun(tables, resultTable(arguments), out);
        ScriptVariables variables = new ScriptVariables(arguments.variables());
        for (ScriptFile script : scripts) {
            run.run(script.name(), variables.fill(script.name(), script.text()));
        }
        if (run.writes().isEmpty()) {
            out.println("No INSERT and no SELECT, so there is no job.");
            return null;
        }
        if (arguments.explain()) {
            out.println(explained(tables, run.writes()));
            return null;
        }
        return execute(tables, run, arguments.plan()).getJobClient().orElse(null);
    }

    private SqlArguments arguments(List<String> args) {
        if (args.isEmpty()) {
            try {
                Map<String, String> properties =
                        ManagedServiceProperties.read(
                                managedServiceProperties, SqlArguments.PROPERTY_GROUP);
                if (properties != null) {
                    return SqlArguments.ofPropertyGroup(properties);
                }
            } catch (IllegalArgumentException e) {
                throw new ScriptException(managedServiceProperties + " " + e.getMessage(), e);
            }
        }
        return SqlArguments.parse(args);
    }

    private static ResultTable resultTable(SqlArguments arguments) {
        return arguments.into() == null
                ? ResultTable.ofConnector("print", PRINTED)
                : ResultTable.named(arguments.into());
    }

    /** A script may set it otherwise. */
    private static void prepare(StreamTableEnvironment tables, List<ScriptFile> scripts) {
        var config = tables.getConfig();
        if (config.getOptional(PipelineOptions.NAME).isEmpty()) {
            config.set(
                    PipelineOptions.NAME,
                    scripts.stream().map(ScriptFile::title).collect(Collectors.joining(" + ")));
        }
    }

    private static String explained(StreamTableEnvironment tables, List<ModifyOperation> writes) {
        List<Operation> operations = new ArrayList<>(writes);
        return ((TableEnvironmentInternal) tables).explainInternal(operations);
    }

    private TableResult execute(StreamTableEnvironment tables, ScriptRun run, String place) {
        TableEnvironmentInternal planner = (TableEnvironmentInternal) tables;
        try {
            if (place == null) {
                return planner.executeInternal(run.writes());
            }
            PlanStore store = new PlanStore(place);
            String plan = store.read(run.text());
            if (plan == null) {
                plan = planner.compilePlan(run.writes()).asJsonString();
                store.write(plan, run.text());
            }
            return tables.loadPlan(PlanReference.fromJsonString(plan)).execute();
        } catch (ScriptException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ScriptException("The job cannot be started: " + causes(e), e);
        }
    }

    static String causes(Throwable error) {
        List<String> messages = new ArrayList<>();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !messages.contains(cause.getMessage())) {
                messages.add(cause.getMessage());
            }
        }
        return messages.isEmpty() ? error.toString() : String.join("\n  because: ", messages);
    }
}
