package io.hydrant.jobs.gateway.http;

import io.hydrant.jobs.gateway.api.Answer;
import io.hydrant.jobs.gateway.api.RequestHead;
import io.hydrant.jobs.gateway.api.ServiceError;
import io.hydrant.jobs.gateway.auth.Authenticator;
import io.hydrant.jobs.gateway.auth.Client;
import io.hydrant.jobs.gateway.firehose.FirehoseApi;
import io.hydrant.jobs.gateway.kinesis.KinesisPassThrough;
import io.hydrant.jobs.gateway.limits.ClientLimits;
import io.hydrant.jobs.gateway.metrics.GatewayMetrics;
import io.hydrant.jobs.gateway.plain.CrossOrigin;
import io.hydrant.jobs.gateway.plain.PlainApi;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** What happens to a request: who sent it, is it allowed, what is done. Thread-safe. */
public final class GatewayService {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayService.class);
    private static final String NOBODY = "-";

    private final Authenticator authenticator;
    private final FirehoseApi firehose;
    private final KinesisPassThrough kinesis;
    private final PlainApi plain;
    private final CrossOrigin crossOrigin;
    private final ClientLimits limits;
    private final GatewayMetrics metrics;
    private final Executor workers;

    /** Hashes and reads bodies on the workers, which must not be the threads of the wire. */
    public GatewayService(
            Authenticator authenticator,
            FirehoseApi firehose,
            KinesisPassThrough kinesis,
            PlainApi plain,
            CrossOrigin crossOrigin,
            ClientLimits limits,
            GatewayMetrics metrics,
            Executor workers) {
        this.authenticator = authenticator;
        this.firehose = firehose;
        this.kinesis = kinesis;
        this.plain = plain;
        this.crossOrigin = crossOrigin;
        this.limits = limits;
        this.metrics = metrics;
        this.workers = workers;
    }

    /** A request of AWS' protocol. */
    private final class AwsRequest implements Admitted {

        private final RequestTarget target;
        private final RequestHead head;
        private final Authenticator.Claimed claimed;
        private final long began = System.nanoTime();

        private AwsRequest(RequestTarget target, RequestHead head, Authenticator.Claimed claimed) {
            this.target = target;
            this.head = head;
            this.claimed = claimed;
        }

        @Override
        public CompletableFuture<Answer> handle(byte[] body) {
            return CompletableFuture.supplyAsync(
                            () -> authenticator.verify(claimed, head, body), workers)
                    .thenCompose(client -> handle(client, body))
                    .exceptionally(error -> failed(error, NOBODY));
        }

        private CompletableFuture<Answer> handle(Client client, byte[] body) {
            return carryOut(client, body)
                    .exceptionally(error -> answerOf(error, head))
                    .thenApply(
                            answer -> {
                                metrics.answered(
                                        target.metricName(),
                                        client.name(),
                                        answer.code(),
                                        System.nanoTime() - began);
                                return answer;
                            });
        }

        private CompletableFuture<Answer> carryOut(Client client, byte[] body) {
            try {
                if (!limits.takesRequest(client)) {
                    throw target.isFirehose()
                            ? ServiceError.slowDown()
                            : ServiceError.ofCaller(
                                    "ProvisionedThroughputExceededException", "Rate exceeded");
                }
                return target.isFirehose()
                        ? firehose.handle(target.action(), client, body)
                        : kinesis.handle(target.action(), client, head, body);
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private Answer failed(Throwable error, String client) {
            Answer answer = answerOf(error, head);
            metrics.answered(target.metricName(), client, answer.code(), System.nanoTime() - began);
            return answer;
        }
    }

    /**
     * Judges a request by its head.
     *
     * @throws ServiceError where its body need not be read
     */
    Admitted admit(RequestHead head) {
        try {
            if (!head.isAws()) {
                return admitPlain(head);
            }
            RequestTarget target = RequestTarget.parse(head.first("X-Amz-Target"));
            return new AwsRequest(target, head, authenticator.claim(head, target.service()));
        } catch (ServiceError e) {
            refused(e);
            throw e;
        }
    }

    private Admitted admitPlain(RequestHead head) {
        if (crossOrigin.isPreflight(head)) {
            return body -> CompletableFuture.completedFuture(crossOrigin.preflight(head));
        }
        PlainApi.Admitted admitted = plain.admit(head);
        long began = System.nanoTime();
        return body ->
                admitted.handle(body)
                        .exceptionally(error -> answerOf(error, head))
                        .thenApply(
                                answer -> {
                                    metrics.answered(
                                            admitted.metricName(),
                                            admitted.client().name(),
                                            answer.code(),
                                            System.nanoTime() - began);
                                    return crossOrigin.show(answer, head);
                                });
    }

    /**
     * Judges method and path alone.
     *
     * @throws ServiceError where there is nothing that the request could be for
     */
    void requireRoute(RequestHead head) {
        ServiceError error = null;
        if (!head.isAws()) {
            error = crossOrigin.isPreflight(head) ? null : PlainApi.routeProblem(head);
        } else if (!head.method().equals("POST")) {
            error =
                    ServiceError.of(
                            404,
                            "UnknownOperationException",
                            "Requests are POST to / with the header X-Amz-Target");
        }
        if (error != null) {
            refused(error);
            throw error;
        }
    }

    /** The answer to a request that was turned away. */
    Answer answer(ServiceError error, RequestHead head) {
        return head.isAws() ? error.answer(head) : crossOrigin.show(error.answer(head), head);
    }

    /** A request was turned away before it was known whose it was. */
    void refused(ServiceError error) {
        metrics.answered("unknown", NOBODY, error.type(), 0);
    }

    private static Answer answerOf(Throwable error, RequestHead head) {
        Throwable cause =
                error instanceof CompletionException && error.getCause() != null
                        ? error.getCause()
                        : error;
        if (cause instanceof ServiceError known) {
            return known.answer(head);
        }
        LOG.error("A request failed", cause);
        return ServiceError.internal("The gateway failed; its log says why").answer(head);
    }
}
