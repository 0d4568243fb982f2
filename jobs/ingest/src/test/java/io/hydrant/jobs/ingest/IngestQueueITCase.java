package io.hydrant.jobs.ingest;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.SignedHttpClient;
import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.LocalStack;
import io.hydrant.localstack.harness.junit.LocalStackTest;
import io.hydrant.localstack.harness.junit.UniqueNames;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Objects that arrive in a bucket of LocalStack, which tells its queue, and a job that is killed.
 */
@LocalStackTest
@Timeout(300)
class IngestQueueITCase {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir private Path folder;

    private final S3Client s3;
    private final LocalStack localStack;
    private final String bucket;
    private final String stream;
    private final String failed;

    /** What has to come of the lines that were written. */
    private final List<String> written = new ArrayList<>();

    private SignedHttpClient sqs;
    private String queue;

    IngestQueueITCase(S3Client s3, LocalStack localStack, UniqueNames names) {
        this.s3 = s3;
        this.localStack = localStack;
        bucket = names.newBucket("arrivals");
        stream = names.newStream("lines", 2);
        failed = names.newStream("failed", 1);
    }

    @BeforeEach
    void connect() throws IOException {
        sqs = SignedHttpClient.of("sqs", aws());
        // Named as the bucket is, which no other test has.
        ObjectNode request = MAPPER.createObjectNode();
        request.put("QueueName", bucket);
        queue = call("CreateQueue", request).path("QueueUrl").asText();
        s3.putBucketNotificationConfiguration(
                to ->
                        to.bucket(bucket)
                                .notificationConfiguration(
                                        notify ->
                                                notify.queueConfigurations(
                                                        of ->
                                                                of.queueArn(
                                                                                "arn:aws:sqs:us-east-1:000000000000:"
                                                                                        + bucket)
                                                                        .events(
                                                                                Event
                                                                                        .S3_OBJECT_CREATED))));
    }

    @AfterEach
    void disconnect() throws IOException {
        call("DeleteQueue", ofQueue());
        sqs.close();
    }

    @Test
    void everyLineOfEveryObjectIsReadOnceThoughTheJobIsKilledAndToldTwice() throws Exception {
        try (KillableCluster cluster = new KillableCluster(folder)) {
            put("first.gz", gzip(lines("first", 300)));
            String told = firstMessage();
            cluster.submit(agent(""));
            untilPut();
            assertThat(messages()).as("before a checkpoint").isPositive();
            cluster.checkpoint();
            untilQueueIsEmpty();

            put("a b/sécond", utf8(lines("second", 200)));
            untilPut();
            cluster.kill();
            put("third", utf8(lines("third", 50)));
            untilPut();
            cluster.checkpoint();
            untilQueueIsEmpty();

            ObjectNode again = ofQueue();
            again.put("MessageBody", told);
            call("SendMessage", again);
            untilQueueIsEmpty();
            put("fourth", utf8(lines("fourth", 50)));
            untilPut();
            cluster.checkpoint();
            untilQueueIsEmpty();
        }

        StreamContents contents = new StreamContents(stream, aws());
        assertThat(contents.read(true)).containsExactlyInAnyOrderElementsOf(written);
        List<String> put = contents.read(false);
        // Of the object that the kill made the job read again; not of the one it was told twice of.
        assertThat(put)
                .filteredOn(line -> line.startsWith("second"))
                .hasSizeGreaterThanOrEqualTo(400);
        assertThat(put).filteredOn(line -> line.startsWith("first")).hasSizeLessThan(600);
    }

    @Test
    void everyResultOfASelectIsThereOnceThoughTheJobIsKilled() throws Exception {
        try (KillableCluster cluster = new KillableCluster(folder)) {
            put("first.gz", gzip(orders(0, 300) + "no JSON of the first\n"));
            cluster.submit(
                    agent(
                            """
                            , "errorStream": "%s",
                             "filter": ".amount > 3",
                             "columns": "struct<id:int,amount:int>",
                             "select": "SELECT id, amount * 2 AS twice FROM records WHERE amount > 6"                            """
                                    .formatted(failed)));
            untilPut();
            untilRefused("no JSON of the first");
            cluster.checkpoint();
            untilQueueIsEmpty();

            put("second", utf8(orders(300, 500) + "no JSON of the second\n"));
            untilPut();
            untilRefused("no JSON of the second");
            cluster.kill();
            put("third", utf8(orders(500, 550)));
            untilPut();
            cluster.checkpoint();
            untilQueueIsEmpty();
        }

        StreamContents contents = new StreamContents(stream, aws());
        assertThat(contents.read(true)).containsExactlyInAnyOrderElementsOf(written);
        // The second object was read again, and what came of it put again.
        assertThat(contents.read(false)).hasSizeGreaterThanOrEqualTo(written.size() + 60);
        assertThat(new StreamContents(failed, aws()).read(true))
                .extracting(IngestQueueITCase::rawData)
                .containsExactlyInAnyOrder("no JSON of the first", "no JSON of the second");
    }

