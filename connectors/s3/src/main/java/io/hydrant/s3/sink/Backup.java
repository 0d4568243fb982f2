package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.BufferConfig;
import io.hydrant.delivery.buffer.BufferOptions;
import io.hydrant.delivery.buffer.PartitionTime;
import io.hydrant.delivery.format.FormatConfig;
import io.hydrant.delivery.partition.NamingConfig;
import io.hydrant.delivery.partition.NamingOptions;
import io.hydrant.s3.store.Encryption;
import io.hydrant.s3.store.ObjectAttributes;
import io.hydrant.s3.store.S3StoreConfig;
import io.hydrant.s3.store.S3StoreOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import java.util.Map;

/**
 * Makes the configuration of the backup's sink out of {@link BackupOptions} and that of the
 * delivery that it stands beside.
 *
 * <p>Source: Firehose API reference, ExtendedS3DestinationConfiguration (S3BackupMode,
 * S3BackupConfiguration); developer guide, "Configure buffering hints": no zero buffering for a
 * backup.
 */
public final class Backup {

    /** What the other rooms, which know nothing of a backup, call its options. */
    private static final Map<ConfigOption<?>, ConfigOption<?>> NAMES =
            Map.of(
                    BufferOptions.SIZE, BackupOptions.BUFFER_SIZE,
                    BufferOptions.INTERVAL, BackupOptions.BUFFER_INTERVAL,
                    BufferOptions.MEMORY_BUDGET, BackupOptions.MEMORY_BUDGET,
                    NamingOptions.PREFIX, BackupOptions.PREFIX,
                    NamingOptions.ERROR_PREFIX, BackupOptions.ERROR_PREFIX,
                    S3StoreOptions.KMS_KEY_ARN, BackupOptions.KMS_KEY_ARN,
                    S3StoreOptions.ENCRYPTION, BackupOptions.ENCRYPTION);

    private Backup() {}

    /**
     * The configuration of the backup's sink, or null where there is none.
     *
     * @param delivery the sink that the backup stands beside
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static S3SinkConfig of(ReadableConfig config, S3SinkConfig delivery) {
        if (config.get(BackupOptions.MODE) == BackupMode.DISABLED) {
            return null;
        }
        if (config.get(BackupOptions.BUCKET) == null) {
            throw new IllegalArgumentException(
                    BackupOptions.BUCKET.key()
                            + " is missing; name the bucket that the backup goes to, since "
                            + BackupOptions.MODE.key()
                            + " is "
                            + config.get(BackupOptions.MODE));
        }
        if (config.get(BackupOptions.BUFFER_INTERVAL).isZero()) {
            throw new IllegalArgumentException(
                    BackupOptions.BUFFER_INTERVAL.key()
                            + " is 0; a backup has no zero buffering, so it must be longer");
        }
        try {
            return sink(config, delivery);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(inOwnNames(e.getMessage()), e);
        }
    }

    private static S3SinkConfig sink(ReadableConfig config, S3SinkConfig delivery) {
        FormatConfig format =
                new FormatConfig(
                        config.get(BackupOptions.COMPRESSION),
                        delivery.format().level(),
                        config.get(BackupOptions.APPEND_NEWLINE));
        BufferConfig buffer =
                new BufferConfig(
                        config.get(BackupOptions.BUFFER_SIZE).getBytes(),
                        delivery.buffer().raisedSize(),
                        config.get(BackupOptions.BUFFER_INTERVAL),
                        delivery.buffer().blockSize(),
                        config.get(BackupOptions.MEMORY_BUDGET).getBytes(),
                        PartitionTime.OBJECT);
        return new S3SinkConfig(
                config.get(BackupOptions.BUCKET),
                delivery.partSize(),
                delivery.uploadThreads(),
                delivery.retryTimeout(),
                buffer,
                format,
                // A backup holds records as they came.
                null,
                naming(config, delivery.naming(), format.compression().extension()),
                delivery.ledger(),
                new S3StoreConfig(
                        delivery.store().pathStyleAccess(),
                        attributes(config, delivery.store().attributes())),
                config.get(BackupOptions.MODE) == BackupMode.FAILED_ONLY
                        ? DeliveryRole.FAILED_BACKUP
                        : DeliveryRole.BACKUP);
    }

    private static NamingConfig naming(
            ReadableConfig config, NamingConfig delivery, String extension) {
        return new NamingConfig(
                delivery.streamName(),
                delivery.streamVersion(),
                config.get(BackupOptions.PREFIX),
                config.get(BackupOptions.ERROR_PREFIX),
                delivery.timeZone(),
                extension,
                extension);
    }

    private static ObjectAttributes attributes(ReadableConfig config, ObjectAttributes delivery) {
        String key = config.get(BackupOptions.KMS_KEY_ARN);
        return new ObjectAttributes(
                config.getOptional(BackupOptions.ENCRYPTION)
                        .orElse(key == null ? Encryption.BUCKET_DEFAULT : Encryption.SSE_KMS),
                key,
                null,
                null,
                delivery.tags(),
                delivery.checksum());
    }

    private static String inOwnNames(String message) {
        String own = message;
        for (Map.Entry<ConfigOption<?>, ConfigOption<?>> name : NAMES.entrySet()) {
            own = own.replace(name.getKey().key(), name.getValue().key());
        }
        return own;
    }
}
