package io.hydrant.launcher.imports;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.aws.SignedHttpClient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.util.Map;

/**
 * Asks Firehose, or what speaks its protocol, about a stream; with the SDK's HTTP client and
 * signature.
 *
 * <p>Source: Firehose API reference (2015-08-04, AWS JSON 1.1), DescribeDeliveryStream.
 */
final class FirehoseApi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "Firehose_20150804.DescribeDeliveryStream";
    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";

    private final SignedHttpClient client;

    /** Reaches the service of the configuration's region, or its endpoint. */
    FirehoseApi(AwsClientConfig config) {
        this.client = SignedHttpClient.of("firehose", config);
    }

    /**
     * The stream's description, as the service answers it.
     *
     * @throws IOException with the service's own words, or that there was no answer
     */
    JsonNode describe(String deliveryStream) throws IOException {
        SignedHttpClient.Answer answer =
                post(
                        JSON.writeValueAsBytes(
                                JSON.createObjectNode().put("DeliveryStreamName", deliveryStream)));
        if (!answer.head().isSuccessful()) {
            throw new IOException("Firehose at " + client.endpoint() + " says: " + error(answer));
        }
        return JSON.readTree(answer.body());
    }

    private SignedHttpClient.Answer post(byte[] body) throws IOException {
        try {
            return client.post(Map.of("Content-Type", CONTENT_TYPE, "X-Amz-Target", TARGET), body);
        } catch (IOException e) {
            throw new IOException(
                    "Firehose does not answer at " + client.endpoint() + ": " + e.getMessage(), e);
        }
    }

    private static String error(SignedHttpClient.Answer answer) {
        try {
            JsonNode error = JSON.readTree(answer.body());
            String type = error.path("__type").asText();
            String message = error.path("message").asText(error.path("Message").asText());
            if (!type.isEmpty()) {
                return type.substring(type.indexOf('#') + 1) + ": " + message;
            }
        } catch (IOException e) {
            // Then it is no JSON, and the status has to do.
        }
        return "status " + answer.status();
    }

    @Override
    public void close() {
        client.close();
    }
}
