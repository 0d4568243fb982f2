package io.hydrant.sql.kda.job;

import io.hydrant.lambda.FunctionArn;
import io.hydrant.sql.functions.HydrantModule;
import io.hydrant.sql.kda.Problem;
import io.hydrant.sql.kda.application.ApplicationInput;
import io.hydrant.sql.kda.application.ApplicationOutput;
import io.hydrant.sql.kda.application.KdaApplication;
import io.hydrant.sql.kda.application.ReferenceTable;
import io.hydrant.sql.kda.application.Resource;
import io.hydrant.sql.kda.parse.KdaParser;
import io.hydrant.sql.kda.run.Errors;
import io.hydrant.sql.kda.run.FlinkStages;
import io.hydrant.sql.kda.run.Values;
import io.hydrant.sql.kda.translate.Applications;
import io.hydrant.sql.kda.translate.Applications.Translated;
import io.hydrant.sql.kda.translate.Relation;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.RowData;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An application of Kinesis Data Analytics as a job.
 *
 * <pre>
 *   Kinesis [─> function] ─> rows with their time ─> the stages of the SQL ─> Kinesis, Firehose, functions
 *                                   │        S3 ─> reference tables │
 *                                   └──────── error_stream <────────┘
 * </pre>
 *
 * <p>Exactly once in state: windows and all else that the SQL keeps are in checkpoints together
 * with the positions in the stream, and a row's time is that of its arrival, so a job that begins
 * anew counts what the other would have. At least once at the outputs. Assumes that the clocks of
 * the service and of the TaskManagers agree but for {@code kda.idle-timeout}. Every operator has an
 * id made of names in the application, so it goes on from its savepoints as long as its SQL, its
 * document and the release of Flink are the same.
 */
public final class KdaJob {

    private final KdaApplication application;
    private final KdaJobConfig config;

    private KdaJob(KdaApplication application, KdaJobConfig config) {
        this.application = application;
        this.config = config;
    }

    /**
     * What came of an application.
     *
     * @param problems what in its SQL cannot run; where there are any, nothing may be executed
     * @param planned the stages of Flink SQL
     */
    public record Built(List<Problem> problems, List<FlinkStages.Planned> planned) {

        /** Copies the lists. */
        public Built {
            problems = List.copyOf(problems);
            planned = List.copyOf(planned);
        }
    }

    /**
     * Puts an application into an environment, which then has only to be executed.
     *
     * @param code its SQL
     * @param options values of options by key, over those of its document
     * @throws IllegalArgumentException if its document or an option cannot be run, with the field,
     *     its value and the way out
     */
    public static Built build(
            StreamExecutionEnvironment environment,
            KdaApplication application,
            String code,
            Map<String, String> options) {
        refuse(application);
        Map<String, String> given = new HashMap<>(application.options());
        given.putAll(options);
        ApplicationInput first = application.inputs().get(0);
        KdaJobConfig config = KdaJobConfig.from(given, first.startingPosition());
        return new KdaJob(application, config).build(environment, code);
    }

    private Built build(StreamExecutionEnvironment environment, String code) {
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(
                        environment,
                        EnvironmentSettings.newInstance()
                                .withConfiguration(
                                        Configuration.fromMap(
                                                environment.getConfiguration().toMap()))
                                .build());
        tables.getConfig().setLocalTimeZone(ZoneOffset.UTC);
        tables.loadModule(HydrantModule.NAME, new HydrantModule());
        FlinkStages stages = new FlinkStages(tables);
        List<Relation> given = new ArrayList<>();
        KdaParser.Script script = KdaParser.parse(code);
        InputStreams inputs =
                new InputStreams(
                        environment,
                        config,
                        arn(),
                        stages,
                        ColumnsRead.of(script),
                        isRowByRow(script));
        for (ApplicationInput input : application.inputs()) {
            InputStreams.Made made = inputs.make(input);
            given.addAll(made.relations());
            made.errors().forEach(stages::errors);
        }
        for (ReferenceTable table : application.references()) {
            Relation relation =
                    new Relation(
                            table.name(),
                            Values.columns(table.schema()),
                            List.of(),
                            Relation.Kind.REFERENCE);
            stages.reference(relation, new S3Table(table, config.s3(), config.referenceInterval()));
            given.add(relation);
        }
        Translated translated = Applications.translate(code, given, stages);
        if (translated.problems().isEmpty()) {
            connect(translated, stages);
        }
        return new Built(translated.problems(), stages.planned());
    }

