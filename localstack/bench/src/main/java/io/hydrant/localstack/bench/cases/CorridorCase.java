package io.hydrant.localstack.bench.cases;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.buffer.BufferOptions;
import io.hydrant.delivery.buffer.PartitionTime;
import io.hydrant.delivery.conversion.ConversionOptions;
import io.hydrant.delivery.conversion.columnar.ColumnarFormat;
import io.hydrant.delivery.format.FormatOptions;
import io.hydrant.delivery.partition.NamingOptions;
import io.hydrant.delivery.processing.ProcessingConfig;
import io.hydrant.delivery.processing.ProcessingOptions;
import io.hydrant.delivery.transform.TransformConfig;
import io.hydrant.delivery.transform.TransformOptions;
import io.hydrant.delivery.transform.TransformStep;
import io.hydrant.expression.ExpressionConfig;
import io.hydrant.expression.ExpressionOptions;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.s3.sink.S3Sink;
import io.hydrant.s3.sink.S3SinkConfig;
import io.hydrant.s3.sink.S3SinkOptions;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;

import java.time.Duration;

/** The corridor with, unless the case says else, Firehose's defaults (5 MB, 300 s). */
public final class CorridorCase {

    /** Buffer interval of the case that is kept up with. */
    public static final Duration FRESHNESS_INTERVAL = Duration.ofSeconds(10);

    private CorridorCase() {}

    static Measured run(CaseSettings settings, FlightLines lines) throws Exception {
        Configuration options = new Configuration();
        options.set(S3SinkOptions.BUCKET, settings.bucket());
        options.set(NamingOptions.STREAM_NAME, "flights");
        options.set(FormatOptions.COMPRESSION, settings.benchCase().compression());
        options.set(FormatOptions.COMPRESSION_LEVEL, settings.benchCase().level());
        options.set(FormatOptions.APPEND_NEWLINE, true);
        if (settings.benchCase() == BenchCase.PARQUET) {
            options.set(ConversionOptions.FORMAT, ColumnarFormat.PARQUET);
            options.set(ConversionOptions.COLUMNS, FlightRows.COLUMNS);
        }
        if (settings.benchCase().hasLargeObjects()) {
            options.set(BufferOptions.SIZE, BenchCase.LARGE_OBJECT);
        }
        if (settings.openObjects() > 0) {
            options.set(BufferOptions.PARTITION_TIME, PartitionTime.RECORD);
        }
        int partitions = settings.benchCase().partitions();
        if (partitions > 0) {
            options.set(ProcessingOptions.DYNAMIC_PARTITIONING, true);
            options.set(ProcessingOptions.QUERY, "{key: .p" + partitions + "}");
            options.set(NamingOptions.PREFIX, "key=!{partitionKeyFromQuery:key}/");
            options.set(NamingOptions.ERROR_PREFIX, "errors/!{firehose:error-output-type}/");
        }
        if (settings.benchCase() == BenchCase.TRANSFORM) {
            options.set(TransformOptions.CLASS, LineTransform.class.getName());
        }
        if (settings.benchCase() == BenchCase.SELECT) {
            options.set(ExpressionOptions.COLUMNS, FlightSelect.COLUMNS);
            options.set(ExpressionOptions.SELECT, FlightSelect.QUERY);
        }
        if (settings.benchCase() == BenchCase.FRESHNESS) {
            options.set(BufferOptions.INTERVAL, FRESHNESS_INTERVAL);
        }
        AwsClientConfig s3 =
                AwsClientConfig.forEndpoint(settings.s3(), "us-east-1", "anyone", "anything");
        S3Sink sink = new S3Sink(S3SinkConfig.from(options), s3);
        TransformStep transform =
                TransformStep.of(
                        ExpressionConfig.from(options)
                                .map(ExpressionConfig::transform)
                                .orElseGet(() -> TransformConfig.from(options)),
                        ProcessingConfig.from(options),
                        CorridorCase.class.getClassLoader());
        Source<Envelope, ?, ?> source =
                lines == null
                        ? KinesisFlights.source(settings)
                        : MemoryFlights.source(
                                lines,
                                sourceRecords(settings),
                                Math.max(1, settings.openObjects()));
        return new FlinkRun(settings, new Configuration())
                .run(
                        env ->
                                transform
                                        .addTo(
                                                env.fromSource(
                                                                source,
                                                                WatermarkStrategy.noWatermarks(),
                                                                "source")
                                                        .uid("source"))
                                        .sinkTo(sink)
                                        .name("sink")
                                        .uid("sink"));
    }

    /** Objects are held open by a source that has more to come. */
    private static long sourceRecords(CaseSettings settings) {
        return settings.openObjects() > 0 ? Long.MAX_VALUE : settings.records();
    }
}
