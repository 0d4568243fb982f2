package io.hydrant.localstack.bench.cases;

import io.hydrant.core.record.Envelope;
import io.hydrant.localstack.bench.measure.Measured;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/** The rival within Flink: its FileSink, on Flink's own S3 file system, behind our source. */
final class FileSinkCase {

    private FileSinkCase() {}

    static Measured run(CaseSettings settings) throws Exception {
        Configuration s3 = new Configuration();
        s3.setString("s3.endpoint", settings.s3().toString());
        s3.setString("s3.path-style-access", "true");
        s3.setString("s3.access-key", "anyone");
        s3.setString("s3.secret-key", "anything");
        s3.setString("s3.region", "us-east-1");
        FileSink<Envelope> sink =
                FileSink.forBulkFormat(
                                new Path("s3://" + settings.bucket() + "/flights"),
                                GzipLines::create)
                        .withRollingPolicy(OnCheckpointRollingPolicy.build())
                        .withOutputFileConfig(
                                OutputFileConfig.builder().withPartSuffix(".gz").build())
                        .build();
        return new FlinkRun(settings, s3)
                .run(
                        env ->
                                env.fromSource(
                                                KinesisFlights.source(settings),
                                                WatermarkStrategy.noWatermarks(),
                                                "source")
                                        .uid("source")
                                        .sinkTo(sink)
                                        .uid("sink"));
    }
}
