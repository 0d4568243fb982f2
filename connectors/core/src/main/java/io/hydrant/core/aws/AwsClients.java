package io.hydrant.core.aws;

import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.utils.AttributeMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The one place where AWS clients are made: endpoint, region, credentials, protocol and HTTP
 * settings are applied here and nowhere else.
 */
public final class AwsClients {

    /**
     * One for the process and not for a class loader, as jobs of one task manager have a class of
     * this name each: a literal is the same object in all of them.
     */
    private static final Object PROTOCOL_LOCK = "io.hydrant.core.aws protocol of the process";

    private AwsClients() {}

    /**
     * Whether somebody chose between CBOR and JSON for all clients of this process, by the SDK's
     * own setting.
     */
    public static boolean isProtocolChosenForProcess() {
        synchronized (PROTOCOL_LOCK) {
            return System.getProperty(SdkSystemSetting.CBOR_ENABLED.property()) != null
                    || System.getenv(SdkSystemSetting.CBOR_ENABLED.environmentVariable()) != null;
        }
    }

    /**
     * Applies the configuration to a builder and builds. The client owns its HTTP client and its
     * credentials: closing it is enough.
     *
     * @param builder a builder of a synchronous client, such as {@code KinesisClient.builder()};
     *     settings that the configuration does not touch stay as the caller made them
     */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C create(
            B builder, AwsClientConfig config) {
        if (config.region() != null) {
            builder.region(Region.of(config.region()));
        }
        if (config.endpoint() != null) {
            builder.endpointOverride(config.endpoint());
        }
        builder.credentialsProvider(credentials(config)).httpClientBuilder(http(config));
        return build(builder, config.cbor());
    }

    /**
     * The same for an asynchronous client, over HTTP/2, for answers that go on for minutes. Its
     * callbacks run on the I/O threads and must not block.
     *
     * @param builder a builder of an asynchronous client, such as {@code
     *     KinesisAsyncClient.builder()}
     * @param longestSilence how long an answer may stay silent, where that is longer than the
     *     configured read timeout
     */
    public static <B extends AwsClientBuilder<B, C> & AwsAsyncClientBuilder<B, C>, C> C createHttp2(
            B builder, AwsClientConfig config, Duration longestSilence) {
        if (config.region() != null) {
            builder.region(Region.of(config.region()));
        }
        if (config.endpoint() != null) {
            builder.endpointOverride(config.endpoint());
        }
        builder.credentialsProvider(credentials(config))
                .asyncConfiguration(
                        async ->
                                async.advancedOption(
                                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR,
                                        Runnable::run))
                .httpClientBuilder(new Http2ClientBuilder(config, longestSilence));
        return build(builder, config.cbor());
    }

    /**
     * An HTTP client with the settings of a configuration, for calls of services that the SDK has
     * no client for here; the caller closes it.
     */
    public static SdkHttpClient httpClient(AwsClientConfig config) {
        return http(config).buildWithDefaults(AttributeMap.empty());
    }

    private static Apache5HttpClientBuilderWithTrust http(AwsClientConfig config) {
        return new Apache5HttpClientBuilderWithTrust(
                Apache5HttpClient.builder()
                        .maxConnections(config.maxConcurrency())
                        .socketTimeout(config.readTimeout())
                        .connectionTimeout(config.connectionTimeout()),
                AttributeMap.builder()
                        .put(
                                SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES,
                                config.trustAllCertificates())
                        .build());
    }

    /** The credentials of a configuration; for SDK classes that no client builder makes. */
    public static AwsCredentialsProvider credentials(AwsClientConfig config) {
        AwsCredentialsConfig credentials = config.credentials();
        return switch (credentials.kind()) {
            case AUTO -> DefaultCredentialsProvider.builder().build();
            case BASIC -> basic(credentials);
            case ENV_VAR -> EnvironmentVariableCredentialsProvider.create();
            case SYS_PROP -> SystemPropertyCredentialsProvider.create();
            case PROFILE -> profile(credentials);
            case ASSUME_ROLE -> assumedRole(config);
            case WEB_IDENTITY_TOKEN -> webIdentity(config);
        };
    }

    private static AwsCredentialsProvider basic(AwsCredentialsConfig credentials) {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(credentials.accessKeyId(), credentials.secretKey()));
    }

    private static AwsCredentialsProvider profile(AwsCredentialsConfig credentials) {
        ProfileCredentialsProvider.Builder builder = ProfileCredentialsProvider.builder();
        if (credentials.profileName() != null) {
            builder.profileName(credentials.profileName());
        }
        if (credentials.profilePath() != null) {
            builder.profileFile(
                    ProfileFile.builder()
                            .content(Path.of(credentials.profilePath()))
                            .type(ProfileFile.Type.CREDENTIALS)
                            .build());
        }
        return builder.build();
    }

    private static AwsCredentialsProvider assumedRole(AwsClientConfig config) {
        AwsCredentialsConfig credentials = config.credentials();
        AwsCredentialsProvider start =
                credentials.accessKeyId() != null
                        ? basic(credentials)
                        : DefaultCredentialsProvider.builder().build();
        return new ClosingCredentialsProvider(
                sts(config, start),
                client ->
                        StsAssumeRoleCredentialsProvider.builder()
                                .stsClient(client)
                                .refreshRequest(
                                        request ->
                                                request.roleArn(credentials.roleArn())
                                                        .roleSessionName(
                                                                credentials.roleSessionName())
                                                        .externalId(credentials.roleExternalId()))
                                .build());
    }

    private static AwsCredentialsProvider webIdentity(AwsClientConfig config) {
        AwsCredentialsConfig credentials = config.credentials();
        return new ClosingCredentialsProvider(
                // The token is the credential of this call, so it is not signed.
                sts(config, AnonymousCredentialsProvider.create()),
                client -> {
                    StsWebIdentityTokenFileCredentialsProvider.Builder builder =
                            StsWebIdentityTokenFileCredentialsProvider.builder()
                                    .stsClient(client)
                                    .roleSessionName(credentials.roleSessionName());
                    if (credentials.roleArn() != null) {
                        builder.roleArn(credentials.roleArn());
                    }
                    if (credentials.webIdentityTokenFile() != null) {
                        builder.webIdentityTokenFile(Path.of(credentials.webIdentityTokenFile()));
                    }
                    return builder.build();
                });
    }

    private static StsClient sts(AwsClientConfig config, AwsCredentialsProvider start) {
        StsClientBuilder builder =
                StsClient.builder().credentialsProvider(start).httpClientBuilder(http(config));
        if (config.region() != null) {
            builder.region(Region.of(config.region()));
        }
        String endpoint = config.credentials().stsEndpoint();
        if (endpoint != null) {
            builder.endpointOverride(URI.create(endpoint));
        }
        return builder.build();
    }

    /**
     * Builds with the protocol that is wanted. The SDK takes it from a property of the process, at
     * the moment at which it builds a client, and from nowhere else; so a client that leaves it to
     * the SDK is not built while another one is, either.
     */
    private static <C> C build(SdkBuilder<?, C> builder, Boolean cbor) {
        synchronized (PROTOCOL_LOCK) {
            if (cbor == null) {
                return builder.build();
            }
            String property = SdkSystemSetting.CBOR_ENABLED.property();
            String before = System.setProperty(property, cbor.toString());
            try {
                return builder.build();
            } finally {
                if (before == null) {
                    System.clearProperty(property);
                } else {
                    System.setProperty(property, before);
                }
            }
        }
    }
}