    private Path agent(String more) throws IOException {
        return Files.writeString(
                folder.resolve("agent.json"),
                """
                {
                  "kinesis.endpoint": "%s",
                  "kinesis.region": "us-east-1",
                  "awsAccessKeyId": "test",
                  "awsSecretAccessKey": "test",
                  "flows": [{"sourceQueue": "%s", "kinesisStream": "%s"%s}],
                  "Hydrant": {
                    "sink.producer-identity.enabled": true,
                    "sink.flush-buffer.timeout": "50 ms"
                  }
                }
                """
                        .formatted(localStack.endpoint(), queue, stream, more));
    }

    private String lines(String name, int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String line = name + " " + i + ".\n";
            written.add(line);
            lines.append(line);
        }
        return lines.toString();
    }

    /** Orders, of which three of ten are large enough to come out of the select. */
    private String orders(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int id = from; id < to; id++) {
            int amount = id % 10;
            lines.append("{\"id\":%d,\"amount\":%d}\n".formatted(id, amount));
            if (amount > 6) {
                written.add("{\"id\":%d,\"twice\":%d}\n".formatted(id, amount * 2));
            }
        }
        return lines.toString();
    }

    /** The record that an error document is about. */
    private static String rawData(String document) {
        try {
            return new String(
                    Base64.getDecoder().decode(MAPPER.readTree(document).path("rawData").asText()),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void put(String key, byte[] content) {
        s3.putObject(to -> to.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(utf8(content));
        }
        return bytes.toByteArray();
    }

    /** Waits until all lines are in the stream, however often. */
    private void untilPut() {
        Set<String> missing = new HashSet<>(written);
        Conditions.until(
                TIMEOUT,
                "all lines to be put",
                () -> {
                    String stored = new StreamContents(stream, aws()).stored();
                    missing.removeIf(stored::contains);
                    return missing.isEmpty();
                });
    }

    private void untilRefused(String line) {
        String encoded = Base64.getEncoder().encodeToString(utf8(line));
        Conditions.until(
                TIMEOUT,
                "'" + line + "' to be refused",
                () -> new StreamContents(failed, aws()).stored().contains(encoded));
    }

    private void untilQueueIsEmpty() {
        Conditions.until(TIMEOUT, "all messages to be deleted", () -> messages() == 0);
    }

    /** What the queue says of the first object; it says so again to the job. */
    private String firstMessage() throws IOException {
        ObjectNode request = ofQueue();
        request.put("VisibilityTimeout", 0);
        request.put("WaitTimeSeconds", 20);
        return call("ReceiveMessage", request).path("Messages").path(0).path("Body").asText();
    }

    /** Messages that the queue has, those that are hidden included. */
    private int messages() {
        ObjectNode request = ofQueue();
        request.putArray("AttributeNames").add("All");
        JsonNode attributes;
        try {
            attributes = call("GetQueueAttributes", request).path("Attributes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return attributes.path("ApproximateNumberOfMessages").asInt()
                + attributes.path("ApproximateNumberOfMessagesNotVisible").asInt();
    }

    private ObjectNode ofQueue() {
        ObjectNode request = MAPPER.createObjectNode();
        request.put("QueueUrl", queue);
        return request;
    }

    private JsonNode call(String action, ObjectNode request) throws IOException {
        SignedHttpClient.Answer answer =
                sqs.post(
                        Map.of(
                                "Content-Type",
                                "application/x-amz-json-1.0",
                                "X-Amz-Target",
                                "AmazonSQS." + action),
                        MAPPER.writeValueAsBytes(request));
        assertThat(answer.status())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return answer.body().length == 0
                ? MAPPER.createObjectNode()
                : MAPPER.readTree(answer.body());
    }

    private AwsClientConfig aws() {
        return AwsClientConfig.forEndpoint(localStack.endpoint(), "us-east-1", "test", "test");
    }
}
