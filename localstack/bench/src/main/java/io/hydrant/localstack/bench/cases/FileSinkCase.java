package io.hydrant.localstack.bench.cases;

import io.hydrant.core.record.Envelope;
import io.hydrant.localstack.bench.measure.Measured;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.DateTimeBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The rival within Flink: its FileSink, on Flink's own S3 file system, behind the same source. */
final class FileSinkCase {

    private FileSinkCase() {}

    static Measured run(CaseSettings settings, FlightLines lines) throws Exception {
        Configuration s3 = new Configuration();
        s3.setString("s3.endpoint", settings.s3().toString());
        s3.setString("s3.path-style-access", "true");
        s3.setString("s3.access-key", "anyone");
        s3.setString("s3.secret-key", "anything");
        s3.setString("s3.region", "us-east-1");
        int partitions = settings.benchCase().partitions();
        FileSink<Envelope> sink =
                FileSink.forBulkFormat(
                                new Path("s3://" + settings.bucket() + "/flights"),
                                settings.benchCase().isColumnar()
                                        ? ParquetRows::create
                                        : GzipLines::create)
                        .withRollingPolicy(OnCheckpointRollingPolicy.build())
                        .withBucketAssigner(
                                partitions == 0
                                        ? new DateTimeBucketAssigner<>()
                                        : new KeyBuckets("p" + partitions))
                        .withOutputFileConfig(
                                OutputFileConfig.builder()
                                        .withPartSuffix(
                                                settings.benchCase().isColumnar()
                                                        ? ".parquet"
                                                        : ".gz")
                                        .build())
                        .build();
        Source<Envelope, ?, ?> source =
                lines == null
                        ? KinesisFlights.source(settings)
                        : MemoryFlights.source(lines, settings.records(), 1);
        return new FlinkRun(settings, s3)
                .run(
                        env ->
                                env.fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                                        .uid("source")
                                        .sinkTo(sink)
                                        .uid("sink"));
    }

    /** A bucket per value of a field, as one writes it: with a tree of the document. */
    private static final class KeyBuckets implements BucketAssigner<Envelope, String> {

        private static final long serialVersionUID = 1L;
        private static final ObjectMapper JSON = new ObjectMapper();

        private final String field;

        KeyBuckets(String field) {
            this.field = field;
        }

        @Override
        public String getBucketId(Envelope record, Context context) {
            try {
                return JSON.readTree(
                                record.payloadArray(),
                                record.payloadOffset(),
                                record.payloadLength())
                        .path(field)
                        .asText();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public SimpleVersionedSerializer<String> getSerializer() {
            return SimpleVersionedStringSerializer.INSTANCE;
        }
    }
}
