package io.hydrant.bench.rival;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.kinesis.sink.KinesisStreamsSink;

import java.util.Map;
import java.util.function.Function;

/** The official {@code KinesisStreamsSink} over the stream of a case. */
public final class OfficialSink implements Function<Map<String, String>, Sink<byte[]>> {

    /** Where the id is in a document, which every writer takes for its partition key. */
    private static final int KEY_OFFSET = 7;

    private static final int KEY_LENGTH = 10;

    @Override
    public Sink<byte[]> apply(Map<String, String> settings) {
        return KinesisStreamsSink.<byte[]>builder()
                .setStreamArn(settings.get("stream"))
                .setKinesisClientProperties(RivalClient.properties(settings))
                .setSerializationSchema(element -> element)
                .setPartitionKeyGenerator(OfficialSink::key)
                .build();
    }

    @SuppressWarnings("deprecation") // ASCII, and by far the cheapest way to a string of it
    private static String key(byte[] document) {
        return new String(document, 0, KEY_OFFSET, KEY_LENGTH);
    }
}
