package io.hydrant.localstack.bench.ingest;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.core.aws.SignedHttpClient;
import io.hydrant.localstack.bench.stream.Payloads;

import com.fasterxml.jackson.databind.ObjectMapper;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The two ways to put a batch: Kinesis' PutRecords and Firehose's PutRecordBatch. */
final class PutCalls implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> BATCH_HEADERS =
            Map.of(
                    "Content-Type",
                    "application/x-amz-json-1.1",
                    "X-Amz-Target",
                    "Firehose_20150804.PutRecordBatch");

    private final PutClients.Call call;
    private final AutoCloseable client;

    private PutCalls(PutClients.Call call, AutoCloseable client) {
        this.call = call;
        this.client = client;
    }

    /** PutRecords with the SDK, into a stream. */
    static PutCalls putRecords(AwsClientConfig aws, String streamArn, int recordBytes) {
        Payloads payloads = new Payloads(recordBytes);
        KinesisClient client = AwsClients.create(KinesisClient.builder(), aws);
        return new PutCalls(
                batch -> {
                    List<PutRecordsRequestEntry> entries = new ArrayList<>(PutClients.BATCH);
                    for (int i = 0; i < PutClients.BATCH; i++) {
                        byte[] document = payloads.document(batch * PutClients.BATCH + i);
                        entries.add(
                                PutRecordsRequestEntry.builder()
                                        .partitionKey(Payloads.key(document))
                                        .data(SdkBytes.fromByteArrayUnsafe(document))
                                        .build());
                    }
                    int failed =
                            client.putRecords(r -> r.streamARN(streamArn).records(entries))
                                    .failedRecordCount();
                    if (failed > 0) {
                        throw new IOException(failed + " records were not taken");
                    }
                },
                client);
    }

    /**
     * PutRecordBatch, signed as every request is; bodies are made before, so that the clients take
     * as little of the machine as may be.
     */
    static PutCalls putRecordBatch(AwsClientConfig aws, String deliveryStream, int recordBytes) {
        List<byte[]> bodies = bodies(deliveryStream, new Payloads(recordBytes));
        SignedHttpClient client = SignedHttpClient.of("firehose", aws);
        return new PutCalls(
                batch -> {
                    SignedHttpClient.Answer answer =
                            client.post(BATCH_HEADERS, bodies.get((int) (batch % bodies.size())));
                    if (answer.status() != 200
                            || JSON.readTree(answer.body()).path("FailedPutCount").asInt(-1) != 0) {
                        throw new IOException(
                                "The gateway answers "
                                        + answer.status()
                                        + ": "
                                        + new String(answer.body(), StandardCharsets.UTF_8));
                    }
                },
                client);
    }

    private static List<byte[]> bodies(String deliveryStream, Payloads payloads) {
        List<byte[]> bodies = new ArrayList<>();
        for (int first = 0; first < Payloads.DISTINCT; first += PutClients.BATCH) {
            StringBuilder body = new StringBuilder();
            body.append("{\"DeliveryStreamName\":\"").append(deliveryStream).append("\",");
            String separator = "\"Records\":[";
            for (int i = 0; i < PutClients.BATCH; i++) {
                body.append(separator)
                        .append("{\"Data\":\"")
                        .append(
                                Base64.getEncoder()
                                        .encodeToString(payloads.document((long) first + i)))
                        .append("\"}");
                separator = ",";
            }
            bodies.add(body.append("]}").toString().getBytes(StandardCharsets.US_ASCII));
        }
        return bodies;
    }

    PutClients.Call call() {
        return call;
    }

    @Override
    public void close() throws IOException {
        try {
            client.close();
        } catch (Exception e) {
            throw new IOException("The client cannot be closed", e);
        }
    }
}
