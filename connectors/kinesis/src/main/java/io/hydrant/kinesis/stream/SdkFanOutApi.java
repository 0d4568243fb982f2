package io.hydrant.kinesis.stream;

import io.hydrant.core.aws.AwsClientConfig;

import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardRequest;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/**
 * Subscriptions to a real stream, over the AWS SDK's asynchronous client: HTTP/2, all subscriptions
 * of a task over few connections, nothing repeated by the SDK.
 */
public final class SdkFanOutApi implements FanOutApi {

    private final RegionalClients<KinesisAsyncClient> clients;

    private SdkFanOutApi(AwsClientConfig config) {
        this.clients =
                new RegionalClients<>(stream -> KinesisClients.forSubscriptions(config, stream));
    }

    /** Opens clients as streams need them; regions are theirs where the configuration has none. */
    public static FanOutApiFactory factory(AwsClientConfig config) {
        return () -> new SdkFanOutApi(config);
    }

    @Override
    public ShardSubscription subscribe(
            StreamArn stream,
            String consumerArn,
            String shardId,
            Position position,
            ShardSubscriber subscriber) {
        SubscribeToShardRequest request =
                SubscribeToShardRequest.builder()
                        .consumerARN(consumerArn)
                        .shardId(shardId)
                        .startingPosition(startingPosition(position))
                        .build();
        SdkSubscription subscription = new SdkSubscription(stream, shardId, subscriber);
        subscription.follow(
                clients.of(stream)
                        .subscribeToShard(
                                request,
                                SubscribeToShardResponseHandler.builder()
                                        .onResponse(response -> subscriber.accepted())
                                        .onEventStream(events -> events.subscribe(subscription))
                                        .onError(subscription::onError)
                                        .build()));
        return subscription;
    }

    @Override
    public void close() {
        clients.close();
    }

    private static StartingPosition startingPosition(Position position) {
        StartingPosition.Builder start = StartingPosition.builder();
        if (position instanceof Position.TrimHorizon) {
            start.type(ShardIteratorType.TRIM_HORIZON);
        } else if (position instanceof Position.AtTimestamp at) {
            start.type(ShardIteratorType.AT_TIMESTAMP).timestamp(at.time());
        } else if (position instanceof Position.Behind behind) {
            start.type(ShardIteratorType.AT_SEQUENCE_NUMBER).sequenceNumber(behind.sequence());
        } else if (position instanceof Position.After after) {
            start.type(ShardIteratorType.AFTER_SEQUENCE_NUMBER).sequenceNumber(after.sequence());
        } else {
            throw new IllegalArgumentException("Nothing can be read from " + position);
        }
        return start.build();
    }
}
