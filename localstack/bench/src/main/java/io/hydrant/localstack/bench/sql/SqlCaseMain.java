package io.hydrant.localstack.bench.sql;

import io.hydrant.localstack.bench.measure.LocalFlink;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.MeasuredRun;
import io.hydrant.localstack.bench.measure.ProcessMeter;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

import java.io.IOException;

/** The measured process: counts the bids, asks its question once to warm up, and once more. */
public final class SqlCaseMain {

    private SqlCaseMain() {}

    /** Runs the case that the arguments describe ({@link SqlCaseSettings}). */
    public static void main(String[] arguments) throws Exception {
        SqlCaseSettings settings = SqlCaseSettings.parse(arguments);
        MeasuredRun.runAndExit(settings.figures(), () -> run(settings));
    }

    private static Measured run(SqlCaseSettings settings) throws Exception {
        Configuration config = LocalFlink.configuration(settings.work());
        // What fails is to be seen, not tried again.
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        config.set(CoreOptions.DEFAULT_PARALLELISM, settings.parallelism());
        TableEnvironment env =
                TableEnvironment.create(
                        EnvironmentSettings.newInstance().withConfiguration(config).build());
        env.executeSql("LOAD MODULE hydrant");
        env.executeSql(
                settings.sqlCase().isKinesis()
                        ? Bids.streamed(settings.kinesis(), settings.streamArn())
                        : Bids.generated(settings.records()));
        requireAll(env, settings.records());
        answer(env, settings);
        long start = System.currentTimeMillis();
        answer(env, settings);
        long end = System.currentTimeMillis();
        return new Measured(
                start,
                0,
                start,
                0,
                end,
                settings.records(),
                ProcessMeter.heapAfterCollection(),
                0,
                0,
                0);
    }

    private static void answer(TableEnvironment env, SqlCaseSettings settings) throws Exception {
        env.sqlQuery(settings.sqlCase().query())
                .insertInto(TableDescriptor.forConnector("blackhole").build())
                .execute()
                .await();
    }

    /** A question over nothing would be answered soon. */
    private static void requireAll(TableEnvironment env, long records) throws Exception {
        long counted = 0;
        try (CloseableIterator<Row> rows = env.executeSql("SELECT COUNT(*) FROM bids").collect()) {
            while (rows.hasNext()) {
                counted = (Long) rows.next().getField(0);
            }
        }
        if (counted != records) {
            throw new IOException("The source gave " + counted + " of " + records + " bids");
        }
    }
}
