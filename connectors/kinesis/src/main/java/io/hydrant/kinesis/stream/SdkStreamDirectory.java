package io.hydrant.kinesis.stream;

import io.hydrant.core.aws.AwsClientConfig;

import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.StreamSummary;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * The directory of an account, over the AWS SDK's synchronous client.
 *
 * <p>Source of the limits: Kinesis Data Streams API reference, {@code ListStreams} (five calls a
 * second for an account) and {@code DescribeStreamSummary} (twenty). Half of each is left to
 * others.
 */
public final class SdkStreamDirectory implements StreamDirectory {

    private static final Duration BETWEEN_LISTINGS = Duration.ofMillis(400);
    private static final Duration BETWEEN_DESCRIPTIONS = Duration.ofMillis(100);

    /** The region of streams that are known by name only: the configuration's. */
    private static final String OWN_REGION = "";

    private final AwsClientConfig config;
    private final Map<String, KinesisClient> clients = new ConcurrentHashMap<>();
    private final RawAnswer rawAnswer = new RawAnswer();
    private long nextListing = System.nanoTime();
    private long nextDescription = nextListing;

    private SdkStreamDirectory(AwsClientConfig config) {
        this.config = config;
    }

    /** Opens clients as they are needed. */
    public static StreamDirectoryFactory factory(AwsClientConfig config) {
        return () -> new SdkStreamDirectory(config);
    }

    @Override
    public StreamArn arnOf(String name) {
        awaitDescription();
        return StreamArn.parse(
                client(OWN_REGION)
                        .describeStreamSummary(r -> r.streamName(name))
                        .streamDescriptionSummary()
                        .streamARN());
    }

    @Override
    public List<StreamArn> matching(Pattern name) {
        List<StreamArn> matching = new ArrayList<>();
        String last = null;
        ListStreamsResponse page;
        do {
            String from = last;
            nextListing = await(nextListing, BETWEEN_LISTINGS);
            page = client(OWN_REGION).listStreams(r -> r.exclusiveStartStreamName(from));
            for (String stream : page.streamNames()) {
                if (name.matcher(stream).matches()) {
                    matching.add(arnOf(stream, page));
                }
                last = stream;
            }
        } while (Boolean.TRUE.equals(page.hasMoreStreams()) && !page.streamNames().isEmpty());
        return matching;
    }

    @Override
    public StreamFacts describe(StreamArn stream) {
        if (stream.isOfTable()) {
            // In order always, and another one when it is made again.
            return StreamFacts.UNKNOWN;
        }
        awaitDescription();
        AtomicReference<Instant> created = new AtomicReference<>();
        byte[] answer =
                rawAnswer.of(
                        attribute ->
                                created.set(
                                        client(stream.region())
                                                .describeStreamSummary(
                                                        r ->
                                                                r.streamARN(stream.toString())
                                                                        .streamName(stream.stream())
                                                                        .overrideConfiguration(
                                                                                attribute))
                                                .streamDescriptionSummary()
                                                .streamCreationTimestamp()));
        return new StreamFacts(DistributionField.in(answer), created.get());
    }

    @Override
    public void close() {
        clients.values().forEach(KinesisClient::close);
    }

    /** Older servers list names only. */
    private StreamArn arnOf(String name, ListStreamsResponse page) {
        for (StreamSummary summary : page.streamSummaries()) {
            if (name.equals(summary.streamName()) && summary.streamARN() != null) {
                return StreamArn.parse(summary.streamARN());
            }
        }
        return arnOf(name);
    }

    private KinesisClient client(String region) {
        return clients.computeIfAbsent(
                region,
                r ->
                        KinesisClients.withoutRetries(
                                r.equals(OWN_REGION) ? config : config.withDefaultRegion(r),
                                rawAnswer));
    }

    private void awaitDescription() {
        nextDescription = await(nextDescription, BETWEEN_DESCRIPTIONS);
    }

    private static long await(long next, Duration interval) {
        long left = next - System.nanoTime();
        if (left > 0) {
            try {
                TimeUnit.NANOSECONDS.sleep(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw AbortedException.builder().message("interrupted").cause(e).build();
            }
        }
        return System.nanoTime() + interval.toNanos();
    }
}
