package io.hydrant.kinesis.stream;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;

import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Makes the clients of this room, whose callers judge themselves what is called again, and when.
 */
public final class KinesisClients {

    private KinesisClients() {}

    /**
     * A client that repeats nothing by itself; the region is the stream's where the configuration
     * has none.
     */
    public static KinesisClient withoutRetries(AwsClientConfig config, StreamArn stream) {
        return AwsClients.create(
                KinesisClient.builder()
                        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry())),
                config.withDefaultRegion(stream.region()));
    }

    /** A client that repeats nothing by itself and lets somebody look at its calls. */
    static KinesisClient withoutRetries(AwsClientConfig config, ExecutionInterceptor interceptor) {
        return AwsClients.create(
                KinesisClient.builder()
                        .overrideConfiguration(
                                o ->
                                        o.retryStrategy(AwsRetryStrategy.doNotRetry())
                                                .addExecutionInterceptor(interceptor)),
                config);
    }
}
