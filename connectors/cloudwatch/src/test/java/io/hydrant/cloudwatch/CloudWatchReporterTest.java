package io.hydrant.cloudwatch;

import io.hydrant.core.metrics.DeliveryStreamMetrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class CloudWatchReporterTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final FakeStore store = new FakeStore();
    private final CloudWatchReporter reporter =
            new CloudWatchReporter(store, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void countersGoAsWhatTheyGrewBy() {
        Counter records = add("DeliveryToS3.Records", new SimpleCounter(), stream("flights"));
        records.inc(7);
        reporter.report();
        records.inc(2);
        reporter.report();
        reporter.report();

        assertThat(store.taken)
                .containsExactly(
                        new Datum("flights", "DeliveryToS3.Records", StandardUnit.COUNT, 7),
                        new Datum("flights", "DeliveryToS3.Records", StandardUnit.COUNT, 2),
                        new Datum("flights", "DeliveryToS3.Records", StandardUnit.COUNT, 0));
        assertThat(store.times).containsOnly(NOW);
    }

    @Test
    void whatWasNotTakenInGoesWithTheNextReport() {
        Counter bytes = add("DeliveryToS3.Bytes", new SimpleCounter(), stream("flights"));
        bytes.inc(7);
        store.isBroken = true;
        reporter.report();
        bytes.inc(5);
        store.isBroken = false;
        reporter.report();

        assertThat(store.taken)
                .containsExactly(
                        new Datum("flights", "DeliveryToS3.Bytes", StandardUnit.BYTES, 12));
    }

    @Test
    void whatATaskCountedLastGoesOnceItIsGone() {
        Counter bytes = add("DeliveryToS3.Bytes", new SimpleCounter(), stream("flights"));
        bytes.inc(7);
        reporter.notifyOfRemovedMetric(bytes, "DeliveryToS3.Bytes", stream("flights"));
        store.isBroken = true;
        reporter.report();
        store.isBroken = false;
        reporter.report();
        reporter.report();

        assertThat(store.taken).hasSize(1);
        assertThat(store.taken.get(0).value()).isEqualTo(7);
    }

    @Test
    void gaugesGoAsTheyAre() {
        add("DeliveryToS3.DataFreshness", (Gauge<Long>) () -> 42L, stream("flights"));
        add("DeliveryToS3.Success", (Gauge<Double>) () -> 0.5, stream("flights"));
        add("PerPartitionThroughput", (Gauge<Double>) () -> Double.NaN, stream("flights"));
        add("SomeText", (Gauge<String>) () -> "text", stream("flights"));
        reporter.report();

        assertThat(store.taken)
                .containsExactlyInAnyOrder(
                        new Datum(
                                "flights", "DeliveryToS3.DataFreshness", StandardUnit.SECONDS, 42),
                        new Datum("flights", "DeliveryToS3.Success", StandardUnit.NONE, 0.5));
    }

    @Test
    void metricsOfTheSourceBelongToTheDeliveryStreamOfTheirJob() {
        add("DataReadFromKinesisStream.Bytes", new SimpleCounter(), job("a")).inc(3);
        add("KinesisMillisBehindLatest", (Gauge<Long>) () -> -1L, job("a"));
        add("DataReadFromKinesisStream.Bytes", new SimpleCounter(), job("b")).inc(4);
        add("maxMillisBehindLatest", (Gauge<Long>) () -> 5L, job("a"));
        reporter.report();
        assertThat(store.taken).isEmpty();

        add("openObjects", (Gauge<Integer>) () -> 1, stream("flights"));
        reporter.report();

        assertThat(store.taken)
                .containsExactly(
                        new Datum(
                                "flights",
                                "DataReadFromKinesisStream.Bytes",
                                StandardUnit.BYTES,
                                3));
    }

    @Test
    void sendsNoMoreThanARequestTakesAtOnce() {
        for (int i = 0; i < 1_201; i++) {
            add("DeliveryToS3.Records", new SimpleCounter(), stream("s" + i)).inc();
        }
        reporter.report();

        assertThat(store.sizes).containsExactly(500, 500, 201);
    }

    @Test
    void sendsWhatIsLeftWhenItCloses() {
        add("DeliveryToS3.Records", new SimpleCounter(), stream("flights")).inc();
        reporter.close();

        assertThat(store.taken).hasSize(1);
        assertThat(store.isClosed).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "DeliveryToS3.Bytes, BYTES",
        "SucceedConversion.Bytes, BYTES",
        "OutputDecompressedBytes.Failed, BYTES",
        "OutputDecompressedRecords.Success, COUNT",
        "DeliveryToS3.Success, NONE",
        "ExecuteProcessing.Success, NONE",
        "ExecuteProcessing.Duration, MILLISECONDS",
        "JQProcessing.Duration, MILLISECONDS",
        "BackupToS3.DataFreshness, SECONDS",
        "KinesisMillisBehindLatest, MILLISECONDS",
        "PerPartitionThroughput, BYTES_SECOND",
        "PartitionCount, COUNT",
        "KMSKeyDisabled, COUNT",
        "ThrottledGetRecords, COUNT",
    })
    void countsInTheUnitsOfFirehose(String name, StandardUnit unit) {
        assertThat(MetricUnits.of(name)).isEqualTo(unit);
    }

    private <M extends Metric> M add(String name, M metric, MetricGroup group) {
        reporter.notifyOfAddedMetric(metric, name, group);
        return metric;
    }

    private static MetricGroup stream(String name) {
        return group(Map.of("<job_id>", "a", "<" + DeliveryStreamMetrics.DIMENSION + ">", name));
    }

    private static MetricGroup job(String id) {
        return group(Map.of("<job_id>", id));
    }

    private static MetricGroup group(Map<String, String> variables) {
        return new UnregisteredMetricsGroup() {
            @Override
            public Map<String, String> getAllVariables() {
                return variables;
            }
        };
    }

    private static final class FakeStore implements MetricStore {

        private final List<Datum> taken = new ArrayList<>();
        private final List<Instant> times = new ArrayList<>();
        private final List<Integer> sizes = new ArrayList<>();
        private boolean isBroken;
        private boolean isClosed;

        @Override
        public void put(List<Datum> data, Instant time) {
            if (isBroken) {
                throw new IllegalStateException("broken");
            }
            taken.addAll(data);
            times.add(time);
            sizes.add(data.size());
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
