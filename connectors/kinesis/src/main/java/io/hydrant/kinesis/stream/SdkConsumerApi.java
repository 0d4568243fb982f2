package io.hydrant.kinesis.stream;

import io.hydrant.core.aws.AwsClientConfig;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.DeregisterStreamConsumerRequest;
import software.amazon.awssdk.services.kinesis.model.DeregisterStreamConsumerResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.transform.DeregisterStreamConsumerRequestMarshaller;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The API of a real stream's consumers, over the AWS SDK's synchronous client without retries. */
public final class SdkConsumerApi implements ConsumerApi {

    private static final Logger LOG = LoggerFactory.getLogger(SdkConsumerApi.class);

    /**
     * Loaded while the job runs: it deregisters its consumer when it is over, and then Flink may
     * have closed the class loader.
     */
    private static final List<Class<?>> FOR_THE_END =
            List.of(
                    DeregisterStreamConsumerRequest.builder().build().getClass(),
                    DeregisterStreamConsumerResponse.builder().build().getClass(),
                    DeregisterStreamConsumerRequestMarshaller.class);

    private final RegionalClients<KinesisClient> clients;

    private SdkConsumerApi(AwsClientConfig config) {
        this.clients =
                new RegionalClients<>(stream -> KinesisClients.withoutRetries(config, stream));
        LOG.trace("Has {} at hand", FOR_THE_END);
    }

    /** Opens clients as streams need them; regions are theirs where the configuration has none. */
    public static ConsumerApiFactory factory(AwsClientConfig config) {
        return () -> new SdkConsumerApi(config);
    }

    @Override
    public StreamConsumer register(StreamArn stream, String name) {
        var consumer =
                clients.of(stream)
                        .registerStreamConsumer(
                                r -> r.streamARN(stream.toString()).consumerName(name))
                        .consumer();
        return new StreamConsumer(consumer.consumerARN(), status(consumer.consumerStatus()));
    }

    @Override
    public StreamConsumer describe(StreamArn stream, String name) {
        try {
            var consumer =
                    clients.of(stream)
                            .describeStreamConsumer(
                                    r -> r.streamARN(stream.toString()).consumerName(name))
                            .consumerDescription();
            return new StreamConsumer(consumer.consumerARN(), status(consumer.consumerStatus()));
        } catch (ResourceNotFoundException e) {
            if (isOfConsumer(e)) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public void deregister(StreamArn stream, String name, Duration timeout) {
        clients.of(stream)
                .deregisterStreamConsumer(
                        DeregisterStreamConsumerRequest.builder()
                                .streamARN(stream.toString())
                                .consumerName(name)
                                .overrideConfiguration(o -> o.apiCallTimeout(timeout))
                                .build());
    }

    @Override
    public void close() {
        clients.close();
    }

    /** The service has one error for two things: no such stream, and no such consumer of it. */
    private static boolean isOfConsumer(ResourceNotFoundException error) {
        String message =
                error.awsErrorDetails() == null ? null : error.awsErrorDetails().errorMessage();
        return message == null || message.toLowerCase(Locale.ROOT).contains("consumer");
    }

    private static StreamConsumer.Status status(ConsumerStatus status) {
        return switch (status) {
            case CREATING -> StreamConsumer.Status.CREATING;
            case DELETING -> StreamConsumer.Status.DELETING;
            case ACTIVE, UNKNOWN_TO_SDK_VERSION -> StreamConsumer.Status.ACTIVE;
        };
    }
}
