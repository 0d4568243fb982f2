package io.hydrant.localstack.harness;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

import java.time.Duration;

/**
 * Synchronous AWS clients that talk to a LocalStack and to nothing else.
 *
 * <p>The caller closes them. They ignore the AWS settings of the user who runs the test.
 */
public final class LocalStackClients {

    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);

    /** The user's own profiles must not change what a test does, nor be read at all. */
    private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

    private LocalStackClients() {}

    /**
     * A client for Kinesis.
     *
     * @param localStack where to connect
     * @return an open client
     */
    public static KinesisClient kinesis(LocalStack localStack) {
        return connect(KinesisClient.builder(), localStack);
    }

    /**
     * A client for S3 that puts the bucket in the path, because {@code bucket.127.0.0.1} does not
     * resolve.
     *
     * @param localStack where to connect
     * @return an open client
     */
    public static S3Client s3(LocalStack localStack) {
        return connect(S3Client.builder().forcePathStyle(true), localStack);
    }

    /**
     * A client for STS.
     *
     * @param localStack where to connect
     * @return an open client
     */
    public static StsClient sts(LocalStack localStack) {
        return connect(StsClient.builder(), localStack);
    }

    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C connect(
            B builder, LocalStack localStack) {
        return builder.endpointOverride(localStack.endpoint())
                .region(Region.of(localStack.region()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(
                                        localStack.accessKey(), localStack.secretKey())))
                .defaultsMode(DefaultsMode.STANDARD)
                .httpClientBuilder(Apache5HttpClient.builder().socketTimeout(SOCKET_TIMEOUT))
                .overrideConfiguration(
                        o ->
                                o.defaultProfileFile(NO_PROFILES)
                                        .apiCallAttemptTimeout(SOCKET_TIMEOUT))
                .build();
    }
}
