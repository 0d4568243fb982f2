package io.hydrant.cloudwatch;

import io.hydrant.core.metrics.DeliveryStreamMetrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.Scheduled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the metrics of delivery streams to CloudWatch: Firehose's names, the dimension
 * DeliveryStreamName, a namespace of one's own.
 *
 * <p>Counters go as what they grew by since they were last taken in, so that the sum of a period is
 * what happened in it, over all tasks; what CloudWatch does not take in goes with the next report.
 * Gauges go as they are, one value per task: take the maximum of a freshness, the average of a
 * success.
 *
 * <p>Metrics of the source belong to the delivery stream that other metrics of their job name.
 * Nothing that happens here reaches a job.
 */
public final class CloudWatchReporter implements MetricReporter, Scheduled {

    private static final Logger LOG = LoggerFactory.getLogger(CloudWatchReporter.class);

    private static final String STREAM = "<" + DeliveryStreamMetrics.DIMENSION + ">";
    private static final String JOB = "<job_id>";

    /** A request takes a thousand values, and a megabyte. */
    private static final int MOST_VALUES = 500;

    private final MetricStore store;
    private final Clock clock;
    private final IdentityHashMap<Metric, Reported> metrics = new IdentityHashMap<>();
    private final Map<String, String> streamOfJob = new HashMap<>();

    /** Counters that are gone and have something left to say. */
    private final List<Reported> leaving = new ArrayList<>();

    CloudWatchReporter(MetricStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A metric and what CloudWatch knows of it. */
    private static final class Reported {

        private final Metric metric;
        private final String name;
        private final String stream;
        private final String job;
        private long known;

        Reported(Metric metric, String name, String stream, String job) {
            this.metric = metric;
            this.name = name;
            this.stream = stream;
            this.job = job;
        }
    }

    /** A value, and what is known once it was taken in. */
    private record Sending(Reported of, Datum datum, long count) {}

    @Override
    public void open(MetricConfig config) {
        // The factory has read it.
    }

    @Override
    public synchronized void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        boolean hasKind = metric instanceof Counter || metric instanceof Gauge;
        Map<String, String> variables = group.getAllVariables();
        String stream = variables.get(STREAM);
        String job = variables.get(JOB);
        if (stream != null && job != null) {
            streamOfJob.put(job, stream);
        }
        boolean isWanted =
                stream == null
                        ? job != null && MetricUnits.isOfSource(name)
                        : MetricUnits.isOfDeliveryStream(name);
        if (hasKind && isWanted) {
            metrics.put(metric, new Reported(metric, name, stream, job));
        }
    }

    @Override
    public synchronized void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        Reported gone = metrics.remove(metric);
        if (gone != null && metric instanceof Counter counter && counter.getCount() > gone.known) {
            leaving.add(gone);
        }
    }

    @Override
    public synchronized void report() {
        List<Sending> sendings = new ArrayList<>();
        metrics.values().forEach(metric -> add(metric, sendings));
        leaving.forEach(metric -> add(metric, sendings));
        for (int from = 0; from < sendings.size(); from += MOST_VALUES) {
            send(sendings.subList(from, Math.min(from + MOST_VALUES, sendings.size())));
        }
        leaving.removeIf(gone -> ((Counter) gone.metric).getCount() <= gone.known);
    }

    private void send(List<Sending> sendings) {
        try {
            store.put(sendings.stream().map(Sending::datum).toList(), clock.instant());
            sendings.forEach(sending -> sending.of.known = sending.count);
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} values did not get to CloudWatch; counters make up for it with the next report: {}",
                    sendings.size(),
                    e.toString());
        }
    }

    private void add(Reported metric, List<Sending> sendings) {
        String stream = metric.stream == null ? streamOfJob.get(metric.job) : metric.stream;
        if (stream == null) {
            return;
        }
        if (metric.metric instanceof Counter counter) {
            long count = counter.getCount();
            sendings.add(
                    new Sending(
                            metric, datum(stream, metric, (double) (count - metric.known)), count));
        } else if (metric.metric instanceof Gauge<?> gauge
                && gauge.getValue() instanceof Number number
                && isKnown(number.doubleValue())) {
            sendings.add(new Sending(metric, datum(stream, metric, number.doubleValue()), 0));
        }
    }

    private static Datum datum(String stream, Reported metric, double value) {
        return new Datum(stream, metric.name, MetricUnits.of(metric.name), value);
    }

    /**
     * What a task does not know it shows as less than nothing; CloudWatch refuses what is no
     * number.
     */
    private static boolean isKnown(double value) {
        return value >= 0 && !Double.isInfinite(value);
    }

    /** Sends what is left. */
    @Override
    public synchronized void close() {
        report();
        store.close();
    }
}
