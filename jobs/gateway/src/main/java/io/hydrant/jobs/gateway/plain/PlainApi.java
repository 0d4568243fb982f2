package io.hydrant.jobs.gateway.plain;

import io.hydrant.jobs.gateway.api.Answer;
import io.hydrant.jobs.gateway.api.RequestHead;
import io.hydrant.jobs.gateway.api.ServiceError;
import io.hydrant.jobs.gateway.auth.Client;
import io.hydrant.jobs.gateway.auth.HttpKeyAuthenticator;
import io.hydrant.jobs.gateway.auth.WebhookAuthenticator;
import io.hydrant.jobs.gateway.firehose.DeliveryStreamWriter;
import io.hydrant.jobs.gateway.limits.ByteBudget;
import io.hydrant.jobs.gateway.limits.ClientLimits;
import io.hydrant.jobs.gateway.metrics.GatewayMetrics;
import io.hydrant.kinesis.sink.RecordReceipt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Records by plain HTTP: {@code POST /deliverystreams/NAME} and {@code POST /streams/NAME}, with a
 * key and without a protocol of AWS.
 *
 * <p>A good status says that Kinesis has all records of the request. What is wrong with a request
 * is found before any of its records is put; what Kinesis does not take, the answer says record by
 * record. At least once: a client that sends again what was not acknowledged may double it.
 * Thread-safe.
 */
public final class PlainApi {

    /** Data of one record, in bytes, as Firehose has it: with key and stamp it fits into 1 MiB. */
    static final int MAX_RECORD_BYTES = 1_024_000;

    /** Records that are put at a time: a tenth of what may be pending for all clients. */
    private static final int SLICE_RECORDS = 5_000;

    private static final int SLICE_BYTES = 4 * 1024 * 1024;

    private final Settings settings;
    private final HttpKeyAuthenticator authenticator;
    private final WebhookAuthenticator webhooks;
    private final Map<String, DeliveryStreamWriter> deliveryStreams;
    private final Map<String, DeliveryStreamWriter> streams;
    private final ClientLimits limits;
    private final GatewayMetrics metrics;
    private final Executor workers;

    /**
     * What requests may be like.
     *
     * @param maxBodyBytes body of a request, unpacked
     * @param maxRecords records of a request
     * @param budget memory for all bodies
     */
    public record Settings(long maxBodyBytes, int maxRecords, ByteBudget budget) {}

    /**
     * Serves these streams, by name.
     *
     * @param workers reads bodies, which must not be the threads of the wire
     */
    public PlainApi(
            Settings settings,
            HttpKeyAuthenticator authenticator,
            WebhookAuthenticator webhooks,
            Map<String, DeliveryStreamWriter> deliveryStreams,
            Map<String, DeliveryStreamWriter> streams,
            ClientLimits limits,
            GatewayMetrics metrics,
            Executor workers) {
        this.settings = settings;
        this.authenticator = authenticator;
        this.webhooks = webhooks;
        this.deliveryStreams = Map.copyOf(deliveryStreams);
        this.streams = Map.copyOf(streams);
        this.limits = limits;
        this.metrics = metrics;
        this.workers = workers;
    }

    /** What is wrong with path or method of a request, or null. */
    public static ServiceError routeProblem(RequestHead head) {
        return PlainRequest.routeProblem(head);
    }

    /** A request whose head is good; its body may be read. */
    public static final class Admitted {

        private final Client client;
        private final String metricName;
        private final Function<byte[], CompletableFuture<Answer>> work;

        private Admitted(
                Client client,
                String metricName,
                Function<byte[], CompletableFuture<Answer>> work) {
            this.client = client;
            this.metricName = metricName;
            this.work = work;
        }

        /** Whose it is. */
        public Client client() {
            return client;
        }

        /** What metrics call it. */
        public String metricName() {
            return metricName;
        }

        /** Carries the request out; the answer fails where it is refused. */
        public CompletableFuture<Answer> handle(byte[] body) {
            return work.apply(body);
        }
    }

    /** A request of a client that is known. */
    private final class Put {

        private final Client client;
        private final PlainRequest request;
        private final DeliveryStreamWriter writer;

        private Put(Client client, PlainRequest request, DeliveryStreamWriter writer) {
            this.client = client;
            this.request = request;
            this.writer = writer;
        }

        private CompletableFuture<Answer> handle(byte[] body) {
            return CompletableFuture.supplyAsync(() -> open(body), workers)
                    .thenCompose(
                            opened ->
                                    put(opened.bytes())
                                            .whenComplete((answer, error) -> opened.close()));
        }

        private RequestBody open(byte[] body) {
            return request.isGzip()
                    ? RequestBody.ofGzip(body, settings.maxBodyBytes(), settings.budget())
                    : RequestBody.of(body);
        }

