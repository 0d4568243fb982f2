package io.hydrant.kinesis.dynamodb;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordDecoding;
import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.RegionalStreamApi;
import io.hydrant.kinesis.stream.ShardListing;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamApiFactory;
import io.hydrant.kinesis.stream.StreamArn;

import java.time.Duration;

/** The API of Kinesis streams and of the streams of DynamoDB tables, side by side. */
public final class AnyStreamApi implements StreamApi {

    private final StreamApi kinesis;
    private final StreamApi tables;

    AnyStreamApi(StreamApi kinesis, StreamApi tables) {
        this.kinesis = kinesis;
        this.tables = tables;
    }

    /** Opens clients as streams need them; regions are theirs where the configuration has none. */
    public static StreamApiFactory factory(AwsClientConfig config, RecordDecoding decoding) {
        StreamApiFactory kinesis = RegionalStreamApi.factory(config, decoding);
        return () -> new AnyStreamApi(kinesis.open(), new TableStreamApi(config));
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
        try {
            kinesis.close();
        } finally {
            tables.close();
        }
    }

    private StreamApi of(StreamArn stream) {
        return stream.isOfTable() ? tables : kinesis;
    }
}
