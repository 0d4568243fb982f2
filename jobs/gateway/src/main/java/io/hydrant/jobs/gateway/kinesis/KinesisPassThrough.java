package io.hydrant.jobs.gateway.kinesis;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.SignedHttpClient;
import io.hydrant.jobs.gateway.api.Answer;
import io.hydrant.jobs.gateway.api.RequestHead;
import io.hydrant.jobs.gateway.api.ServiceError;
import io.hydrant.jobs.gateway.auth.Client;
import io.hydrant.jobs.gateway.limits.ClientLimits;
import io.hydrant.kinesis.stream.StreamArn;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Passes Kinesis' PutRecord and PutRecords through, and what producers ask of a stream: the body
 * goes to the service as it came, JSON or CBOR, signed with the gateway's own credentials, and the
 * service's answer goes back as it is. So errors, sequence numbers and partial failures are the
 * service's own, and nothing is put again by the gateway. Thread-safe.
 */
public final class KinesisPassThrough implements AutoCloseable {

    /** What the target of a request begins with. */
    public static final String TARGET = "Kinesis_20131202.";

    /** Name of the service in signatures. */
    public static final String SERVICE = "kinesis";

    private static final String LIST_SHARDS = "ListShards";
    private static final Set<String> PUTS = Set.of("PutRecord", "PutRecords");

    /** By which the KPL finds out where a record goes, and others whether a stream is there. */
    private static final Set<String> QUESTIONS =
            Set.of(LIST_SHARDS, "DescribeStream", "DescribeStreamSummary");

    /** The actions that are passed through. */
    public static final Set<String> ACTIONS =
            Stream.concat(PUTS.stream(), QUESTIONS.stream())
                    .collect(Collectors.toUnmodifiableSet());

    private static final Logger LOG = LoggerFactory.getLogger(KinesisPassThrough.class);
    private static final List<String> PASSED_HEADERS =
            List.of(Answer.CONTENT_TYPE, "x-amzn-ErrorType", "x-amz-id-2", "x-amzn-RequestId");

    private final Map<String, Way> byName = new HashMap<>();
    private final Map<String, Way> byArn = new HashMap<>();
    private final ClientLimits limits;
    private final ThreadPoolExecutor calls;

    private record Way(StreamArn stream, SignedHttpClient client) {}

    /**
     * Passes puts into these streams through.
     *
     * @param streams how each is reached
     * @param maxInFlight calls at a time; more are answered with a throttling error
     */
    public KinesisPassThrough(
            Map<StreamArn, AwsClientConfig> streams, int maxInFlight, ClientLimits limits) {
        this.limits = limits;
        this.calls =
                new ThreadPoolExecutor(
                        0,
                        maxInFlight,
                        30,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        task -> {
                            Thread thread = new Thread(task, "kinesis-pass-through");
                            thread.setDaemon(true);
                            return thread;
                        });
        streams.forEach(
                (stream, aws) -> {
                    Way way = new Way(stream, SignedHttpClient.of(SERVICE, aws));
                    byArn.put(stream.toString(), way);
                    // A name alone says no account and no region, so the first that has it counts.
                    byName.putIfAbsent(stream.stream(), way);
                });
    }

    /**
     * Passes a request through.
     *
     * @param action one of {@link #ACTIONS}
     * @return the service's answer, when there is one
     * @throws ServiceError where it is refused
     */
    public CompletableFuture<Answer> handle(
            String action, Client client, RequestHead head, byte[] body) {
        if (!ACTIONS.contains(action)) {
            throw ServiceError.ofCaller(
                    "UnknownOperationException",
                    "The gateway does not pass "
                            + action
                            + " through; of Kinesis it has "
                            + ACTIONS.stream().sorted().toList());
        }
        String contentType = head.first(Answer.CONTENT_TYPE);
        boolean isCbor = Answer.CBOR_1_1.equals(contentType);
        RequestSummary request = RequestSummary.of(body, isCbor);
        boolean isNextPage = action.equals(LIST_SHARDS) && request.nextToken() != null;
        ShardListToken page = isNextPage ? ShardListToken.parse(request.nextToken()) : null;
        Way way =
                page == null
                        ? find(client, request.streamName(), request.streamArn())
                        : find(client, null, page.streamArn());
        if (PUTS.contains(action) && !limits.takesRecords(client, request.records(), body.length)) {
            throw throttled("The client " + client.name() + " puts more than it may");
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try {
            calls.execute(() -> call(way, action, contentType, page, body, answer));
        } catch (RejectedExecutionException e) {
            throw throttled("The gateway has too many calls under way");
        }
        return answer;
    }

    private Way find(Client client, String streamName, String streamArn) {
        if (streamArn == null && streamName == null) {
            throw ServiceError.ofCaller(
                    "InvalidArgumentException",
                    "Give StreamName or StreamARN; the request has neither");
        }
        Way way = streamArn != null ? byArn.get(streamArn) : byName.get(streamName);
        if (way == null) {
            throw ServiceError.ofCaller(
                    "ResourceNotFoundException",
                    "The gateway has no Kinesis stream "
                            + (streamArn != null ? streamArn : streamName));
        }
        if (!client.mayUse(way.stream.stream())) {
            throw ServiceError.ofCaller(
                    "AccessDeniedException",
                    "The client "
                            + client.name()
                            + " may not use the Kinesis stream "
                            + way.stream.stream());
        }
        return way;
    }

    private static void call(
            Way way,
            String action,
            String contentType,
            ShardListToken page,
            byte[] body,
            CompletableFuture<Answer> answer) {
        try {
            boolean isCbor = Answer.CBOR_1_1.equals(contentType);
            SignedHttpClient.Answer got =
                    way.client.post(
                            Map.of(
                                    Answer.CONTENT_TYPE,
                                    contentType == null ? Answer.JSON_1_1 : contentType,
                                    "X-Amz-Target",
                                    TARGET + action),
                            page == null ? body : page.inRequest(body, isCbor));
            Map<String, String> headers = new HashMap<>();
            for (String name : PASSED_HEADERS) {
                String value = got.header(name);
                if (value != null) {
                    headers.put(name, value);
                }
            }
            String code = got.head().isSuccessful() ? Answer.OK : "Kinesis" + got.status();
            byte[] said =
                    action.equals(LIST_SHARDS) && got.head().isSuccessful()
                            ? ShardListToken.inAnswer(got.body(), isCbor, way.stream.toString())
                            : got.body();
            answer.complete(new Answer(got.status(), code, headers, said));
        } catch (IOException | SdkException e) {
            LOG.warn("{} on {} did not come through", action, way.stream, e);
            answer.completeExceptionally(
                    ServiceError.internal(
                            "Kinesis did not answer; put again what was not answered"));
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }

    private static ServiceError throttled(String message) {
        return ServiceError.ofCaller("ProvisionedThroughputExceededException", message);
    }

    @Override
    public void close() {
        calls.shutdownNow();
        Set.copyOf(byArn.values()).forEach(way -> way.client.close());
    }
}
