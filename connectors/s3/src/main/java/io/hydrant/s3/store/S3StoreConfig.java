package io.hydrant.s3.store;

import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;

/**
 * How to speak to the store, beyond what every AWS client is told.
 *
 * @param pathStyleAccess whether the bucket stands in the path and not in the host name; null means
 *     exactly where an endpoint is set
 * @param kmsKeyArn key to encrypt objects with, null for the bucket's own default
 */
public record S3StoreConfig(Boolean pathStyleAccess, String kmsKeyArn) implements Serializable {

    /** Reads the options. */
    public static S3StoreConfig from(ReadableConfig config) {
        return new S3StoreConfig(
                config.getOptional(S3StoreOptions.PATH_STYLE_ACCESS).orElse(null),
                config.get(S3StoreOptions.KMS_KEY_ARN));
    }
}
