package io.hydrant.sql.functions;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** A job with a forest that fails in the middle gives the scores of one that does not. */
class ForestRestartITCase {

    private static final int ROWS = 12_500;
    private static final int ROWS_BETWEEN_CHECKPOINTS = 1500;

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void scoresAfterARestartAreThoseOfARunWithout(String stateBackend) throws Exception {
        FailsAt.failures.set(0);

        List<String> failed = scores(stateBackend, 11_700);

        assertThat(FailsAt.failures).hasValue(1);
        assertThat(failed).hasSize(ROWS).isEqualTo(scores(stateBackend, -1));
        assertThat(failed.get(ROWS - 1)).doesNotContain(", 0.0]");
    }

    private static List<String> scores(String stateBackend, int failAt) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, stateBackend);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(1);
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        TypeInformation<Row> type =
                Types.ROW_NAMED(new String[] {"n", "x", "y"}, Types.LONG, Types.DOUBLE, Types.INT);
        DataStream<Row> points =
                environment
                        .fromSource(
                                new DataGeneratorSource<>(
                                        ForestRestartITCase::point,
                                        ROWS,
                                        RateLimiterStrategy.perCheckpoint(ROWS_BETWEEN_CHECKPOINTS),
                                        type),
                                WatermarkStrategy.noWatermarks(),
                                "points")
                        .map(new FailsAt(failAt))
                        .returns(type);
        tables.createTemporaryView("points", points);
        tables.executeSql("LOAD MODULE hydrant");
        List<String> scores = new ArrayList<>();
        try (CloseableIterator<Row> result =
                tables.executeSql(
                                """
                                SELECT n, ANOMALY_SCORE FROM RANDOM_CUT_FOREST(
                                  input => TABLE points, numberOfTrees => 10,
                                  subSampleSize => 32, shingleSize => 2)
                                """)
                        .collect()) {
            result.forEachRemaining(row -> scores.add(row.toString()));
        }
        return scores;
    }

    private static Row point(long index) {
        Random random = new Random(index);
        return Row.of(index, random.nextGaussian(), random.nextInt(100));
    }

    /** Fails once, at a row behind some checkpoints. */
    private static final class FailsAt implements MapFunction<Row, Row> {

        private static final long serialVersionUID = 1;

        static final AtomicInteger failures = new AtomicInteger();

        private final long at;

        FailsAt(long at) {
            this.at = at;
        }

        @Override
        public Row map(Row row) {
            if (row.<Long>getFieldAs(0) == at && failures.compareAndSet(0, 1)) {
                throw new IllegalStateException("fails once, as this test wants it");
            }
            return row;
        }
    }
}
