package io.hydrant.localstack.bench.stream;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.sink.KinesisSink;
import io.hydrant.kinesis.sink.KinesisSinkConfig;
import io.hydrant.kinesis.sink.KinesisSinkOptions;
import io.hydrant.kinesis.source.InitialPosition;
import io.hydrant.kinesis.source.KinesisSource;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.KinesisSourceOptions;
import io.hydrant.kinesis.stream.RecordDecoding;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.net.URI;
import java.time.Duration;

/** Our source and our sink over the stream of a case. */
final class HydrantStream {

    private HydrantStream() {}

    static DataStream<Envelope> read(StreamExecutionEnvironment env, StreamCaseSettings settings) {
        Configuration options = new Configuration();
        options.set(KinesisSourceOptions.INIT_POSITION, InitialPosition.TRIM_HORIZON);
        if (settings.streamCase() == StreamCase.READ_HYDRANT_SDK) {
            options.set(KinesisSourceOptions.GET_RECORDS_DECODING, RecordDecoding.SDK);
        }
        if (settings.idleSeconds() == 0) {
            // The fake lets a shard be read as fast as it can, so the source need not keep to five
            // calls a second. Whether it does is asked of the idle one.
            options.set(KinesisSourceOptions.GET_RECORDS_INTERVAL, Duration.ofMillis(1));
        }
        KinesisSource source =
                KinesisSource.of(
                        StreamArn.parse(settings.streamArn()),
                        aws(settings.kinesis()),
                        KinesisSourceConfig.from(options));
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), "source").uid("source");
    }

    static KinesisSink<byte[]> sink(StreamCaseSettings settings) {
        Configuration options = new Configuration();
        options.set(KinesisSinkOptions.AGGREGATION_ENABLED, settings.load().isAggregated());
        if (settings.load().isAggregated()) {
            options.set(
                    KinesisSinkOptions.AGGREGATION_MAX_COUNT, settings.load().perKinesisRecord());
        }
        return KinesisSink.<byte[]>builder().stream(StreamArn.parse(settings.streamArn()))
                .client(aws(settings.kinesis()))
                .config(KinesisSinkConfig.from(options))
                .serializer(new AsItIs())
                .partitionKey(Payloads::key)
                .build();
    }

    static AwsClientConfig aws(URI endpoint) {
        return AwsClientConfig.forEndpoint(endpoint, "us-east-1", "anyone", "anything");
    }

    private static final class AsItIs implements SerializationSchema<byte[]> {

        private static final long serialVersionUID = 1L;

        @Override
        public byte[] serialize(byte[] element) {
            return element;
        }
    }
}
