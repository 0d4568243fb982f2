package io.hydrant.s3.sink;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.delivery.buffer.ObjectBuffer;
import io.hydrant.delivery.buffer.SizeHint;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What Firehose shows of dynamic partitioning. */
class PartitionMetricsTest {

    private final MetricListener listener = new MetricListener();
    private final OpenObjects open = new OpenObjects();

    @Test
    void countsPartitionsThatHaveAnOpenObject() {
        new S3WriterMetrics(listener.getMetricGroup(), DeliveryRole.DESTINATION)
                .observe(open, new MemoryBudget(1 << 24), new SizeHint(1, 1), new ManualTime(0));
        assertThat(gauge("PartitionCount")).isEqualTo(0);

        OpenObject first = open.open(Group.ofPartition("a/"), new ObjectBuffer(), null, 1);
        open.open(Group.ofPartition("b/"), new ObjectBuffer(), null, 2);
        open.open(Group.DATA, new ObjectBuffer(), null, 3);
        assertThat(gauge("PartitionCount")).isEqualTo(2);
        assertThat(gauge("PartitionCountExceeded")).isEqualTo(0);

        open.remove(first);
        open.remove(first);
        assertThat(gauge("PartitionCount")).isEqualTo(1);
    }

    @Test
    void countsPartitionsOfARestore() {
        OpenObjects other = new OpenObjects();
        OpenObject first = other.open(Group.ofPartition("a/"), new ObjectBuffer(), null, 1);
        OpenObject same =
                new OpenObjects().open(Group.ofPartition("a/"), new ObjectBuffer(), null, 2);

        assertThat(open.restore(List.of(first, same))).containsExactly(same);

        assertThat(open.partitions()).isEqualTo(1);
    }

    @Test
    void sharesTheThroughputAmongThePartitions() {
        S3WriterMetrics metrics =
                new S3WriterMetrics(listener.getMetricGroup(), DeliveryRole.DESTINATION);
        metrics.observe(open, new MemoryBudget(1 << 24), new SizeHint(1, 1), new ManualTime(0));
        open.open(Group.ofPartition("a/"), new ObjectBuffer(), null, 1);
        open.open(Group.ofPartition("b/"), new ObjectBuffer(), null, 1);
        DeliveryRecord record = Records.large(1, 12_000);

        metrics.partitioned(record.envelope().payloadLength());
        // As Flink's own timer does every five seconds; the rate is over a minute.
        listener.getMeter("partitionedBytesPerSecond")
                .map(meter -> (MeterView) meter)
                .orElseThrow()
                .update();

        assertThat((Double) gauge("PerPartitionThroughput")).isEqualTo(100);
    }

    private Object gauge(String name) {
        Gauge<?> gauge = listener.getGauge(name).orElseThrow();
        return gauge.getValue();
    }
}
