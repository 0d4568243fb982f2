package io.hydrant.kinesis.stream;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.core.aws.AwsOptions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * In which of its two protocols a server is spoken to. The service knows CBOR, which the SDK takes,
 * and JSON; other servers may know JSON only, and answer anything else with an error that says
 * nothing of it, or know a CBOR of their own. So a server that is not AWS is asked, once for each
 * process, for a stream and the time at which that was made: what it answers in CBOR, be it a
 * refusal, shows that it knows it, unless the time is one at which there were no streams yet.
 *
 * <p>Where the user has chosen, nothing is asked; where nothing useful is answered, the SDK's
 * choice stays, and the server is asked again for the next client.
 */
final class SpokenProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(SpokenProtocol.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Kinesis was not to be had before. */
    private static final Instant FIRST_STREAM = Instant.parse("2013-11-01T00:00:00Z");

    /** Ends of the names of the service's own hosts, in all partitions. */
    private static final List<String> AWS_HOSTS =
            List.of(
                    ".amazonaws.com",
                    ".amazonaws.com.cn",
                    ".api.aws",
                    ".api.amazonwebservices.com.cn");

    /** Whether a server knows CBOR, by its endpoint. */
    private static final Map<URI, Boolean> KNOWN = new ConcurrentHashMap<>();

    private SpokenProtocol() {}

    /** The configuration with the protocol that its server knows. */
    static AwsClientConfig in(AwsClientConfig config) {
        if (config.cbor() != null
                || config.endpoint() == null
                || isAws(config.endpoint())
                || AwsClients.isProtocolChosenForProcess()) {
            return config;
        }
        Boolean cbor = KNOWN.computeIfAbsent(config.endpoint(), endpoint -> ask(config));
        return cbor == null ? config : config.withCbor(cbor);
    }

    private static boolean isAws(URI endpoint) {
        String host = endpoint.getHost().toLowerCase(Locale.ROOT);
        return AWS_HOSTS.stream().anyMatch(host::endsWith);
    }

    /** Whether it knows CBOR; null where that cannot be told. */
    private static Boolean ask(AwsClientConfig config) {
        Answer inCbor = ask(config, true);
        if (inCbor != Answer.NOT_UNDERSTOOD) {
            return inCbor == Answer.UNDERSTOOD ? true : null;
        }
        if (ask(config, false) != Answer.UNDERSTOOD) {
            return null;
        }
        LOG.info(
                "{} does not know the CBOR of Kinesis and is spoken to in JSON ({}: true has it otherwise)",
                config.endpoint(),
                AwsOptions.CBOR.key());
        return false;
    }

    private static Answer ask(AwsClientConfig config, boolean cbor) {
        ContentType contentType = new ContentType();
        try (KinesisClient client =
                AwsClients.create(
                        KinesisClient.builder()
                                .overrideConfiguration(
                                        o ->
                                                o.retryStrategy(AwsRetryStrategy.doNotRetry())
                                                        .apiCallTimeout(PATIENCE)
                                                        .addExecutionInterceptor(contentType)),
                        config.withCbor(cbor))) {
            List<String> streams = client.listStreams(r -> r.limit(1)).streamNames();
            if (streams.isEmpty()) {
                return cbor ? Answer.NONE : Answer.UNDERSTOOD;
            }
            Instant made =
                    client.describeStreamSummary(r -> r.streamName(streams.get(0)))
                            .streamDescriptionSummary()
                            .streamCreationTimestamp();
            return made != null && made.isBefore(FIRST_STREAM)
                    ? Answer.NOT_UNDERSTOOD
                    : Answer.UNDERSTOOD;
        } catch (AwsServiceException e) {
            boolean isOfTheApi =
                    e.awsErrorDetails() != null && e.awsErrorDetails().errorCode() != null;
            return isOfTheApi && contentType.isCbor() == cbor
                    ? Answer.UNDERSTOOD
                    : Answer.NOT_UNDERSTOOD;
        } catch (SdkException e) {
            LOG.debug("{} gave no answer", config.endpoint(), e);
            return contentType.isKnown() ? Answer.NOT_UNDERSTOOD : Answer.NONE;
        }
    }

    private enum Answer {
        UNDERSTOOD,
        NOT_UNDERSTOOD,

        /** None, or one of which nothing can be told. */
        NONE
    }

    /** The type of the last answer. */
    private static final class ContentType implements ExecutionInterceptor {

        private volatile String value;

        @Override
        public void afterTransmission(
                Context.AfterTransmission context, ExecutionAttributes attributes) {
            value = context.httpResponse().firstMatchingHeader("Content-Type").orElse("");
        }

        boolean isKnown() {
            return value != null;
        }

        boolean isCbor() {
            return isKnown() && value.toLowerCase(Locale.ROOT).contains("cbor");
        }
    }
}
