package io.hydrant.localstack.bench.sql;

import io.hydrant.localstack.bench.measure.LocalFlink;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.MeasuredRun;
import io.hydrant.localstack.bench.measure.ProcessMeter;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;

/** The measured process: asks its question once to warm up, and once more. */
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
        Asked asked = asked(settings, config);
        asked.answer();
        long start = System.currentTimeMillis();
        asked.answer();
        long end = System.currentTimeMillis();
        return new Measured(
                start,
                0,
                start,
                0,
                end,
                asked.answers(),
                ProcessMeter.heapAfterCollection(),
                0,
                0,
                0);
    }

    private static Asked asked(SqlCaseSettings settings, Configuration config) throws Exception {
        SqlCase one = settings.sqlCase();
        if (one == SqlCase.FOREST_ALONE) {
            return new ForestLoop(settings.rows());
        }
        if (one.isApplication()) {
            return new AskedApplication(settings, config);
        }
        return new AskedTable(settings, config);
    }
}
