package io.hydrant.core.aws;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Lays our settings over the service's defaults, which the SDK's own builder takes from one caller
 * only.
 */
final class Apache5HttpClientBuilderWithTrust
        implements SdkHttpClient.Builder<Apache5HttpClientBuilderWithTrust> {

    private final Apache5HttpClient.Builder builder;
    private final AttributeMap settings;

    Apache5HttpClientBuilderWithTrust(Apache5HttpClient.Builder builder, AttributeMap settings) {
        this.builder = builder;
        this.settings = settings;
    }

    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap serviceDefaults) {
        return builder.buildWithDefaults(settings.merge(serviceDefaults));
    }
}
