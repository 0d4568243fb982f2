package io.hydrant.jobs.gateway;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.SignedHttpClient;
import io.hydrant.core.record.Envelope;
import io.hydrant.jobs.gateway.document.GatewayDocument;
import io.hydrant.kinesis.aggregation.KplDeaggregator;
import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.localstack.fakes.kinesis.FakeKinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A gateway in front of a Kinesis in memory, with one delivery stream, {@code orders}. */
final class RunningGateway implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String STREAM = "orders-in";
    static final String ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/" + STREAM;
    static final String KEY_ID = "AKIDORDERS";
    static final String SECRET = "orders/secret";

    /** The key of the client {@code hooks}, which signs nothing. */
    static final String HTTP_KEY = "hooks-0123456789abcdef";

    /** What the client {@code hub} signs webhooks with. */
    static final String WEBHOOK_SECRET = "hub-secret-0123456789";

    private final FakeKinesis kinesis;
    private final KinesisClient direct;
    private final Path folder;
    private final List<String> settings;
    private Gateway gateway;

    private RunningGateway(Path folder, List<String> settings) throws IOException {
        this.folder = folder;
        this.settings = settings;
        kinesis = FakeKinesis.start();
        direct = kinesisAt(kinesis.endpoint(), "any", "any");
        direct.createStream(request -> request.streamName(STREAM).shardCount(3));
    }

    /** Starts it; settings are as {@code --set} takes them. */
    static RunningGateway start(Path folder, String... settings) throws IOException {
        RunningGateway running = new RunningGateway(folder, Arrays.asList(settings));
        running.gateway = Gateway.start(running.document());
        return running;
    }

    /** The same without a gateway, which is somebody else's to start. */
    static RunningGateway kinesisAlone(Path folder, String... settings) throws IOException {
        return new RunningGateway(folder, Arrays.asList(settings));
    }

    GatewayDocument document() throws IOException {
        return GatewayDocument.read(List.of(configuration()), assignments());
    }

    Path configuration() throws IOException {
        return Files.writeString(
                folder.resolve("gateway.json"),
                "{\"DeliveryStreams\": [{\"DeliveryStreamName\": \"orders\", \"KinesisStreamARN\": \""
                        + ARN
                        + "\"}]}");
    }

    List<String> assignments() throws IOException {
        Path keys =
                Files.writeString(
                        folder.resolve("credentials"),
                        """
                        [shop]
                        aws_access_key_id = %s
                        aws_secret_access_key = %s
                        [elsewhere]
                        aws_access_key_id = AKIDELSE
                        aws_secret_access_key = else
                        hydrant_streams = other
                        [hooks]
                        hydrant_http_key = %s
                        [hub]
                        hydrant_webhook_secret = %s
                        hydrant_streams = orders
                        [beacons]
                        hydrant_http_key = beacons-0123456789
                        hydrant_streams = orders
                        """
                                .formatted(KEY_ID, SECRET, HTTP_KEY, WEBHOOK_SECRET));
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "gateway.port=0",
                                "gateway.admin.port=0",
                                "gateway.credentials-file=" + keys,
                                "aws.endpoint=" + kinesis.endpoint(),
                                "aws.credentials.provider=BASIC",
                                "aws.credentials.basic.accesskeyid=gateway",
                                "aws.credentials.basic.secretkey=gateway"));
        all.addAll(settings);
        return all;
    }

    FakeKinesis kinesis() {
        return kinesis;
    }

    URI endpoint() {
        return gateway.endpoint();
    }

    URI adminEndpoint() {
        return gateway.adminEndpoint();
    }

    /** A client of Kinesis' API that goes through the gateway. */
    KinesisClient kinesisThroughGateway() {
        return kinesisThroughGateway(KEY_ID, SECRET);
    }

    KinesisClient kinesisThroughGateway(String keyId, String secret) {
        return kinesisAt(endpoint(), keyId, secret);
    }

    private static KinesisClient kinesisAt(URI endpoint, String keyId, String secret) {
        return KinesisClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId, secret)))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    /** A client of Firehose, signing as AWS' SDK does. */
    SignedHttpClient client(String keyId, String secret) {
        return client(endpoint(), keyId, secret);
    }

    static SignedHttpClient client(URI endpoint, String keyId, String secret) {
        return SignedHttpClient.of(
                "firehose", AwsClientConfig.forEndpoint(endpoint, "us-east-1", keyId, secret));
    }

    /** One request of Firehose. */
    static SignedHttpClient.Answer call(SignedHttpClient client, String action, JsonNode body)
            throws IOException {
        return client.post(
                Map.of(
                        "Content-Type",
                        "application/x-amz-json-1.1",
                        "X-Amz-Target",
                        "Firehose_20150804." + action),
                JSON.writeValueAsBytes(body));
    }

    SignedHttpClient.Answer call(String action, JsonNode body) throws IOException {
        try (SignedHttpClient client = client(KEY_ID, SECRET)) {
            return call(client, action, body);
        }
    }

    static ObjectNode record(String text) {
        ObjectNode request = JSON.createObjectNode().put("DeliveryStreamName", "orders");
        request.putObject("Record").put("Data", text.getBytes(StandardCharsets.UTF_8));
        return request;
    }

    static ObjectNode batch(List<String> texts) {
        ObjectNode request = JSON.createObjectNode().put("DeliveryStreamName", "orders");
        ArrayNode records = request.putArray("Records");
        for (String text : texts) {
            records.addObject().put("Data", text.getBytes(StandardCharsets.UTF_8));
        }
        return request;
    }

    /** All user records of the stream, as text. */
    List<String> stored() {
        return stored(user -> new String(user.payloadCopy(), StandardCharsets.UTF_8));
    }

    /** Their partition keys. */
    List<String> storedKeys() {
        return stored(Envelope::partitionKey);
    }

    private List<String> stored(Function<Envelope, String> shown) {
        KplDeaggregator deaggregator = new KplDeaggregator(OutOfRange.DROP);
        List<String> texts = new ArrayList<>();
        for (Shard shard : direct.listShards(request -> request.streamName(STREAM)).shards()) {
            HashKeyRange range =
                    HashKeyRange.parse(
                            shard.hashKeyRange().startingHashKey(),
                            shard.hashKeyRange().endingHashKey());
            for (Record record : records(shard.shardId())) {
                byte[] data = record.data().asByteArray();
                deaggregator.deaggregate(
                        new Envelope(
                                STREAM,
                                shard.shardId(),
                                record.sequenceNumber(),
                                0,
                                record.partitionKey(),
                                0,
                                data,
                                0,
                                data.length),
                        range,
                        user -> texts.add(shown.apply(user)));
            }
        }
        return texts;
    }

    /** The records of a shard as they are in Kinesis. */
    List<Record> records(String shardId) {
        String iterator =
                direct.getShardIterator(
                                request ->
                                        request.streamName(STREAM)
                                                .shardId(shardId)
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
        List<Record> all = new ArrayList<>();
        long behind = 1;
        while (behind > 0) {
            String next = iterator;
            GetRecordsResponse page = direct.getRecords(request -> request.shardIterator(next));
            all.addAll(page.records());
            iterator = page.nextShardIterator();
            behind = page.millisBehindLatest();
        }
        return all;
    }

    void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    @Override
    public void close() {
        stop();
        direct.close();
        kinesis.close();
    }
}
