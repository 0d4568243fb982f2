package io.hydrant.kinesis.dynamodb;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.stream.RecordDecoding;
import io.hydrant.kinesis.stream.RegionalStreamApi;
import io.hydrant.kinesis.stream.RoutedStreamApi;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamApiFactory;
import io.hydrant.kinesis.stream.StreamArn;

/** The API of Kinesis streams and of the streams of DynamoDB tables, side by side. */
public final class AnyStreamApi extends RoutedStreamApi {

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
    public void close() {
        try {
            kinesis.close();
        } finally {
            tables.close();
        }
    }

    @Override
    protected StreamApi of(StreamArn stream) {
        return stream.isOfTable() ? tables : kinesis;
    }
}
