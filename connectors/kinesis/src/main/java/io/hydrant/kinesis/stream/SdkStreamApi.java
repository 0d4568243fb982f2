package io.hydrant.kinesis.stream;

import io.hydrant.core.aws.AwsClientConfig;

import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardFilter;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The API of a real stream, over the AWS SDK's synchronous client.
 *
 * <p>The SDK does not retry here: a retry inside a call would hold up the other shards of the
 * thread, and the callers know better how long each failure is worth waiting.
 *
 * <p>Requests name the stream by ARN and by name: the service takes either, older servers know the
 * name only.
 */
public final class SdkStreamApi implements StreamApi {

    private final KinesisClient client;
    private final RecordDecoding decoding;

    /** Takes over the client, closes it with itself. */
    public SdkStreamApi(KinesisClient client) {
        this(client, RecordDecoding.SDK);
    }

    SdkStreamApi(KinesisClient client, RecordDecoding decoding) {
        this.client = Objects.requireNonNull(client, "client");
        this.decoding = Objects.requireNonNull(decoding, "decoding");
    }

    /** Opens clients for a stream; the region is the stream's where the configuration has none. */
    public static StreamApiFactory factory(AwsClientConfig config, StreamArn stream) {
        return () -> new SdkStreamApi(KinesisClients.withoutRetries(config, stream));
    }

    @Override
    public ShardListing listShards(StreamArn stream, ShardSelection selection) {
        List<Shard> shards = new ArrayList<>();
        ListShardsResponse page =
                client.listShards(
                        select(
                                        ListShardsRequest.builder()
                                                .streamARN(stream.toString())
                                                .streamName(stream.stream()),
                                        selection)
                                .build());
        Instant serverTime = ServiceClock.timeOf(page.sdkHttpResponse());
        page.shards().forEach(shard -> shards.add(shard(shard)));
        while (page.nextToken() != null) {
            // A token stands for stream and selection; the service refuses a name beside it.
            page =
                    client.listShards(
                            ListShardsRequest.builder().nextToken(page.nextToken()).build());
            page.shards().forEach(shard -> shards.add(shard(shard)));
        }
        return new ShardListing(shards, serverTime);
    }

    @Override
    public String shardIterator(StreamArn stream, String shardId, Position position) {
        GetShardIteratorRequest.Builder request =
                GetShardIteratorRequest.builder()
                        .streamARN(stream.toString())
                        .streamName(stream.stream())
                        .shardId(shardId);
        if (position instanceof Position.TrimHorizon) {
            request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
        } else if (position instanceof Position.AtTimestamp at) {
            request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(at.time());
        } else if (position instanceof Position.Behind behind) {
            request.shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                    .startingSequenceNumber(behind.sequence());
        } else if (position instanceof Position.After after) {
            request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .startingSequenceNumber(after.sequence());
        } else {
            throw new IllegalArgumentException("Nothing can be read from " + position);
        }
        return client.getShardIterator(request.build()).shardIterator();
    }

    @Override
    public RecordPage getRecords(StreamArn stream, String shardId, String iterator, int limit) {
        GetRecordsRequest.Builder request =
                GetRecordsRequest.builder()
                        .streamARN(stream.toString())
                        .shardIterator(iterator)
                        .limit(limit);
        DirectDecoding.Wanted wanted = new DirectDecoding.Wanted(stream.stream(), shardId);
        if (decoding == RecordDecoding.DIRECT) {
            request.overrideConfiguration(
                    o -> o.putExecutionAttribute(DirectDecoding.WANTED, wanted));
        }
        GetRecordsResponse response = client.getRecords(request.build());
        RecordPage page = wanted.page();
        if (page != null) {
            return page.records().isEmpty()
                    ? page.answeredAt(ServiceClock.timeOf(response.sdkHttpResponse()))
                    : page;
        }
        Instant answered =
                response.records().isEmpty()
                        ? ServiceClock.timeOf(response.sdkHttpResponse())
                        : null;
        return SdkRecords.page(
                stream,
                shardId,
                response.records(),
                response.nextShardIterator(),
                response.millisBehindLatest(),
                answered);
    }

    @Override
    public Duration retention(StreamArn stream) {
        Integer hours =
                client.describeStreamSummary(
                                r -> r.streamARN(stream.toString()).streamName(stream.stream()))
                        .streamDescriptionSummary()
                        .retentionPeriodHours();
        return hours == null ? null : Duration.ofHours(hours);
    }

    @Override
    public void close() {
        client.close();
    }

    private static ListShardsRequest.Builder select(
            ListShardsRequest.Builder request, ShardSelection selection) {
        if (selection instanceof ShardSelection.After after) {
            return request.exclusiveStartShardId(after.shardId());
        }
        ShardFilter.Builder filter = ShardFilter.builder();
        if (selection instanceof ShardSelection.Since since) {
            filter.type(ShardFilterType.FROM_TIMESTAMP).timestamp(since.time());
        } else if (selection instanceof ShardSelection.Open) {
            filter.type(ShardFilterType.AT_LATEST);
        } else {
            filter.type(ShardFilterType.FROM_TRIM_HORIZON);
        }
        return request.shardFilter(filter.build());
    }

    private static Shard shard(software.amazon.awssdk.services.kinesis.model.Shard shard) {
        List<String> parents = new ArrayList<>(2);
        if (shard.parentShardId() != null) {
            parents.add(shard.parentShardId());
        }
        if (shard.adjacentParentShardId() != null) {
            parents.add(shard.adjacentParentShardId());
        }
        return new Shard(
                shard.shardId(),
                parents,
                HashKeyRange.parse(
                        shard.hashKeyRange().startingHashKey(),
                        shard.hashKeyRange().endingHashKey()),
                shard.sequenceNumberRange().endingSequenceNumber() != null);
    }
}