        private CompletableFuture<Answer> put(byte[] body) {
            try {
                BodyRecords records =
                        new BodySplitter(request.split(), settings.maxRecords()).split(body);
                requireSizes(records);
                List<String> keys = request.keys().of(records);
                String name = writer.served().name();
                metrics.incoming(name, records.count(), records.bytes());
                requireRate(records);
                Outcome[] outcomes = new Outcome[records.count()];
                return putFrom(0, records, keys, outcomes)
                        .thenApply(
                                done -> {
                                    count(outcomes);
                                    return PlainAnswers.of(records, outcomes);
                                });
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private void requireRate(BodyRecords records) {
            if (!limits.takesRecords(client, records.count(), records.bytes())) {
                metrics.throttled(writer.served().name(), records.count());
                throw tooFast(
                        client, limits.untilRecords(client, records.count(), records.bytes()));
            }
        }

        /**
         * Puts the records from there on, a slice behind the other. Where one fails the rest is not
         * tried: each slice may take as long as Kinesis is waited for.
         */
        private CompletableFuture<Void> putFrom(
                int from, BodyRecords records, List<String> keys, Outcome[] outcomes) {
            int to = sliceEnd(records, from);
            List<byte[]> data = new ArrayList<>(to - from);
            for (int i = from; i < to; i++) {
                data.add(records.data(i));
            }
            CompletableFuture<List<RecordReceipt>> receipts = write(data, keys.subList(from, to));
            if (receipts == null) {
                Arrays.fill(outcomes, from, outcomes.length, Outcome.THROTTLED);
                return CompletableFuture.completedFuture(null);
            }
            return receipts.thenComposeAsync(
                    all -> {
                        boolean isStored = true;
                        for (int i = from; i < to; i++) {
                            outcomes[i] = Outcome.of(all.get(i - from).fate());
                            isStored &= outcomes[i] == Outcome.STORED;
                        }
                        if (isStored && to < outcomes.length) {
                            return putFrom(to, records, keys, outcomes);
                        }
                        Arrays.fill(outcomes, to, outcomes.length, Outcome.UNTRIED);
                        return CompletableFuture.completedFuture(null);
                    },
                    workers);
        }

        private CompletableFuture<List<RecordReceipt>> write(List<byte[]> data, List<String> keys) {
            try {
                return writer.write(data, keys);
            } catch (IllegalStateException e) {
                // It is being closed.
                return null;
            }
        }

        private void count(Outcome[] outcomes) {
            int[] counts = new int[Outcome.values().length];
            for (Outcome outcome : outcomes) {
                counts[outcome.ordinal()]++;
            }
            String name = writer.served().name();
            metrics.acknowledged(name, counts[Outcome.STORED.ordinal()]);
            metrics.throttled(
                    name, counts[Outcome.THROTTLED.ordinal()] + counts[Outcome.UNTRIED.ordinal()]);
            metrics.failed(
                    name, counts[Outcome.UNANSWERED.ordinal()] + counts[Outcome.REFUSED.ordinal()]);
        }
    }

    /**
     * Judges a request by its head.
     *
     * @throws ServiceError where its body need not be read
     */
    public Admitted admit(RequestHead head) {
        String metricName =
                PlainRequest.isDeliveryStream(head) ? "http.deliverystreams" : "http.streams";
        String webhook = PlainRequest.webhook(head);
        if (webhook == null) {
            Client client = authenticator.authenticate(head);
            return new Admitted(client, metricName, put(client, head)::handle);
        }
        WebhookAuthenticator.Claimed claimed = webhooks.claim(webhook, head);
        return new Admitted(
                claimed.client(), metricName, body -> handleWebhook(claimed, head, body));
    }

    /** Nothing is said to the sender, nor counted for it, before its signature is known as good. */
    private CompletableFuture<Answer> handleWebhook(
            WebhookAuthenticator.Claimed claimed, RequestHead head, byte[] body) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            webhooks.verify(claimed, body);
                            return put(claimed.client(), head);
                        },
                        workers)
                .thenCompose(put -> put.handle(body));
    }

    private Put put(Client client, RequestHead head) {
        if (!limits.takesRequest(client)) {
            throw tooFast(client, limits.untilRequest(client));
        }
        PlainRequest request = PlainRequest.of(head);
        return new Put(client, request, find(client, request));
    }

    private DeliveryStreamWriter find(Client client, PlainRequest request) {
        String what =
                (request.isDeliveryStream() ? "delivery stream " : "stream ") + request.stream();
        if (!client.mayUse(request.stream())) {
            throw ServiceError.of(
                    403,
                    "AccessDenied",
                    "The client "
                            + client.name()
                            + " may not use the "
                            + what
                            + "; hydrant_streams of its profile names those that it may");
        }
        DeliveryStreamWriter writer =
                (request.isDeliveryStream() ? deliveryStreams : streams).get(request.stream());
        if (writer == null) {
            throw ServiceError.of(404, "UnknownStream", "The gateway has no " + what);
        }
        return writer;
    }

    private static void requireSizes(BodyRecords records) {
        NumberRanges large = new NumberRanges();
        for (int i = 0; i < records.count(); i++) {
            if (records.size(i) > MAX_RECORD_BYTES) {
                large.add(i, records.number(i));
            }
        }
        if (!large.isEmpty()) {
            throw ServiceError.of(
                    413,
                    "RecordTooLarge",
                    "These records have more than "
                            + MAX_RECORD_BYTES
                            + " bytes: "
                            + large
                            + ". Nothing of the request was put");
        }
    }

    private static int sliceEnd(BodyRecords records, int from) {
        long bytes = records.size(from);
        int end = from + 1;
        while (end < records.count() && end - from < SLICE_RECORDS) {
            bytes += records.size(end);
            if (bytes > SLICE_BYTES) {
                break;
            }
            end++;
        }
        return end;
    }

    private static ServiceError tooFast(Client client, Duration wait) {
        long seconds = Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
        return ServiceError.of(
                        429,
                        "TooManyRequests",
                        "The client "
                                + client.name()
                                + " puts more than it may (gateway.client.*). Nothing of the request was"
                                + " put")
                .with(Answer.RETRY_AFTER, Long.toString(seconds));
    }
}
