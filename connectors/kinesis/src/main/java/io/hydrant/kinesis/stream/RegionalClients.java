package io.hydrant.kinesis.stream;

import software.amazon.awssdk.utils.SdkAutoCloseable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Clients for streams of several regions: one for each, made when it is first needed.
 *
 * <p>Thread-safe.
 */
final class RegionalClients<C extends SdkAutoCloseable> implements AutoCloseable {

    private final Function<StreamArn, C> make;
    private final Map<String, C> regions = new ConcurrentHashMap<>();

    /**
     * Of no clients yet.
     *
     * @param make makes the client of a region from one of its streams
     */
    RegionalClients(Function<StreamArn, C> make) {
        this.make = make;
    }

    C of(StreamArn stream) {
        return regions.computeIfAbsent(stream.region(), region -> make.apply(stream));
    }

    @Override
    public void close() {
        regions.values().forEach(SdkAutoCloseable::close);
    }
}