    /** Whether time does not matter to any row that somebody sees. */
    private boolean isRowByRow(KdaParser.Script script) {
        boolean errorsAreRead =
                application.outputs().stream()
                        .anyMatch(output -> output.streamName().equals(Errors.NAME));
        return !errorsAreRead && RowByRow.holds(script);
    }

    private String region() {
        return application.inputs().get(0).source().region();
    }

    /** What functions are told; made up where the document, being one to create, has none. */
    private String arn() {
        return application.arn() != null
                ? application.arn()
                : "arn:aws:kinesisanalytics:"
                        + region()
                        + ":"
                        + application.inputs().get(0).source().account()
                        + ":application/"
                        + application.name();
    }

    private void connect(Translated translated, FlinkStages stages) {
        Map<String, List<DataStream<RowData>>> written = new HashMap<>(stages.written());
        List<String> names = new ArrayList<>();
        translated.streams().forEach(stream -> names.add(stream.name()));
        names.add(Errors.NAME);
        written.put(Errors.NAME, stages.errors());
        Outputs outputs = new Outputs(config, arn());
        List<ApplicationOutput> all = application.outputs();
        for (int i = 0; i < all.size(); i++) {
            String name = all.get(i).streamName();
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "Outputs["
                                + i
                                + "].Name: no pump writes a stream \""
                                + name
                                + "\"; there are "
                                + String.join(", ", names)
                                + ", in exactly this case");
            }
            List<DataStream<RowData>> flows = written.get(name);
            DataStream<RowData> rows = flows.get(0);
            for (DataStream<RowData> flow : flows.subList(1, flows.size())) {
                rows = rows.union(flow);
            }
            outputs.connect(all.get(i), rows);
        }
    }

    /** What a document may say, and no job can do. */
    private static void refuse(KdaApplication application) {
        List<String> problems = new ArrayList<>();
        List<ApplicationInput> inputs = application.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            Resource source = inputs.get(i).source();
            String place = "Inputs[" + i + "]";
            if (source.service() != Resource.Service.KINESIS) {
                problems.add(
                        place
                                + ": nobody but Firehose itself can read "
                                + source.arn()
                                + "; name the Kinesis stream that feeds it: \"Hydrant\":"
                                + " {\"Resources\": {\""
                                + source.arn()
                                + "\": \"arn:aws:kinesis:...\"}}");
            }
            String function = inputs.get(i).processor();
            if (function != null) {
                requireFunction(
                        place + ".InputProcessingConfiguration.InputLambdaProcessor",
                        function,
                        problems);
            }
        }
        List<ReferenceTable> tables = application.references();
        for (int i = 0; i < tables.size(); i++) {
            if (tables.get(i).bucket() == null) {
                problems.add(
                        "ReferenceDataSources["
                                + i
                                + "].File: \""
                                + tables.get(i).file()
                                + "\" is only for tests; a job reads S3ReferenceDataSource");
            }
        }
        if (application.outputs().isEmpty()) {
            problems.add("Outputs: is missing; nobody would see the rows of the application");
        }
        List<ApplicationOutput> outputs = application.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            Resource destination = outputs.get(i).destination();
            if (destination.service() == Resource.Service.LAMBDA) {
                requireFunction("Outputs[" + i + "].LambdaOutput", destination.arn(), problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    private static void requireFunction(String place, String arn, List<String> problems) {
        try {
            FunctionArn.parse(arn);
        } catch (IllegalArgumentException e) {
            problems.add(place + ".ResourceARN: " + e.getMessage());
        }
    }
}
