package io.hydrant.s3.store;

import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.util.Objects;

/**
 * How to speak to the store, beyond what every AWS client is told.
 *
 * @param pathStyleAccess whether the bucket stands in the path and not in the host name; null means
 *     exactly where an endpoint is set
 * @param attributes what objects are given beside their content
 */
public record S3StoreConfig(Boolean pathStyleAccess, ObjectAttributes attributes)
        implements Serializable {

    /** Validates that nothing is missing. */
    public S3StoreConfig {
        Objects.requireNonNull(attributes, "attributes");
    }

    /** The same for the ledger, which is read often and therefore stays in S3's default class. */
    public S3StoreConfig forLedger() {
        return new S3StoreConfig(
                pathStyleAccess,
                new ObjectAttributes(
                        attributes.encryption(),
                        attributes.kmsKeyArn(),
                        attributes.bucketKey(),
                        null,
                        attributes.tags(),
                        attributes.checksum()));
    }

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static S3StoreConfig from(ReadableConfig config) {
        return new S3StoreConfig(
                config.getOptional(S3StoreOptions.PATH_STYLE_ACCESS).orElse(null),
                ObjectAttributes.from(config));
    }
}
