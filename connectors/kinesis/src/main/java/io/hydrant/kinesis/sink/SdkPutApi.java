package io.hydrant.kinesis.sink;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.kinesis.stream.KinesisClients;
import io.hydrant.kinesis.stream.SdkStreamApi;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamArn;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The API of a real stream, over the AWS SDK's synchronous client.
 *
 * <p>The SDK does not retry here: whoever put knows which records failed, and waits without holding
 * up the others.
 */
public final class SdkPutApi implements PutApi {

    private final KinesisClient client;
    private final StreamApi streams;

    /** Takes over the client, closes it with itself. */
    public SdkPutApi(KinesisClient client) {
        this.client = Objects.requireNonNull(client, "client");
        this.streams = new SdkStreamApi(client);
    }

    /** Opens clients for a stream; the region is the stream's where the configuration has none. */
    public static PutApiFactory factory(AwsClientConfig config, StreamArn stream) {
        return () -> new SdkPutApi(KinesisClients.withoutRetries(config, stream));
    }

    @Override
    public List<PutResult> putRecords(StreamArn stream, List<PutEntry> entries) {
        List<PutRecordsRequestEntry> records = new ArrayList<>(entries.size());
        for (PutEntry entry : entries) {
            records.add(
                    PutRecordsRequestEntry.builder()
                            .partitionKey(entry.partitionKey())
                            .explicitHashKey(entry.explicitHashKey())
                            .data(SdkBytes.fromByteArrayUnsafe(entry.data()))
                            .build());
        }
        List<PutRecordsResultEntry> answers =
                client.putRecords(
                                PutRecordsRequest.builder()
                                        .streamARN(stream.toString())
                                        .streamName(stream.stream())
                                        .records(records)
                                        .build())
                        .records();
        List<PutResult> results = new ArrayList<>(answers.size());
        for (PutRecordsResultEntry answer : answers) {
            results.add(
                    new PutResult(
                            answer.shardId(),
                            answer.sequenceNumber(),
                            answer.errorCode(),
                            answer.errorMessage()));
        }
        return results;
    }

    @Override
    public List<Shard> listShards(StreamArn stream) {
        return streams.listShards(stream, new ShardSelection.Readable()).shards();
    }

    @Override
    public void close() {
        streams.close();
    }
}
