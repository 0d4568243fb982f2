package io.hydrant.sql.kda.tryout;

import io.hydrant.lambda.LambdaApi;
import io.hydrant.sql.functions.HydrantModule;
import io.hydrant.sql.kda.Problem;
import io.hydrant.sql.kda.application.ApplicationInput;
import io.hydrant.sql.kda.application.DecodingError;
import io.hydrant.sql.kda.application.KdaApplication;
import io.hydrant.sql.kda.application.RecordDecoder;
import io.hydrant.sql.kda.application.ReferenceTable;
import io.hydrant.sql.kda.application.Resource;
import io.hydrant.sql.kda.run.Errors;
import io.hydrant.sql.kda.run.FlinkStages;
import io.hydrant.sql.kda.run.Values;
import io.hydrant.sql.kda.translate.Applications;
import io.hydrant.sql.kda.translate.Applications.Translated;
import io.hydrant.sql.kda.translate.Column;
import io.hydrant.sql.kda.translate.Relation;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Runs an application on the lines of a file, and gives the rows of its streams.
 *
 * <p>The clock is the rows' time alone, so that the same lines give the same rows each time. Where
 * the input has several in-application streams ({@code InputParallelism}), lines go to them in
 * turn, as records of different shards do. All streams that a pump writes are shown, and {@code
 * error_stream}.
 */
public final class KdaTest {

    private static final int MILLISECONDS = 3;

    /** What a function is told where the application does not say it. */
    private static final String ANY_APPLICATION =
            "arn:aws:kinesisanalytics:us-east-1:123456789012:application/test";

    private static final String ANY_STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/test";

    private KdaTest() {}

    /**
     * What came of it.
     *
     * @param rows JSON lines in the order of ROWTIME, then of what was written first
     * @param problems what cannot run; then there are no rows
     * @param planned the stages of Flink SQL
     */
    public record Outcome(
            List<String> rows, List<Problem> problems, List<FlinkStages.Planned> planned) {}

    /**
     * Runs.
     *
     * @param code the application's SQL
     * @param application its input's schema and its reference tables
     * @param directory what files of reference tables are relative to
     * @param input the lines
     * @param rowtime the field that sets the clock
     * @param function stands in for the function that prepares records, and is closed; null where
     *     they go to the SQL as they are
     */
    public static Outcome run(
            String code,
            KdaApplication application,
            Path directory,
            List<String> input,
            String rowtime,
            LambdaApi function)
            throws Exception {
        return run(local(), code, application, directory, input, rowtime, function, true);
    }

    /**
     * Translates only.
     *
     * @param code the application's SQL
     * @param application its input's schema and its reference tables
     * @param directory what files of reference tables are relative to
     */
    public static Outcome translate(String code, KdaApplication application, Path directory)
            throws Exception {
        return run(local(), code, application, directory, List.of(), "ROWTIME", null, false);
    }

