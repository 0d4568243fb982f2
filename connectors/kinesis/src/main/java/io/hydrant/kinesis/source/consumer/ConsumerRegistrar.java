package io.hydrant.kinesis.source.consumer;

import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.kinesis.source.ConsumerLifecycle;
import io.hydrant.kinesis.source.FanOutConfig;
import io.hydrant.kinesis.source.KinesisSourceOptions;
import io.hydrant.kinesis.stream.ConsumerApi;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamConsumer;
import io.hydrant.kinesis.stream.StreamException;
import io.hydrant.kinesis.stream.StreamFailure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Brings a stream's consumer into being, and out of it.
 *
 * <p>Whoever finds a consumer of the name takes it over: a job that died has left it. Thread-safe
 * if the API and the random numbers are.
 */
public final class ConsumerRegistrar {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerRegistrar.class);

    private final ConsumerApi api;
    private final FanOutConfig config;
    private final Pause pause;
    private final RandomGenerator random;
    private final ExponentialBackoff backoff;

    /** Waits between two looks. */
    @FunctionalInterface
    public interface Pause {

        /** Lets that time pass. */
        void of(Duration time) throws InterruptedException;
    }

    /**
     * A registrar.
     *
     * @param api not closed here
     */
    public ConsumerRegistrar(
            ConsumerApi api, FanOutConfig config, Pause pause, RandomGenerator random) {
        this.api = api;
        this.config = config;
        this.pause = pause;
        this.random = random;
        this.backoff =
                new ExponentialBackoff(
                        config.describeMinDelay(), config.describeMaxDelay(), 2, 0.2);
    }

    /**
     * Waits until the stream has an active consumer, which is registered where it is the job's.
     *
     * @return the consumer's ARN
     * @throws StreamException when there is none and will be none, with the way out
     */
    public String activeConsumer(StreamArn stream) throws InterruptedException {
        String state = "does not answer";
        RuntimeException last = null;
        for (int attempt = 1; attempt <= config.describeAttempts(); attempt++) {
            if (attempt > 1) {
                pause.of(backoff.delay(attempt - 1, random));
            }
            String action = "DescribeStreamConsumer";
            try {
                StreamConsumer found = api.describe(stream, config.consumerName());
                RegistrationStep step = RegistrationStep.of(config.lifecycle(), found);
                if (step == RegistrationStep.USE) {
                    LOG.info("Reading {} with the consumer {}", stream, found.arn());
                    return found.arn();
                }
                if (step == RegistrationStep.MISSING) {
                    throw missing(stream, found);
                }
                if (step == RegistrationStep.REGISTER) {
                    action = "RegisterStreamConsumer";
                    found = api.register(stream, config.consumerName());
                    LOG.info("Registered the consumer {}", found.arn());
                }
                state = "is " + found.status();
                last = null;
            } catch (StreamException e) {
                throw e;
            } catch (RuntimeException e) {
                // In use: somebody else has just registered that name.
                if (!(e instanceof ResourceInUseException) && !passes(e)) {
                    throw StreamException.of(action, stream, config.consumerName(), e);
                }
                LOG.info("{} of {} on {} failed", action, config.consumerName(), stream, e);
                state = "could not be registered or looked up";
                last = e;
            }
        }
        throw tooLong(stream, state, last);
    }

    /** Deregisters the stream's consumer; a failure is logged, because the job is over. */
    public void deregister(StreamArn stream) {
        try {
            api.deregister(stream, config.consumerName(), config.deregisterTimeout());
            LOG.info("Deregistered the consumer {} of {}", config.consumerName(), stream);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Could not deregister the consumer {} of {}, which costs money until somebody"
                            + " does: aws kinesis deregister-stream-consumer --stream-arn {}"
                            + " --consumer-name {}",
                    config.consumerName(),
                    stream,
                    stream,
                    config.consumerName(),
                    e);
        }
    }

    private static boolean passes(RuntimeException error) {
        StreamFailure failure = StreamFailure.of(error);
        return failure == StreamFailure.THROTTLED || failure == StreamFailure.TRANSIENT;
    }

    private StreamException missing(StreamArn stream, StreamConsumer found) {
        return new StreamException(
                "Stream "
                        + stream
                        + " has no consumer '"
                        + config.consumerName()
                        + "'"
                        + (found == null ? "" : " any more: it is being deregistered")
                        + ". Register it (aws kinesis register-stream-consumer --stream-arn "
                        + stream
                        + " --consumer-name "
                        + config.consumerName()
                        + "), or set "
                        + KinesisSourceOptions.EFO_LIFECYCLE.key()
                        + " to "
                        + ConsumerLifecycle.JOB_MANAGED,
                null);
    }

    private StreamException tooLong(StreamArn stream, String state, RuntimeException last) {
        if (last != null) {
            return StreamException.of(
                    "RegisterStreamConsumer", stream, config.consumerName(), last);
        }
        return new StreamException(
                "The consumer '"
                        + config.consumerName()
                        + "' of stream "
                        + stream
                        + " "
                        + state
                        + " after "
                        + config.describeAttempts()
                        + " looks; raise "
                        + KinesisSourceOptions.EFO_DESCRIBE_ATTEMPTS.key()
                        + " or see what holds it up",
                null);
    }
}
