package io.hydrant.kinesis.stream;

import io.hydrant.core.aws.AwsClientConfig;

import java.io.Serializable;
import java.util.Objects;

/**
 * How enhanced fan-out is reached.
 *
 * @param consumers opens what registers consumers, where the job is coordinated
 * @param subscriptions opens what subscribes to shards, where tasks run
 */
public record FanOutAccess(ConsumerApiFactory consumers, FanOutApiFactory subscriptions)
        implements Serializable {

    /** Validates that nothing is missing. */
    public FanOutAccess {
        Objects.requireNonNull(consumers, "consumers");
        Objects.requireNonNull(subscriptions, "subscriptions");
    }

    /** Enhanced fan-out of AWS or of something that speaks its API. */
    public static FanOutAccess of(AwsClientConfig config) {
        return new FanOutAccess(SdkConsumerApi.factory(config), SdkFanOutApi.factory(config));
    }
}
