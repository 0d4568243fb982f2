package io.hydrant.s3.store;

import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What objects are given beside their content, the same to all that a delivery writes.
 *
 * @param encryption with whose key they are encrypted
 * @param kmsKeyArn the key of {@link Encryption#SSE_KMS}, null for the account's own for S3
 * @param bucketKey whether S3 may spare calls to KMS by a key of the bucket's own; null for as the
 *     bucket says
 * @param storageTier storage class, null for S3's default
 * @param tags tags, possibly none
 * @param checksum the sum that they are checked by and keep, null for the SDK's choice
 */
public record ObjectAttributes(
        Encryption encryption,
        String kmsKeyArn,
        Boolean bucketKey,
        StorageTier storageTier,
        Map<String, String> tags,
        ObjectChecksum checksum)
        implements Serializable {

    /** Nothing but what the bucket gives by itself. */
    public static final ObjectAttributes NONE =
            new ObjectAttributes(Encryption.BUCKET_DEFAULT, null, null, null, Map.of(), null);

    private static final int MOST_TAGS = 10;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    /** Source: Amazon S3 user guide, "Categorizing your objects using tags". */
    private static final Pattern TAG_TEXT = Pattern.compile("[\\p{L}\\p{N}\\p{Z}+\\-=._:/@]*");

    /** Validates that the parts go together, and S3's rules for tags. */
    public ObjectAttributes {
        Objects.requireNonNull(encryption, "encryption");
        tags = Map.copyOf(tags);
        requireKms(S3StoreOptions.KMS_KEY_ARN.key(), kmsKeyArn, encryption);
        requireKms(S3StoreOptions.BUCKET_KEY.key(), bucketKey, encryption);
        if (tags.size() > MOST_TAGS) {
            throw new IllegalArgumentException(
                    S3StoreOptions.TAGS.key()
                            + " holds "
                            + tags.size()
                            + " tags; S3 allows "
                            + MOST_TAGS);
        }
        tags.forEach(ObjectAttributes::requireTag);
    }

    /**
     * Reads the options. A key alone means {@link Encryption#SSE_KMS}.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    static ObjectAttributes from(ReadableConfig config) {
        String key = config.get(S3StoreOptions.KMS_KEY_ARN);
        return new ObjectAttributes(
                config.getOptional(S3StoreOptions.ENCRYPTION)
                        .orElse(key == null ? Encryption.BUCKET_DEFAULT : Encryption.SSE_KMS),
                key,
                config.getOptional(S3StoreOptions.BUCKET_KEY).orElse(null),
                config.getOptional(S3StoreOptions.STORAGE_CLASS).orElse(null),
                config.get(S3StoreOptions.TAGS),
                config.getOptional(S3StoreOptions.CHECKSUM).orElse(null));
    }

    private static void requireKms(String option, Object value, Encryption encryption) {
        if (value != null && encryption != Encryption.SSE_KMS) {
            throw new IllegalArgumentException(
                    option
                            + " is "
                            + value
                            + ", and "
                            + S3StoreOptions.ENCRYPTION.key()
                            + " is "
                            + encryption
                            + "; it goes with "
                            + Encryption.SSE_KMS
                            + " only");
        }
    }

    private static void requireTag(String key, String value) {
        String problem = null;
        if (key.isEmpty() || key.length() > LONGEST_KEY || value.length() > LONGEST_VALUE) {
            problem =
                    "keys have 1 to " + LONGEST_KEY + " characters, values up to " + LONGEST_VALUE;
        } else if (!TAG_TEXT.matcher(key + value).matches()) {
            problem = "letters, digits, spaces and + - = . _ : / @ are";
        } else if (key.startsWith("aws:")) {
            problem = "keys that begin with aws: are AWS' own";
        }
        if (problem != null) {
            throw new IllegalArgumentException(
                    S3StoreOptions.TAGS.key()
                            + ": tag '"
                            + key
                            + "' with value '"
                            + value
                            + "' is not allowed; "
                            + problem);
        }
    }
}
