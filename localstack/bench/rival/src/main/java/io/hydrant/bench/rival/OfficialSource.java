package io.hydrant.bench.rival;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kinesis.source.KinesisStreamsSource;
import org.apache.flink.connector.kinesis.source.config.KinesisStreamsSourceConfigConstants;
import org.apache.flink.connector.kinesis.source.config.KinesisStreamsSourceConfigConstants.InitialPosition;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.Map;
import java.util.function.BiFunction;

/** The official {@code KinesisStreamsSource} over the stream of a case. */
public final class OfficialSource
        implements BiFunction<StreamExecutionEnvironment, Map<String, String>, DataStream<byte[]>> {

    @Override
    public DataStream<byte[]> apply(StreamExecutionEnvironment env, Map<String, String> settings) {
        Configuration config = new Configuration();
        RivalClient.properties(settings)
                .forEach((name, value) -> config.setString((String) name, (String) value));
        config.set(
                KinesisStreamsSourceConfigConstants.STREAM_INITIAL_POSITION,
                InitialPosition.TRIM_HORIZON);
        KinesisStreamsSource<byte[]> source =
                KinesisStreamsSource.<byte[]>builder()
                        .setStreamArn(settings.get("stream"))
                        .setSourceConfig(config)
                        .setDeserializationSchema(new RawBytes())
                        .build();
        return env.fromSource(
                        source,
                        WatermarkStrategy.noWatermarks(),
                        "source",
                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
                .uid("source");
    }
}
