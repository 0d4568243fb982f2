package io.hydrant.s3.sink;

import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.util.Objects;

/**
 * Where the ledger lies.
 *
 * @param enabled whether one is kept
 * @param bucket its bucket
 * @param prefix prefix of its keys, ending with a slash
 */
public record LedgerConfig(boolean enabled, String bucket, String prefix) implements Serializable {

    /** Validates the prefix. */
    public LedgerConfig {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(prefix, "prefix");
        if (!prefix.endsWith("/") || prefix.startsWith("/")) {
            throw new IllegalArgumentException(
                    S3SinkOptions.LEDGER_PREFIX.key()
                            + " is '"
                            + prefix
                            + "'; it must end with a slash and not begin with one, such as "
                            + S3SinkOptions.LEDGER_PREFIX.defaultValue());
        }
    }

    /**
     * Reads the {@code ledger.*} options; the bucket is that of the objects where none is named.
     */
    static LedgerConfig from(ReadableConfig config, String objectBucket) {
        return new LedgerConfig(
                config.get(S3SinkOptions.LEDGER_ENABLED),
                config.getOptional(S3SinkOptions.LEDGER_BUCKET).orElse(objectBucket),
                config.get(S3SinkOptions.LEDGER_PREFIX));
    }
}
