package io.hydrant.launcher.imports;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.AwsClients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.SdkAutoCloseable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/**
 * Asks Firehose, or what speaks its protocol, about a stream; with the SDK's HTTP client and
 * signer.
 *
 * <p>Source: Firehose API reference (2015-08-04, AWS JSON 1.1), DescribeDeliveryStream.
 */
final class FirehoseApi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "Firehose_20150804.DescribeDeliveryStream";
    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";

    private final SdkHttpClient http;
    private final AwsCredentialsProvider credentials;
    private final URI endpoint;
    private final String region;

    /** Reaches the service of the configuration's region, or its endpoint. */
    FirehoseApi(AwsClientConfig config) {
        this.region = config.region();
        this.endpoint =
                config.endpoint() == null ? endpointOf(Region.of(region)) : config.endpoint();
        this.http = AwsClients.httpClient(config);
        this.credentials = AwsClients.credentials(config);
    }

    private static URI endpointOf(Region region) {
        return URI.create(
                "https://firehose." + region.id() + "." + PartitionMetadata.of(region).dnsSuffix());
    }

    /**
     * The stream's description, as the service answers it.
     *
     * @throws IOException with the service's own words, or that there was no answer
     */
    JsonNode describe(String deliveryStream) throws IOException {
        byte[] body =
                JSON.writeValueAsBytes(
                        JSON.createObjectNode().put("DeliveryStreamName", deliveryStream));
        HttpExecuteResponse response = call(signed(body));
        byte[] answer = new byte[0];
        if (response.responseBody().isPresent()) {
            try (InputStream in = response.responseBody().get()) {
                answer = in.readAllBytes();
            }
        }
        if (!response.httpResponse().isSuccessful()) {
            throw new IOException("Firehose at " + endpoint + " says: " + error(response, answer));
        }
        return JSON.readTree(answer);
    }

    private SignedRequest signed(byte[] body) {
        SdkHttpRequest request =
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(endpoint)
                        .putHeader("Content-Type", CONTENT_TYPE)
                        .putHeader("Content-Length", String.valueOf(body.length))
                        .putHeader("X-Amz-Target", TARGET)
                        .build();
        return AwsV4HttpSigner.create()
                .sign(
                        sign ->
                                sign.identity(credentials.resolveCredentials())
                                        .request(request)
                                        .payload(() -> new ByteArrayInputStream(body))
                                        .putProperty(
                                                AwsV4HttpSigner.SERVICE_SIGNING_NAME, "firehose")
                                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    }

    private HttpExecuteResponse call(SignedRequest signed) throws IOException {
        try {
            return http.prepareRequest(
                            HttpExecuteRequest.builder()
                                    .request(signed.request())
                                    .contentStreamProvider(signed.payload().orElse(null))
                                    .build())
                    .call();
        } catch (IOException e) {
            throw new IOException(
                    "Firehose does not answer at " + endpoint + ": " + e.getMessage(), e);
        }
    }

    private static String error(HttpExecuteResponse response, byte[] answer) {
        try {
            JsonNode error = JSON.readTree(answer);
            String type = error.path("__type").asText();
            String message = error.path("message").asText(error.path("Message").asText());
            if (!type.isEmpty()) {
                return type.substring(type.indexOf('#') + 1) + ": " + message;
            }
        } catch (IOException e) {
            // Then it is no JSON, and the status has to do.
        }
        return "status " + response.httpResponse().statusCode();
    }

    @Override
    public void close() {
        try {
            http.close();
        } finally {
            if (credentials instanceof SdkAutoCloseable closeable) {
                closeable.close();
            }
        }
    }
}
