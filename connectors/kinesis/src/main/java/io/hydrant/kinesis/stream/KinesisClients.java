package io.hydrant.kinesis.stream;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;

import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.time.Duration;

/**
 * Makes the clients of this room, whose callers judge themselves what is called again, and when.
 */
public final class KinesisClients {

    /** Five minutes by the API reference of SubscribeToShard, and room for the end to come. */
    private static final Duration LONGEST_SUBSCRIPTION = Duration.ofMinutes(6);

    private KinesisClients() {}

    /** A client that repeats calls as the SDK does by default. */
    public static KinesisClient withRetries(AwsClientConfig config) {
        return AwsClients.create(KinesisClient.builder(), SpokenProtocol.in(config));
    }

    /**
     * A client that repeats nothing by itself; the region is the stream's where the configuration
     * has none.
     */
    public static KinesisClient withoutRetries(AwsClientConfig config, StreamArn stream) {
        return AwsClients.create(
                KinesisClient.builder()
                        .overrideConfiguration(
                                o ->
                                        o.retryStrategy(AwsRetryStrategy.doNotRetry())
                                                .addExecutionInterceptor(new DirectDecoding())),
                SpokenProtocol.in(config.withDefaultRegion(stream.region())));
    }

    /** A client that repeats nothing by itself and lets somebody look at its calls. */
    static KinesisClient withoutRetries(AwsClientConfig config, ExecutionInterceptor interceptor) {
        return AwsClients.create(
                KinesisClient.builder()
                        .overrideConfiguration(
                                o ->
                                        o.retryStrategy(AwsRetryStrategy.doNotRetry())
                                                .addExecutionInterceptor(interceptor)),
                SpokenProtocol.in(config));
    }

    /**
     * A client for subscriptions, which repeats nothing by itself either; its callbacks run on the
     * I/O threads.
     */
    public static KinesisAsyncClient forSubscriptions(AwsClientConfig config, StreamArn stream) {
        return AwsClients.createHttp2(
                KinesisAsyncClient.builder()
                        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry())),
                SpokenProtocol.in(config.withDefaultRegion(stream.region())),
                LONGEST_SUBSCRIPTION);
    }
}
