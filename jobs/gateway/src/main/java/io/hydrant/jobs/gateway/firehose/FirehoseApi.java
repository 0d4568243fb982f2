package io.hydrant.jobs.gateway.firehose;

import io.hydrant.jobs.gateway.api.Answer;
import io.hydrant.jobs.gateway.api.ServiceError;
import io.hydrant.jobs.gateway.auth.Client;
import io.hydrant.jobs.gateway.document.ServedStream;
import io.hydrant.jobs.gateway.limits.ClientLimits;
import io.hydrant.jobs.gateway.metrics.GatewayMetrics;
import io.hydrant.kinesis.sink.RecordReceipt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Firehose's API for producers. A record is acknowledged when the Kinesis stream has it, and not
 * before; what Kinesis does not take in time is told to have failed, record by record.
 *
 * <p>At least once: a client that puts again what failed, or whose answer was lost, may double a
 * record. What the gateway itself puts again, a reader can leave out.
 *
 * <p>Source: Firehose API reference (2015-08-04). Thread-safe.
 */
public final class FirehoseApi {

    /** What the target of a request begins with. */
    public static final String TARGET = "Firehose_20150804.";

    /** Name of the service in signatures. */
    public static final String SERVICE = "firehose";

    /** The actions that there are. */
    public static final Set<String> ACTIONS =
            Set.of("PutRecord", "PutRecordBatch", "DescribeDeliveryStream", "ListDeliveryStreams");

    private final Map<String, DeliveryStreamWriter> writers;
    private final StreamQuestions questions;
    private final ClientLimits limits;
    private final GatewayMetrics metrics;

    /** Serves these delivery streams. */
    public FirehoseApi(
            List<DeliveryStreamWriter> writers, ClientLimits limits, GatewayMetrics metrics) {
        this.writers =
                writers.stream()
                        .collect(
                                Collectors.toMap(
                                        writer -> writer.served().name(), Function.identity()));
        this.questions =
                new StreamQuestions(
                        writers.stream()
                                .map(DeliveryStreamWriter::served)
                                .collect(
                                        Collectors.toMap(ServedStream::name, Function.identity())));
        this.limits = limits;
        this.metrics = metrics;
    }

    /**
     * Carries out a request.
     *
     * @param action one of {@link #ACTIONS}
     * @return the answer, when there is one
     * @throws ServiceError where the request is refused
     */
    public CompletableFuture<Answer> handle(String action, Client client, byte[] body) {
        return switch (action) {
            case "PutRecord" -> putOne(client, PutRequestReader.readOne(body));
            case "PutRecordBatch" -> putBatch(client, PutRequestReader.readBatch(body));
            case "DescribeDeliveryStream" ->
                    CompletableFuture.completedFuture(questions.describe(client, body));
            case "ListDeliveryStreams" ->
                    CompletableFuture.completedFuture(questions.list(client, body));
            default ->
                    throw ServiceError.ofCaller(
                            "UnknownOperationException",
                            "The gateway does not know "
                                    + action
                                    + "; of Firehose it has "
                                    + ACTIONS.stream().sorted().toList());
        };
    }

    private CompletableFuture<Answer> putOne(Client client, PutRequest request) {
        PutRules.checkOne(request);
        DeliveryStreamWriter writer = writer(client, request);
        byte[] data = request.data().get(0);
        metrics.incoming(writer.served().name(), 1, data.length);
        if (!limits.takesRecord(client, data.length)) {
            metrics.throttled(writer.served().name(), 1);
            throw ServiceError.slowDown();
        }
        return write(writer, List.of(data))
                .thenApply(
                        receipts -> {
                            RecordReceipt receipt = receipts.get(0);
                            count(writer, receipts);
                            return switch (receipt.fate()) {
                                case DELIVERED -> PutAnswers.one(receipt.recordId());
                                case THROTTLED, FAILED -> throw ServiceError.slowDown();
                                case REFUSED -> throw ServiceError.internal(PutAnswers.REFUSED);
                            };
                        });
    }

    private CompletableFuture<Answer> putBatch(Client client, PutRequest request) {
        PutRules.checkBatch(request);
        DeliveryStreamWriter writer = writer(client, request);
        List<byte[]> admitted = new ArrayList<>(request.data().size());
        boolean[] isAdmitted = new boolean[request.data().size()];
        long bytes = 0;
        for (int i = 0; i < isAdmitted.length; i++) {
            byte[] data = request.data().get(i);
            bytes += data.length;
            isAdmitted[i] = limits.takesRecord(client, data.length);
            if (isAdmitted[i]) {
                admitted.add(data);
            }
        }
        metrics.incoming(writer.served().name(), isAdmitted.length, bytes);
        metrics.throttled(writer.served().name(), isAdmitted.length - admitted.size());
        if (admitted.isEmpty()) {
            return CompletableFuture.completedFuture(PutAnswers.batch(isAdmitted, List.of()));
        }
        return write(writer, admitted)
                .thenApply(
                        receipts -> {
                            count(writer, receipts);
                            return PutAnswers.batch(isAdmitted, receipts);
                        });
    }

    private DeliveryStreamWriter writer(Client client, PutRequest request) {
        return writers.get(questions.find(client, request.deliveryStream()).name());
    }

    private CompletableFuture<List<RecordReceipt>> write(
            DeliveryStreamWriter writer, List<byte[]> records) {
        CompletableFuture<List<RecordReceipt>> receipts;
        try {
            receipts = writer.write(records);
        } catch (IllegalStateException e) {
            // It is being closed.
            receipts = null;
        }
        if (receipts == null) {
            metrics.throttled(writer.served().name(), records.size());
            throw ServiceError.slowDown();
        }
        return receipts;
    }

    private void count(DeliveryStreamWriter writer, List<RecordReceipt> receipts) {
        int delivered = 0;
        int throttled = 0;
        for (RecordReceipt receipt : receipts) {
            delivered += receipt.fate() == RecordReceipt.Fate.DELIVERED ? 1 : 0;
            throttled += receipt.fate() == RecordReceipt.Fate.THROTTLED ? 1 : 0;
        }
        String name = writer.served().name();
        metrics.acknowledged(name, delivered);
        metrics.throttled(name, throttled);
        metrics.failed(name, receipts.size() - delivered - throttled);
    }
}
