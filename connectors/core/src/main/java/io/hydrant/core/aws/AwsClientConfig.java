package io.hydrant.core.aws;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Objects;

/**
 * Everything that tells one AWS client from another, resolved and validated once, at the edge.
 * Serializable, so that tasks make their clients from it.
 *
 * @param region region name, or null for the SDK's default chain
 * @param endpoint endpoint instead of AWS' own, or null
 * @param credentials where credentials come from
 * @param trustAllCertificates whether any TLS certificate will do
 * @param maxConcurrency connections at the most
 * @param readTimeout wait for the next bytes of an answer
 * @param connectionTimeout wait for a connection
 * @param cbor CBOR (true) or JSON (false), null to leave it to the SDK
 */
public record AwsClientConfig(
        String region,
        URI endpoint,
        AwsCredentialsConfig credentials,
        boolean trustAllCertificates,
        int maxConcurrency,
        Duration readTimeout,
        Duration connectionTimeout,
        Boolean cbor)
        implements Serializable {

    /** Validates ranges. */
    public AwsClientConfig {
        Objects.requireNonNull(credentials, "credentials");
        if (maxConcurrency < 1) {
            throw new IllegalArgumentException(
                    AwsOptions.HTTP_MAX_CONCURRENCY.key()
                            + " is "
                            + maxConcurrency
                            + "; it must be at least 1");
        }
        requirePositive(AwsOptions.HTTP_READ_TIMEOUT.key(), readTimeout);
        requirePositive(AwsOptions.HTTP_CONNECTION_TIMEOUT.key(), connectionTimeout);
    }

    /**
     * Reads the {@code aws.*} options.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static AwsClientConfig from(ReadableConfig config) {
        return new AwsClientConfig(
                config.get(AwsOptions.REGION),
                endpoint(config.get(AwsOptions.ENDPOINT)),
                AwsCredentialsConfig.from(config),
                config.get(AwsOptions.TRUST_ALL_CERTIFICATES),
                config.get(AwsOptions.HTTP_MAX_CONCURRENCY),
                config.get(AwsOptions.HTTP_READ_TIMEOUT),
                config.get(AwsOptions.HTTP_CONNECTION_TIMEOUT),
                config.getOptional(AwsOptions.CBOR).orElse(null));
    }

    /** A client of an emulator such as LocalStack: that endpoint, that region, fixed keys. */
    public static AwsClientConfig forEndpoint(
            URI endpoint, String region, String accessKeyId, String secretKey) {
        Configuration config = new Configuration();
        config.set(AwsOptions.ENDPOINT, endpoint.toString());
        config.set(AwsOptions.REGION, region);
        config.set(AwsOptions.CREDENTIALS_PROVIDER, CredentialsProviderKind.BASIC);
        config.set(AwsOptions.BASIC_ACCESS_KEY_ID, accessKeyId);
        config.set(AwsOptions.BASIC_SECRET_KEY, secretKey);
        return from(config);
    }

    /** The same with another region, where this one names none; a stream's ARN knows its region. */
    public AwsClientConfig withDefaultRegion(String defaultRegion) {
        return region != null ? this : withRegion(defaultRegion);
    }

    /** The same in another region. */
    public AwsClientConfig withRegion(String otherRegion) {
        return new AwsClientConfig(
                otherRegion,
                endpoint,
                credentials,
                trustAllCertificates,
                maxConcurrency,
                readTimeout,
                connectionTimeout,
                cbor);
    }

    /** The same with a longer read timeout, for answers that take their time. */
    public AwsClientConfig withReadTimeoutOfAtLeast(Duration shortest) {
        return new AwsClientConfig(
                region,
                endpoint,
                credentials,
                trustAllCertificates,
                maxConcurrency,
                readTimeout.compareTo(shortest) < 0 ? shortest : readTimeout,
                connectionTimeout,
                cbor);
    }

    /** The same in CBOR, or in JSON. */
    public AwsClientConfig withCbor(boolean cborOrJson) {
        return new AwsClientConfig(
                region,
                endpoint,
                credentials,
                trustAllCertificates,
                maxConcurrency,
                readTimeout,
                connectionTimeout,
                cborOrJson);
    }

    private static URI endpoint(String value) {
        if (value == null) {
            return null;
        }
        try {
            URI uri = new URI(value);
            if (uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException ignored) {
            // Falls through to the message, which says what would be right.
        }
        throw new IllegalArgumentException(
                AwsOptions.ENDPOINT.key()
                        + " is '"
                        + value
                        + "'; it must be a URL such as http://localhost:4566 or https://kinesis.example.com");
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    key + " is " + value + "; it must be longer than zero");
        }
    }
}
