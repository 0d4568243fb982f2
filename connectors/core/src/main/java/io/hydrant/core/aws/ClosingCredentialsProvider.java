package io.hydrant.core.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

import java.util.function.Function;

/** Credentials from STS that close the STS client with themselves; the SDK's own leave it open. */
final class ClosingCredentialsProvider implements AwsCredentialsProvider, SdkAutoCloseable {

    private final StsClient sts;
    private final AwsCredentialsProvider provider;

    ClosingCredentialsProvider(
            StsClient sts, Function<StsClient, AwsCredentialsProvider> provider) {
        this.sts = sts;
        this.provider = provider.apply(sts);
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return provider.resolveCredentials();
    }

    @Override
    public void close() {
        if (provider instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
        sts.close();
    }
}