    /** Runs in an environment of one's own choice, such as that of a cluster for many runs. */
    static Outcome run(
            StreamExecutionEnvironment environment,
            String code,
            KdaApplication application,
            Path directory,
            List<String> input,
            String rowtime,
            LambdaApi function,
            boolean run)
            throws Exception {
        ApplicationInput from = application.inputs().get(0);
        TestInput lines =
                new TestInput(
                        from.schema(),
                        Values.systemColumns(Values.columns(from.schema())),
                        rowtime);
        for (int i = 0; i < input.size(); i++) {
            lines.line(i + 1, input.get(i));
        }
        environment.configure(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
        Running running = Running.begin(events(lines, function, application));
        try {
            StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
            tables.getConfig().setLocalTimeZone(java.time.ZoneOffset.UTC);
            tables.loadModule(HydrantModule.NAME, new HydrantModule());
            FlinkStages stages = new FlinkStages(tables);
            List<Relation> given = new ArrayList<>();
            given.addAll(inputs(from, environment, running, stages));
            for (ReferenceTable reference : application.references()) {
                given.add(reference(reference, directory, stages));
            }
            Translated translated = Applications.translate(code, given, stages);
            if (!translated.problems().isEmpty() || !run) {
                return new Outcome(List.of(), translated.problems(), stages.planned());
            }
            execute(environment, translated, stages, running);
            List<OutputRow> rows = new ArrayList<>(running.rows());
            rows.sort(Comparator.comparingLong(OutputRow::time).thenComparingInt(OutputRow::flow));
            return new Outcome(
                    rows.stream().map(OutputRow::json).toList(), List.of(), stages.planned());
        } finally {
            running.end();
        }
    }

    private static List<Event> events(
            TestInput lines, LambdaApi function, KdaApplication application)
            throws InterruptedException {
        if (function == null) {
            return lines.events();
        }
        Resource stream = application.inputs().get(0).source();
        return lines.events(
                function,
                application.arn() == null ? ANY_APPLICATION : application.arn(),
                stream == null ? ANY_STREAM : stream.arn());
    }

    private static StreamExecutionEnvironment local() {
        Configuration configuration = new Configuration();
        configuration.setString("rest.bind-port", "0");
        configuration.setString("taskmanager.memory.network.min", "128m");
        configuration.setString("taskmanager.memory.network.max", "128m");
        configuration.setString("taskmanager.network.memory.buffers-per-channel", "2");
        return StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    }

    private static List<Relation> inputs(
            ApplicationInput from,
            StreamExecutionEnvironment environment,
            Running running,
            FlinkStages stages) {
        List<Column> columns = Values.columns(from.schema());
        List<Column> system = Values.systemColumns(columns);
        List<Column> all = new ArrayList<>();
        all.add(new Column(Column.ROWTIME, new TimestampType(MILLISECONDS)));
        all.addAll(columns);
        all.addAll(system);
        RowType type = rowType(all);
        String id = running.id();
        DataStream<Long> events =
                environment
                        .fromSource(
                                new DataGeneratorSource<>(
                                        index -> index, running.events().size(), Types.LONG),
                                new EventTime(id),
                                "input")
                        .uid("input");
        stages.errors(
                events.flatMap(new EventErrors(id))
                        .returns(InternalTypeInfo.of(Errors.TYPE))
                        .name("errors")
                        .uid("errors"));
        List<Relation> relations = new ArrayList<>();
        List<String> names = from.streamNames();
        for (int i = 0; i < names.size(); i++) {
            Relation relation = new Relation(names.get(i), columns, system, Relation.Kind.INPUT);
            stages.input(
                    relation,
                    events.flatMap(new EventRows(id, type, i, names.size()))
                            .returns(InternalTypeInfo.of(type))
                            .name("rows of " + names.get(i))
                            .uid("rows of " + names.get(i)));
            relations.add(relation);
        }
        return relations;
    }

    private static Relation reference(ReferenceTable reference, Path directory, FlinkStages stages)
            throws IOException {
        List<Column> columns = Values.columns(reference.schema());
        Relation relation =
                new Relation(reference.name(), columns, List.of(), Relation.Kind.REFERENCE);
        // What only looks at the SQL needs no rows.
        List<Object[]> decoded =
                reference.file() == null
                        ? List.of()
                        : rows(reference, Files.readAllBytes(directory.resolve(reference.file())));
        stages.reference(relation, new DecodedRows(decoded, columns));
        return relation;
    }

    private static List<Object[]> rows(ReferenceTable reference, byte[] bytes) {
        List<Object[]> decoded = new ArrayList<>();
        RecordDecoder.of(reference.schema())
                .decode(
                        bytes,
                        0,
                        bytes.length,
                        new RecordDecoder.Rows() {
                            @Override
                            public void row(Object[] values) {
                                decoded.add(values.clone());
                            }

                            @Override
                            public void error(DecodingError error) {
                                throw new IllegalArgumentException(
                                        reference.file() + ": " + error.message());
                            }
                        });
        return decoded;
    }

    private static void execute(
            StreamExecutionEnvironment environment,
            Translated translated,
            FlinkStages stages,
            Running running)
            throws Exception {
        int flow = 0;
        Map<String, List<DataStream<RowData>>> written = stages.written();
        for (Relation stream : translated.streams()) {
            for (DataStream<RowData> rows : written.getOrDefault(stream.name(), List.of())) {
                collect(rows, stream.name(), flow++, running);
            }
        }
        for (DataStream<RowData> rows : stages.errors()) {
            collect(rows, Errors.NAME, flow++, running);
        }
        if (flow > 0 && !running.events().isEmpty()) {
            environment.execute("kda test");
        }
    }

    private static void collect(
            DataStream<RowData> rows, String stream, int flow, Running running) {
        RowType type = ((InternalTypeInfo<RowData>) rows.getType()).toRowType();
        rows.sinkTo(new CollectingSink(running.id(), flow, new RowJson(stream, type)))
                .name("out " + flow)
                .uid("out " + flow);
    }

    private static RowType rowType(List<Column> columns) {
        return RowType.of(
                columns.stream().map(Column::type).toArray(LogicalType[]::new),
                columns.stream().map(Column::name).toArray(String[]::new));
    }
}
