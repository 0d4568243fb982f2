package io.hydrant.localstack.bench.stream;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The classes of {@code localstack/bench/rival}, which this module cannot be compiled against. */
final class OfficialConnector {

    private OfficialConnector() {}

    @SuppressWarnings("unchecked") // its classes implement that, and are tied to this one
    static DataStream<byte[]> read(StreamExecutionEnvironment env, StreamCaseSettings settings) {
        return ((BiFunction<StreamExecutionEnvironment, Map<String, String>, DataStream<byte[]>>)
                        instance(settings))
                .apply(env, settings.toMap());
    }

    @SuppressWarnings("unchecked")
    static Sink<byte[]> sink(StreamCaseSettings settings) {
        return ((Function<Map<String, String>, Sink<byte[]>>) instance(settings))
                .apply(settings.toMap());
    }

    private static Object instance(StreamCaseSettings settings) {
        String name = settings.streamCase().rivalClass();
        try {
            return Class.forName(name).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " is not on the class path", e);
        }
    }
}
