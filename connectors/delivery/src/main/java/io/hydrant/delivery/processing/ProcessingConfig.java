package io.hydrant.delivery.processing;

import io.hydrant.delivery.buffer.BufferOptions;
import io.hydrant.delivery.buffer.PartitionTime;
import io.hydrant.delivery.format.FormatOptions;
import io.hydrant.delivery.partition.NamingConfig;
import io.hydrant.delivery.partition.NamingOptions;
import io.hydrant.delivery.partition.PrefixTemplate;

import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is done to records beside the transform, resolved and validated once.
 *
 * @param decompression whether records are GZIP
 * @param maxDecompressedSize the largest that a record may become, bytes
 * @param logMessages whether only messages of CloudWatch Logs are kept
 * @param appendNewline whether the format ends every record with a newline
 * @param subRecordType how records within a record are told apart; null where a record is one
 * @param delimiter what stands between them, base64; null unless they are delimited
 * @param query jq query for the partitioning keys, null where there is none
 * @param partitioning how keys make a prefix, null where they do not
 */
public record ProcessingConfig(
        boolean decompression,
        long maxDecompressedSize,
        boolean logMessages,
        boolean appendNewline,
        SubRecordType subRecordType,
        String delimiter,
        String query,
        Partitioning partitioning)
        implements Serializable {

    /** Nothing is done. */
    public static final ProcessingConfig NONE =
            new ProcessingConfig(false, 1, false, false, null, null, null, null);

    private static final long LARGEST = 1024L * 1024 * 1024;

    /**
     * How keys make a prefix.
     *
     * @param prefix the data prefix as configured
     * @param timeZone its time zone
     * @param time which arrival its timestamps show
     */
    public record Partitioning(String prefix, ZoneId timeZone, PartitionTime time)
            implements Serializable {}

    /** Validates that the parts go together. */
    public ProcessingConfig {
        if (maxDecompressedSize < 1 || maxDecompressedSize > LARGEST) {
            throw new IllegalArgumentException(
                    ProcessingOptions.DECOMPRESSION_MAX_SIZE.key()
                            + " is "
                            + maxDecompressedSize
                            + " bytes; it must be from 1 to "
                            + LARGEST);
        }
        requireDelimiter(subRecordType, delimiter);
        Set<String> keys = query == null ? Set.of() : requireQuery(query);
        if (partitioning != null) {
            requireKeys(partitioning, query, keys);
        }
    }

    /**
     * Reads {@link ProcessingOptions}, and what they need of the names and the format.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static ProcessingConfig from(ReadableConfig config) {
        boolean partitions = config.get(ProcessingOptions.DYNAMIC_PARTITIONING);
        requireSwitch(config.get(NamingOptions.PREFIX), partitions);
        return new ProcessingConfig(
                config.get(ProcessingOptions.DECOMPRESSION),
                config.get(ProcessingOptions.DECOMPRESSION_MAX_SIZE).getBytes(),
                config.get(ProcessingOptions.LOG_MESSAGES),
                config.get(FormatOptions.APPEND_NEWLINE),
                config.get(ProcessingOptions.SUB_RECORD_TYPE),
                config.get(ProcessingOptions.DELIMITER),
                config.get(ProcessingOptions.QUERY),
                partitions ? partitioning(config) : null);
    }

    /** Whether the prefix holds keys that only a transform can give. */
    public boolean needsKeysOfTransform() {
        return partitioning != null
                && !PrefixTemplate.forData(partitioning.prefix(), partitioning.timeZone())
                        .lambdaKeys()
                        .isEmpty();
    }

    /**
     * The names of the keys that a query makes.
     *
     * @return null where only a record tells
     * @throws IllegalArgumentException if it is no query of jq 1.6
     */
    public static Set<String> queryKeys(String query) {
        return KeyQueries.compile(query).keys();
    }

    private static Partitioning partitioning(ReadableConfig config) {
        return new Partitioning(
                config.get(NamingOptions.PREFIX),
                NamingConfig.zone(config.get(NamingOptions.TIME_ZONE)),
                config.get(BufferOptions.PARTITION_TIME));
    }

    private static void requireSwitch(String prefix, boolean partitions) {
        boolean hasKeys;
        try {
            hasKeys = PrefixTemplate.forData(prefix, ZoneOffset.UTC).hasKeys();
        } catch (IllegalArgumentException e) {
            // That is said by the names.
            return;
        }
        if (hasKeys && !partitions) {
            throw new IllegalArgumentException(
                    NamingOptions.PREFIX.key()
                            + ": '"
                            + prefix
                            + "' holds a partitioning key, and "
                            + ProcessingOptions.DYNAMIC_PARTITIONING.key()
                            + " is off");
        }
    }

    private static void requireDelimiter(SubRecordType type, String delimiter) {
        String key = ProcessingOptions.DELIMITER.key();
        if ((type == SubRecordType.DELIMITED) != (delimiter != null)) {
            throw new IllegalArgumentException(
                    key
                            + (delimiter == null
                                    ? " is missing; "
                                    : ": '" + delimiter + "' has no effect; ")
                            + ProcessingOptions.SUB_RECORD_TYPE.key()
                            + " is "
                            + type
                            + ", and DELIMITED goes with a delimiter");
        }
        if (delimiter != null) {
            try {
                if (Base64.getDecoder().decode(delimiter).length > 0) {
                    return;
                }
            } catch (IllegalArgumentException e) {
                // Said below, together with what is empty.
            }
            throw new IllegalArgumentException(
                    key + ": '" + delimiter + "' is not base64, such as IyMjIw== for ####");
        }
    }

    private static Set<String> requireQuery(String query) {
        try {
            return queryKeys(query);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    ProcessingOptions.QUERY.key() + ": " + e.getMessage(), e);
        }
    }

    private static void requireKeys(Partitioning partitioning, String query, Set<String> keys) {
        PrefixTemplate prefix =
                PrefixTemplate.forData(partitioning.prefix(), partitioning.timeZone());
        String option = NamingOptions.PREFIX.key() + ": '" + partitioning.prefix() + "' ";
        if (!prefix.hasKeys()) {
            throw new IllegalArgumentException(
                    option
                            + "holds no partitioning key, and "
                            + ProcessingOptions.DYNAMIC_PARTITIONING.key()
                            + " is on; it needs one, such as !{partitionKeyFromQuery:id}");
        }
        if (query == null && !prefix.queryKeys().isEmpty()) {
            throw new IllegalArgumentException(
                    option
                            + "holds partitionKeyFromQuery, and "
                            + ProcessingOptions.QUERY.key()
                            + " is missing");
        }
        Set<String> missing = new TreeSet<>(prefix.queryKeys());
        if (query != null && keys != null) {
            missing.removeAll(keys);
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException(
                        option + "holds keys that the query does not make: " + missing);
            }
        }
    }
}
