package io.hydrant.kinesis.dynamodb;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;
import io.hydrant.core.aws.SignedHttpClient;
import io.hydrant.kinesis.stream.ServiceClock;

import com.fasterxml.jackson.core.JsonGenerator;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Makes calls of the DynamoDB Streams API, which are JSON over HTTP, with the SDK's HTTP client and
 * signer, and leaves the answer as it is: the records in it go on in the form in which they came.
 *
 * <p>Source: DynamoDB Streams API reference (version 2012-08-10, AWS JSON 1.0, signed for {@code
 * dynamodb}).
 *
 * <p>Thread-safe.
 */
final class TableStreamCalls implements AutoCloseable {

    private static final String TARGET = "DynamoDBStreams_20120810.";
    private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
    private static final String SIGNING_NAME = "dynamodb";

    private final SignedHttpClient client;

    /**
     * Calls to one endpoint.
     *
     * @param http belongs to this from now on
     * @param credentials belongs to this too
     */
    TableStreamCalls(
            SdkHttpClient http, AwsCredentialsProvider credentials, URI endpoint, String region) {
        this.client =
                new SignedHttpClient(SIGNING_NAME, Region.of(region), endpoint, credentials, http);
    }

    /** Calls to the service of a region, or to the endpoint that the configuration names. */
    static TableStreamCalls open(AwsClientConfig config, String streamRegion) {
        String region = config.withDefaultRegion(streamRegion).region();
        return new TableStreamCalls(
                AwsClients.httpClient(config),
                AwsClients.credentials(config),
                config.endpoint() == null ? endpointOf(Region.of(region)) : config.endpoint(),
                region);
    }

    /** The service's own endpoint in a region. */
    static URI endpointOf(Region region) {
        return URI.create(
                "https://streams.dynamodb."
                        + region.id()
                        + "."
                        + PartitionMetadata.of(region).dnsSuffix());
    }

    /** Writes the members of a request. */
    @FunctionalInterface
    interface Request {
        void write(JsonGenerator out) throws IOException;
    }

    /**
     * What was answered.
     *
     * @param body JSON
     * @param serverTime the service's clock, null where it did not say
     */
    record Answer(byte[] body, Instant serverTime) {}

    /**
     * Makes a call, once.
     *
     * @param action such as {@code GetRecords}
     * @throws software.amazon.awssdk.core.exception.SdkException the service's error, as {@link
     *     TableStreamErrors} has it, or that there was no answer
     */
    Answer call(String action, Request request) {
        byte[] body = json(request);
        try {
            return answer(
                    client.post(
                            Map.of("Content-Type", CONTENT_TYPE, "X-Amz-Target", TARGET + action),
                            body));
        } catch (IOException e) {
            throw SdkClientException.create(
                    action + " got no answer from " + client.endpoint() + ": " + e.getMessage(), e);
        }
    }

    private static Answer answer(SignedHttpClient.Answer answer) throws IOException {
        requireIntact(answer.head(), answer.body());
        if (!answer.head().isSuccessful()) {
            throw TableStreamErrors.of(answer.head(), answer.body());
        }
        return new Answer(answer.body(), ServiceClock.timeOf(answer.head()));
    }

    private static void requireIntact(SdkHttpResponse head, byte[] body) throws IOException {
        String expected = head.firstMatchingHeader("x-amz-crc32").orElse(null);
        if (expected != null) {
            CRC32 sum = new CRC32();
            sum.update(body);
            if (!expected.equals(String.valueOf(sum.getValue()))) {
                throw new IOException(
                        "the answer's checksum is "
                                + sum.getValue()
                                + ", but the service wrote "
                                + expected);
            }
        }
    }

    private static byte[] json(Request request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = WireJson.FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            request.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        client.close();
    }
}
