package io.hydrant.localstack.bench.cases;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Knows how many records the sink writers of this JVM have taken, from the counters that Flink
 * keeps anyway: that is how a run of an unbounded source knows its end without a hook in the job.
 */
public final class WriterProgress implements MetricReporter {

    private static final List<Counter> TAKEN = new CopyOnWriteArrayList<>();

    /** Makes the reporter; Flink finds it as a service. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new WriterProgress();
        }
    }

    /** Lets a Flink of that configuration tell it. */
    public static void configure(Configuration config) {
        config.set(MetricOptions.REPORTERS_LIST, "progress");
        MetricOptions.forReporter(config, "progress")
                .set(MetricOptions.REPORTER_FACTORY_CLASS, Factory.class.getName());
    }

    /** Records that all sink writers have taken so far. */
    public static long taken() {
        return TAKEN.stream().mapToLong(Counter::getCount).sum();
    }

    @Override
    public void open(MetricConfig config) {
        TAKEN.clear();
    }

    @Override
    public void close() {
        TAKEN.clear();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        String operator = group.getAllVariables().get("<operator_name>");
        if (name.equals("numRecordsIn")
                && metric instanceof Counter counter
                && operator != null
                && operator.endsWith("Writer")) {
            TAKEN.add(counter);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        // Kept: a writer that has ended took what it took.
    }
}
