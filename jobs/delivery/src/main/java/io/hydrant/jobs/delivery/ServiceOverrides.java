package io.hydrant.jobs.delivery;

import io.hydrant.core.aws.AwsOptions;
import io.hydrant.delivery.conversion.ConversionOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** The {@code aws.*} options as they are for one of the services that a delivery speaks to. */
enum ServiceOverrides {
    KINESIS(DeliveryJobOptions.KINESIS_ENDPOINT, null),
    LAMBDA(DeliveryJobOptions.LAMBDA_ENDPOINT, null),
    SECRETS_MANAGER(DeliveryJobOptions.SECRETS_MANAGER_ENDPOINT, null),
    REDSHIFT(DeliveryJobOptions.REDSHIFT_ENDPOINT, null),
    S3(DeliveryJobOptions.S3_ENDPOINT, DeliveryJobOptions.S3_REGION),
    GLUE(DeliveryJobOptions.GLUE_ENDPOINT, ConversionOptions.TABLE_REGION);

    private final ConfigOption<String> endpoint;
    private final ConfigOption<String> region;

    ServiceOverrides(ConfigOption<String> endpoint, ConfigOption<String> region) {
        this.endpoint = endpoint;
        this.region = region;
    }

    /** The options with the service's own over the common ones. */
    Configuration over(Configuration common) {
        Configuration config = new Configuration(common);
        config.getOptional(endpoint).ifPresent(own -> config.set(AwsOptions.ENDPOINT, own));
        if (region != null) {
            config.getOptional(region).ifPresent(own -> config.set(AwsOptions.REGION, own));
        }
        return config;
    }
}
