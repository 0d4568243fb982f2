package io.hydrant.sql.kda.run;

import io.hydrant.sql.functions.HydrantModule;
import io.hydrant.sql.kda.translate.Applications;
import io.hydrant.sql.kda.translate.Applications.Translated;
import io.hydrant.sql.kda.translate.Column;
import io.hydrant.sql.kda.translate.Relation;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;

/** A task that fails in the middle of all kinds of windows changes no row. */
class FailingTaskITCase {

    private static final String CODE =
            """
            CREATE STREAM counted (k VARCHAR(4), n INTEGER, total INTEGER);
            CREATE PUMP p1 AS INSERT INTO counted
              SELECT STREAM k, COUNT(*), SUM(a) FROM SOURCE_SQL_STREAM_001 AS s
              GROUP BY k, STEP(s.ROWTIME BY INTERVAL '60' SECOND);
            CREATE STREAM later (k VARCHAR(4), n INTEGER, before INTEGER);
            CREATE PUMP p2 AS INSERT INTO later
              SELECT STREAM k, SUM(n) OVER w, LAG(total, 1, 0) OVER w FROM counted
              WINDOW w AS (PARTITION BY k RANGE INTERVAL '3' MINUTE PRECEDING);
            CREATE STREAM sliding (k VARCHAR(4), total INTEGER, largest INTEGER);
            CREATE PUMP p3 AS INSERT INTO sliding
              SELECT STREAM k, SUM(a) OVER (PARTITION BY k RANGE INTERVAL '20' SECOND PRECEDING),
                MAX(a) OVER (ROWS 5 PRECEDING) FROM SOURCE_SQL_STREAM_001;
            CREATE STREAM staggered (k VARCHAR(4), n INTEGER);
            CREATE PUMP p4 AS INSERT INTO staggered
              SELECT STREAM k, COUNT(*) FROM SOURCE_SQL_STREAM_001
              WINDOWED BY STAGGER (PARTITION BY k RANGE INTERVAL '45' SECOND);
            CREATE STREAM paired (a INTEGER, b INTEGER);
            CREATE PUMP p5 AS INSERT INTO paired
              SELECT STREAM l.a, r.a FROM SOURCE_SQL_STREAM_001 OVER (ROWS 7 PRECEDING) AS l
              JOIN SOURCE_SQL_STREAM_001 AS r ON l.k = r.k AND l.a <> r.a;
            CREATE STREAM distinct_items (n BIGINT);
            CREATE PUMP p6 AS INSERT INTO distinct_items
              SELECT STREAM NUMBER_OF_DISTINCT_ITEMS FROM TABLE(COUNT_DISTINCT_ITEMS_TUMBLING(
                CURSOR(SELECT STREAM * FROM SOURCE_SQL_STREAM_001), 'A', 60));
            """;

    private static final int ROWS = 1_200;
    private static final int ROWS_PER_CHECKPOINT = 150;
    private static final int ROWS_BEHIND_CHECKPOINT = 50;
    private static final int MILLIS_BETWEEN_ROWS = 700;

    private static final RowType TYPE =
            RowType.of(
                    new LogicalType[] {new TimestampType(3), new VarCharType(4), new IntType()},
                    new String[] {"ROWTIME", "K", "A"});

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    @Test
    void givesTheSameRowsAsWithoutAFailure() throws Exception {
        Set<String> undisturbed = run(false);
        Set<String> disturbed = run(true);

        assertThat(FailsOnce.ARMED).as("no task has failed").isFalse();
        assertThat(undisturbed)
                .anyMatch(row -> row.startsWith("LATER"))
                .anyMatch(row -> row.startsWith("STAGGERED"))
                .anyMatch(row -> row.startsWith("PAIRED"))
                .anyMatch(row -> row.startsWith("DISTINCT_ITEMS"));
        assertThat(disturbed).isEqualTo(undisturbed);
    }

    private static Set<String> run(boolean fails) throws Exception {
        Shown.ROWS.clear();
        FailsOnce.ARMED.set(fails);
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(1);
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        tables.loadModule(HydrantModule.NAME, new HydrantModule());
        FlinkStages stages = new FlinkStages(tables);
        Relation input =
                new Relation(
                        "SOURCE_SQL_STREAM_001",
                        List.of(
                                new Column("K", TYPE.getTypeAt(1)),
                                new Column("A", TYPE.getTypeAt(2))),
                        List.of(),
                        Relation.Kind.INPUT);
        stages.input(input, rows(environment, fails));
        Translated translated = Applications.translate(CODE, List.of(input), stages);
        assertThat(translated.problems()).isEmpty();
        for (Map.Entry<String, List<DataStream<RowData>>> stream : stages.written().entrySet()) {
            for (DataStream<RowData> flow : stream.getValue()) {
                RowType type = ((InternalTypeInfo<RowData>) flow.getType()).toRowType();
                flow.map(new Shown(stream.getKey(), type))
                        .returns(Types.STRING)
                        .uid("shown " + stream.getKey())
                        .sinkTo(new DiscardingSink<>())
                        .uid("sink " + stream.getKey());
            }
        }
        environment.execute();
        return new TreeSet<>(Shown.ROWS);
    }

    private static DataStream<RowData> rows(
            StreamExecutionEnvironment environment, boolean byCheckpoint) {
        return environment
                .fromSource(
                        new DataGeneratorSource<>(
                                index -> index,
                                ROWS,
                                byCheckpoint
                                        ? RateLimiterStrategy.perCheckpoint(ROWS_PER_CHECKPOINT)
                                        : RateLimiterStrategy.noOp(),
                                Types.LONG),
                        WatermarkStrategy.<Long>forMonotonousTimestamps()
                                .withTimestampAssigner(
                                        (index, before) -> index * MILLIS_BETWEEN_ROWS),
                        "input")
                .uid("input")
                .map(new FailsOnce())
                .uid("fails once")
                .map(FailingTaskITCase::row)
                .returns(InternalTypeInfo.of(TYPE))
                .uid("rows");
    }

    private static RowData row(long index) {
        return GenericRowData.of(
                TimestampData.fromEpochMillis(index * MILLIS_BETWEEN_ROWS),
                StringData.fromString("k" + index % 3),
                (int) (index * 31 % 17));
    }

    /** Fails some rows behind a checkpoint that has rows of open windows. */
    private static final class FailsOnce implements MapFunction<Long, Long>, CheckpointListener {

        private static final long serialVersionUID = 1L;

        private static final AtomicBoolean ARMED = new AtomicBoolean();

        private long seen;
        private long failAt = Long.MAX_VALUE;

        @Override
        public Long map(Long index) {
            seen = index;
            if (index >= failAt && ARMED.compareAndSet(true, false)) {
                throw new IllegalStateException("The task fails at row " + index + ".");
            }
            return index;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            if (seen > 0 && failAt == Long.MAX_VALUE) {
                failAt = seen + ROWS_BEHIND_CHECKPOINT;
            }
        }
    }

    /** What came out, each row once: rows behind the last checkpoint come again. */
    private static final class Shown implements MapFunction<RowData, String> {

        private static final long serialVersionUID = 1L;

        private static final Set<String> ROWS = new ConcurrentSkipListSet<>();

        private final String stream;
        private final RowType type;

        Shown(String stream, RowType type) {
            this.stream = stream;
            this.type = type;
        }

        @Override
        public String map(RowData row) {
            StringBuilder text = new StringBuilder(stream);
            for (int i = 0; i < type.getFieldCount(); i++) {
                text.append(' ').append(RowFields.value(row, i, type.getTypeAt(i)));
            }
            ROWS.add(text.toString());
            return stream;
        }
    }
}
