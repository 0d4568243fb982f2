package io.hydrant.s3.store;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options of the connection to S3, beside those of every AWS client. */
public final class S3StoreOptions {

    /** Bucket in the path. */
    public static final ConfigOption<Boolean> PATH_STYLE_ACCESS =
            ConfigOptions.key("s3.path-style-access")
                    .booleanType()
                    .noDefaultValue()
                    .withDescription(
                            "Whether the bucket stands in the path of a request and not in its host name. Without it: exactly where aws.endpoint is set.");

    /** Encryption key. */
    public static final ConfigOption<String> KMS_KEY_ARN =
            ConfigOptions.key("s3.encryption.kms-key-arn")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "KMS key that objects are encrypted with. Without it the bucket's default encryption applies. Firehose: EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN.");

    private S3StoreOptions() {}
}
