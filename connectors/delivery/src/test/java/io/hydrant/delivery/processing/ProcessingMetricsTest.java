package io.hydrant.delivery.processing;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.buffer.PartitionTime;

import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessingMetricsTest {

    private final MetricListener listener = new MetricListener();
    private final ProcessingMetrics metrics = new ProcessingMetrics(listener.getMetricGroup());

    @Test
    void countsWhatWasDecompressedAndWhatWasNot() throws Exception {
        RecordUnpacking unpacking =
                new RecordUnpacking(
                        new ProcessingConfig(true, 1_000, false, false, null, null, null, null),
                        Clock.systemUTC(),
                        metrics);

        unpacking.unpack(record(gzip("x".repeat(100))), nowhere());
        unpacking.unpack(record(gzip("y".repeat(50))), nowhere());
        unpacking.unpack(record("plain".getBytes(StandardCharsets.UTF_8)), nowhere());

        assertThat(count("OutputDecompressedRecords.Success")).isEqualTo(2);
        assertThat(count("OutputDecompressedBytes.Success")).isEqualTo(150);
        assertThat(count("OutputDecompressedRecords.Failed")).isEqualTo(1);
        assertThat(count("OutputDecompressedBytes.Failed")).isEqualTo(5);
    }

    @Test
    void timesTheFirstQuery() throws Exception {
        RecordCompletion completion =
                new RecordCompletion(
                        new ProcessingConfig(
                                false,
                                1,
                                false,
                                false,
                                null,
                                null,
                                "{a: .a}",
                                new ProcessingConfig.Partitioning(
                                        "!{partitionKeyFromQuery:a}/",
                                        ZoneOffset.UTC,
                                        PartitionTime.OBJECT)),
                        Clock.systemUTC(),
                        metrics);
        assertThat(queryMillis()).isZero();
        Envelope record = record("{\"a\":1}".getBytes(StandardCharsets.UTF_8));

        completion.complete(
                record,
                record,
                true,
                TransformResult.kept(record),
                new ListCollector<>(new ArrayList<>()));

        assertThat(queryMillis()).isPositive();
    }

    @Test
    void showsTheDurationOfQueriesAsAnAverageThatForgets() {
        metrics.queried(2_000_000);
        assertThat(queryMillis()).isEqualTo(2);
        metrics.queried(18_000_000);
        assertThat(queryMillis()).isEqualTo(3);
        for (int i = 0; i < 200; i++) {
            metrics.queried(7_000_000);
        }
        assertThat(queryMillis()).isBetween(6.99, 7.0);
    }

    private long count(String name) {
        return listener.getCounter(name).map(Counter::getCount).orElseThrow();
    }

    private double queryMillis() {
        Gauge<Double> gauge = listener.<Double>getGauge("JQProcessing.Duration").orElseThrow();
        return gauge.getValue();
    }

    private static RecordUnpacking.Pieces nowhere() {
        return new RecordUnpacking.Pieces() {
            @Override
            public void piece(Envelope record, Envelope original, int index, boolean isLast) {}

            @Override
            public void judged(DeliveryRecord record) {}
        };
    }

    private static Envelope record(byte[] payload) {
        return new Envelope("s", "shard", "1", 0, "k", 0, payload, 0, payload.length);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
