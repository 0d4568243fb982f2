package io.hydrant.kinesis.stream;

import io.hydrant.core.aws.AwsClientConfig;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The API of streams of several regions: one client for each, made when it is first needed. */
public final class RegionalStreamApi extends RoutedStreamApi {

    private final AwsClientConfig config;
    private final RecordDecoding decoding;
    private final Map<String, StreamApi> regions = new ConcurrentHashMap<>();

    private RegionalStreamApi(AwsClientConfig config, RecordDecoding decoding) {
        this.config = config;
        this.decoding = decoding;
    }

    /** Opens clients as streams need them; regions are theirs where the configuration has none. */
    public static StreamApiFactory factory(AwsClientConfig config, RecordDecoding decoding) {
        return () -> new RegionalStreamApi(config, decoding);
    }

    @Override
    public void close() {
        regions.values().forEach(StreamApi::close);
    }

    @Override
    protected StreamApi of(StreamArn stream) {
        return regions.computeIfAbsent(
                stream.region(),
                region ->
                        new SdkStreamApi(KinesisClients.withoutRetries(config, stream), decoding));
    }
}
