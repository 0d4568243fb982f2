package io.hydrant.sql.kda.job;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeTypeInformation;
import io.hydrant.kinesis.call.BatchFunction;
import io.hydrant.kinesis.source.BacklogWatermarks;
import io.hydrant.kinesis.source.KinesisSource;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.lambda.FunctionArn;
import io.hydrant.sql.kda.application.ApplicationInput;
import io.hydrant.sql.kda.application.Resource;
import io.hydrant.sql.kda.run.FlinkStages;
import io.hydrant.sql.kda.run.Values;
import io.hydrant.sql.kda.translate.Column;
import io.hydrant.sql.kda.translate.Relation;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.util.OutputTag;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An input as in-application streams.
 *
 * <pre>
 *   KinesisSource (a watermark for each shard) [─> function] ─> DecodeOperator ── by shard ──> InputOperator ──> _001, _002 ...
 *                                                    └─────────────────────────────────────────────┴────────> error_stream
 * </pre>
 *
 * <p>The way by shard is there for the time, which all readers together say. An application that
 * answers each row by itself does without.
 */
final class InputStreams {

    private static final int MILLISECONDS = 3;

    /** Many more than there are tasks, so that shards spread over them. */
    private static final int PLACES_OF_A_STREAM = 10_000;

    private final StreamExecutionEnvironment environment;
    private final KdaJobConfig config;
    private final String applicationArn;
    private final FlinkStages stages;

    private final ColumnsRead columnsRead;
    private final boolean isRowByRow;

    InputStreams(
            StreamExecutionEnvironment environment,
            KdaJobConfig config,
            String applicationArn,
            FlinkStages stages,
            ColumnsRead columnsRead,
            boolean isRowByRow) {
        this.columnsRead = columnsRead;
        this.isRowByRow = isRowByRow;
        this.applicationArn = applicationArn;
        this.environment = environment;
        this.config = config;
        this.stages = stages;
    }

    /**
     * What an input becomes.
     *
     * @param relations its in-application streams
     * @param errors flows of the error stream
     */
    record Made(List<Relation> relations, List<DataStream<RowData>> errors) {}

    Made make(ApplicationInput input) {
        List<Column> columns = Values.columns(input.schema());
        List<Column> system = Values.systemColumns(columns);
        RowType type = type(columns, system);
        List<String> names = input.streamNames();
        List<OutputTag<RowData>> others =
                names.stream()
                        .skip(1)
                        .map(name -> new OutputTag<>(name, InternalTypeInfo.of(type)))
                        .toList();
        List<DataStream<RowData>> errors = new ArrayList<>();
        DecodedRows rows = new DecodedRows(type, isRead(columns, system));
        DataStream<RowData> decoded =
                prepared(input, errors)
                        .transform(
                                "decode " + input.namePrefix(),
                                InternalTypeInfo.of(rows.type()),
                                new DecodeOperator(
                                        input.schema(),
                                        rows,
                                        system,
                                        names.size() * PLACES_OF_A_STREAM))
                        .uid("decode " + input.namePrefix());
        SingleOutputStreamOperator<RowData> first =
                (isRowByRow ? decoded : decoded.keyBy(rows::place, Types.INT))
                        .transform(
                                "input " + input.namePrefix(),
                                InternalTypeInfo.of(type),
                                new InputOperator(
                                        rows,
                                        others,
                                        config.idleTimeout().toMillis(),
                                        config.backlogTimeout().toMillis()))
                        .uid("input " + input.namePrefix());
        List<Relation> relations = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Relation relation = new Relation(names.get(i), columns, system, Relation.Kind.INPUT);
            stages.input(relation, i == 0 ? first : first.getSideOutput(others.get(i - 1)));
            relations.add(relation);
        }
        errors.add(first.getSideOutput(InputOperator.errorTag()));
        return new Made(relations, errors);
    }

    private boolean[] isRead(List<Column> columns, List<Column> system) {
        boolean[] read = new boolean[1 + columns.size() + system.size()];
        int field = 1;
        for (Column column : columns) {
            read[field] = columnsRead.hasColumn(column.name());
            field++;
        }
        for (Column column : system) {
            read[field] = columnsRead.hasSystemColumn(column.name());
            field++;
        }
        return read;
    }

    /**
     * The records as a function leaves them, if there is one. In the order of the shard, and with
     * its watermarks behind them, since Flink keeps both.
     */
    private DataStream<Envelope> prepared(
            ApplicationInput input, List<DataStream<RowData>> errors) {
        DataStream<Envelope> records = records(input);
        if (input.processor() == null) {
            return records;
        }
        FunctionArn function = FunctionArn.parse(input.processor());
        String streamArn = input.source().arn();
        String arn = applicationArn;
        Duration timeout = config.functionTimeout();
        AwsClientConfig aws = config.lambda();
        BatchFunction.Limits limits = config.functionBatches();
        BatchFunction<Envelope, Tuple2<Envelope, String>> calls =
                new BatchFunction<>(
                        () ->
                                new FunctionInputCall(
                                        arn, streamArn, FunctionInvoker.of(function, timeout, aws)),
                        limits);
        SingleOutputStreamOperator<Envelope> prepared =
                AsyncDataStream.orderedWait(
                                records, calls, 0, TimeUnit.MILLISECONDS, limits.capacity())
                        .returns(Types.TUPLE(EnvelopeTypeInformation.INSTANCE, Types.STRING))
                        .name("function " + function.name())
                        .uid("function " + input.namePrefix())
                        .process(new PreparedRecords())
                        .returns(EnvelopeTypeInformation.INSTANCE)
                        .name("prepared " + input.namePrefix())
                        .uid("prepared " + input.namePrefix());
        errors.add(prepared.getSideOutput(InputOperator.errorTag()));
        return prepared;
    }

    private DataStream<Envelope> records(ApplicationInput input) {
        Resource stream = input.source();
        return environment
                .fromSource(
                        KinesisSource.of(
                                StreamArn.parse(stream.arn()), config.aws(), config.source()),
                        new BacklogWatermarks<>(
                                WatermarkStrategy.<Envelope>forMonotonousTimestamps()
                                        .withIdleness(config.idleTimeout())),
                        "stream " + stream.name(),
                        EnvelopeTypeInformation.INSTANCE)
                .uid("source " + input.namePrefix());
    }

    private static RowType type(List<Column> columns, List<Column> system) {
        List<Column> all = new ArrayList<>();
        all.add(new Column(Column.ROWTIME, new TimestampType(MILLISECONDS)));
        all.addAll(columns);
        all.addAll(system);
        return RowType.of(
                all.stream().map(Column::type).toArray(LogicalType[]::new),
                all.stream().map(Column::name).toArray(String[]::new));
    }
}
