package io.hydrant.core.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.utils.IoUtils;
import software.amazon.awssdk.utils.SdkAutoCloseable;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * Sends signed requests to a service of AWS for which there is no client of the SDK: the SDK's HTTP
 * client, credentials, signature and endpoints, without a model of the service. Thread-safe.
 */
public final class SignedHttpClient implements AutoCloseable {

    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

    private final String service;
    private final Region region;
    private final URI endpoint;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;

    /**
     * A client of an endpoint.
     *
     * @param service name of the service in signatures, such as {@code dynamodb}
     * @param endpoint where requests go
     * @param credentials belongs to the client from now on
     * @param http belongs to it too
     */
    public SignedHttpClient(
            String service,
            Region region,
            URI endpoint,
            AwsCredentialsProvider credentials,
            SdkHttpClient http) {
        this.service = service;
        this.region = region;
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.http = http;
    }

    /**
     * An answer of the service.
     *
     * @param head status, whatever it is, and headers
     * @param body the whole body
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    public record Answer(SdkHttpResponse head, byte[] body) {

        /** HTTP status, whatever it is. */
        public int status() {
            return head.statusCode();
        }

        /** A header's first value, or null; upper and lower case are the same. */
        public String header(String name) {
            return head.firstMatchingHeader(name).orElse(null);
        }
    }

    /**
     * A client of a service.
     *
     * @param service name of the service in endpoints and signatures, such as {@code lambda}
     * @param config region, endpoint, credentials and HTTP settings; the region is required
     */
    public static SignedHttpClient of(String service, AwsClientConfig config) {
        if (config.region() == null) {
            throw new IllegalArgumentException(
                    AwsOptions.REGION.key() + " is missing; requests to " + service + " need it");
        }
        Region region = Region.of(config.region());
        return new SignedHttpClient(
                service,
                region,
                config.endpoint() != null ? config.endpoint() : endpoint(service, region),
                AwsClients.credentials(config),
                AwsClients.httpClient(config));
    }

    /** Where requests go. */
    public URI endpoint() {
        return endpoint;
    }

    /**
     * Posts a body to the endpoint as it is, as AWS' JSON protocols do.
     *
     * @param headers headers beside those of HTTP and of the signature
     * @return whatever the service answers, errors included
     * @throws IOException where it does not answer
     * @throws software.amazon.awssdk.core.exception.SdkException where there are no credentials
     */
    public Answer post(Map<String, String> headers, byte[] body) throws IOException {
        return post(SdkHttpFullRequest.builder().uri(endpoint), headers, body);
    }

    /**
     * Posts a body.
     *
     * @param path path with its escapes
     * @param query parameters without escapes
     * @param headers headers beside those of HTTP and of the signature
     * @return whatever the service answers, errors included
     * @throws IOException where it does not answer
     * @throws software.amazon.awssdk.core.exception.SdkException where there are no credentials
     */
    public Answer post(
            String path, Map<String, String> query, Map<String, String> headers, byte[] body)
            throws IOException {
        SdkHttpFullRequest.Builder request =
                SdkHttpFullRequest.builder().uri(endpoint).encodedPath(path);
        query.forEach(request::putRawQueryParameter);
        return post(request, headers, body);
    }

    private Answer post(
            SdkHttpFullRequest.Builder request, Map<String, String> headers, byte[] body)
            throws IOException {
        ContentStreamProvider content = ContentStreamProvider.fromByteArrayUnsafe(body);
        request.method(SdkHttpMethod.POST)
                .putHeader("Content-Length", Integer.toString(body.length));
        headers.forEach(request::putHeader);
        HttpExecuteResponse response = send(signed(request.build(), content), content);
        byte[] answer = new byte[0];
        if (response.responseBody().isPresent()) {
            try (AbortableInputStream in = response.responseBody().get()) {
                answer = IoUtils.toByteArray(in);
            }
        }
        return new Answer(response.httpResponse(), answer);
    }

    private SdkHttpRequest signed(SdkHttpRequest request, ContentStreamProvider content) {
        SignedRequest signed =
                SIGNER.sign(
                        sign ->
                                sign.identity(credentials.resolveCredentials())
                                        .request(request)
                                        .payload(content)
                                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
        return signed.request();
    }

    private HttpExecuteResponse send(SdkHttpRequest request, ContentStreamProvider content)
            throws IOException {
        return http.prepareRequest(
                        HttpExecuteRequest.builder()
                                .request(request)
                                .contentStreamProvider(content)
                                .build())
                .call();
    }

    private static URI endpoint(String service, Region region) {
        return URI.create("https://" + ServiceMetadata.of(service).endpointFor(region));
    }

    /** Breaks off what is under way. */
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
