package io.hydrant.bench.rival;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer;
import org.apache.flink.streaming.connectors.kinesis.config.ConsumerConfigConstants;

import java.util.Map;
import java.util.Properties;
import java.util.function.BiFunction;

/** The official {@code FlinkKinesisConsumer} over the stream of a case. */
public final class OfficialLegacySource
        implements BiFunction<StreamExecutionEnvironment, Map<String, String>, DataStream<byte[]>> {

    @Override
    public DataStream<byte[]> apply(StreamExecutionEnvironment env, Map<String, String> settings) {
        String arn = settings.get("stream");
        Properties properties = RivalClient.properties(settings);
        properties.setProperty(ConsumerConfigConstants.STREAM_INITIAL_POSITION, "TRIM_HORIZON");
        if (settings.get("idle-seconds").equals("0")) {
            // Hardly a pause, like the others. With none at all its thread for each shard asks
            // drained shards without end.
            properties.setProperty(ConsumerConfigConstants.SHARD_GETRECORDS_INTERVAL_MILLIS, "50");
        }
        DeserializationSchema<byte[]> schema = new RawBytes();
        return env.addSource(
                        new FlinkKinesisConsumer<>(
                                arn.substring(arn.indexOf('/') + 1), schema, properties))
                .uid("source");
    }
}
