package io.hydrant.jobs.ingest.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import software.amazon.awssdk.core.SdkSystemSetting;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The instance metadata service of EC2, in its second version, where the SDK's own settings say
 * that it is.
 *
 * <p>Source: EC2 user guide, "Use the Instance Metadata Service to access instance metadata",
 * "Instance identity documents" and "View tags using instance metadata".
 */
public final class Imds implements InstanceMetadata {

    static final String TAGS = "tags";

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String DOCUMENT = "/latest/dynamic/instance-identity/document";
    private static final String ALL_TAGS = "/latest/meta-data/tags/instance/";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    @Override
    public Map<String, Object> read() throws IOException {
        if (SdkSystemSetting.AWS_EC2_METADATA_DISABLED.getBooleanValueOrThrow()) {
            throw new IOException("AWS_EC2_METADATA_DISABLED is true");
        }
        String endpoint =
                SdkSystemSetting.AWS_EC2_METADATA_SERVICE_ENDPOINT
                        .getStringValueOrThrow()
                        .replaceFirst("/$", "");
        HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        String token =
                text(
                        client,
                        request(endpoint, "/latest/api/token")
                                .header("X-aws-ec2-metadata-token-ttl-seconds", "60")
                                .PUT(BodyPublishers.noBody()));
        Map<String, Object> metadata = document(get(client, endpoint, DOCUMENT, token));
        Map<String, Object> tags = tags(client, endpoint, token);
        if (tags != null) {
            metadata.put(TAGS, tags);
        }
        return metadata;
    }

    private static Map<String, Object> document(String text) throws IOException {
        JsonNode document;
        try {
            document = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IOException("Its identity document is no JSON", e);
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        put(metadata, "privateIp", document.path("privateIp"));
        put(metadata, "availabilityZone", document.path("availabilityZone"));
        put(metadata, "instanceId", document.path("instanceId"));
        put(metadata, "instanceType", document.path("instanceType"));
        put(metadata, "accountId", document.path("accountId"));
        put(metadata, "amiId", document.path("imageId"));
        put(metadata, "region", document.path("region"));
        return metadata;
    }

    private static void put(Map<String, Object> metadata, String name, JsonNode value) {
        metadata.put(name, value.isTextual() ? value.textValue() : null);
    }

    /** The tags, which are there where the instance allows it; else null. */
    private static Map<String, Object> tags(HttpClient client, String endpoint, String token)
            throws IOException {
        String names = get(client, endpoint, ALL_TAGS, token);
        if (names == null) {
            return null;
        }
        Map<String, Object> tags = new LinkedHashMap<>();
        for (String name : names.lines().toList()) {
            String escaped = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
            tags.put(
                    name.toLowerCase(Locale.ROOT),
                    get(client, endpoint, ALL_TAGS + escaped, token));
        }
        return tags;
    }

    private static HttpRequest.Builder request(String endpoint, String path) {
        return HttpRequest.newBuilder(URI.create(endpoint + path)).timeout(TIMEOUT);
    }

    private static String get(HttpClient client, String endpoint, String path, String token)
            throws IOException {
        return text(client, request(endpoint, path).header("X-aws-ec2-metadata-token", token));
    }

    /** The body of an answer; null where there is nothing of the sort below the tags. */
    private static String text(HttpClient client, HttpRequest.Builder builder) throws IOException {
        HttpRequest request = builder.build();
        HttpResponse<String> response;
        try {
            response = client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while asking " + request.uri(), e);
        } catch (IOException e) {
            throw new IOException(
                    "No metadata service answers at " + request.uri() + " (" + e + ")", e);
        }
        if (response.statusCode() == NOT_FOUND && request.uri().getPath().startsWith(ALL_TAGS)) {
            return null;
        }
        if (response.statusCode() != OK) {
            throw new IOException(request.uri() + " answers with status " + response.statusCode());
        }
        return response.body();
    }
}
