package io.hydrant.kinesis.stream;

import io.hydrant.core.aws.AwsClientConfig;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The API of streams of several regions: one client for each, made when it is first needed. */
public final class RegionalStreamApi implements StreamApi {

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
    public ShardListing listShards(StreamArn stream, ShardSelection selection) {
        return of(stream).listShards(stream, selection);
    }

    @Override
    public String shardIterator(StreamArn stream, String shardId, Position position) {
        return of(stream).shardIterator(stream, shardId, position);
    }

    @Override
    public RecordPage getRecords(StreamArn stream, String shardId, String iterator, int limit) {
        return of(stream).getRecords(stream, shardId, iterator, limit);
    }

    @Override
    public Duration retention(StreamArn stream) {
        return of(stream).retention(stream);
    }

    @Override
    public void close() {
        regions.values().forEach(StreamApi::close);
    }

    private StreamApi of(StreamArn stream) {
        return regions.computeIfAbsent(
                stream.region(),
                region ->
                        new SdkStreamApi(KinesisClients.withoutRetries(config, stream), decoding));
    }
}
