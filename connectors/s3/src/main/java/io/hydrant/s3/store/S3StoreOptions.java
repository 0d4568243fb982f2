package io.hydrant.s3.store;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.util.Map;

/** The options of the connection to S3, beside those of every AWS client. */
public final class S3StoreOptions {

    /** Bucket in the path. */
    public static final ConfigOption<Boolean> PATH_STYLE_ACCESS =
            ConfigOptions.key("s3.path-style-access")
                    .booleanType()
                    .noDefaultValue()
                    .withDescription(
                            "Whether the bucket stands in the path of a request and not in its host name. Without it: exactly where aws.endpoint is set.");

    /** Encryption at rest. */
    public static final ConfigOption<Encryption> ENCRYPTION =
            ConfigOptions.key("s3.encryption.type")
                    .enumType(Encryption.class)
                    .noDefaultValue()
                    .withDescription(
                            "With whose key S3 encrypts objects: BUCKET_DEFAULT, SSE_S3 (S3's own keys), SSE_KMS. "
                                    + "Without it: SSE_KMS where s3.encryption.kms-key-arn is given, else BUCKET_DEFAULT. Firehose: EncryptionConfiguration, which has no SSE_S3.");

    /** Encryption key. */
    public static final ConfigOption<String> KMS_KEY_ARN =
            ConfigOptions.key("s3.encryption.kms-key-arn")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "KMS key that objects are encrypted with. Without it SSE_KMS uses the account's own key for S3. Firehose: EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN.");

    /** Fewer calls to KMS. */
    public static final ConfigOption<Boolean> BUCKET_KEY =
            ConfigOptions.key("s3.encryption.bucket-key")
                    .booleanType()
                    .noDefaultValue()
                    .withDescription(
                            "Whether S3 spares calls to KMS by an S3 Bucket Key, with SSE_KMS only. Without it: as the bucket says.");

    /** Storage class. */
    public static final ConfigOption<StorageTier> STORAGE_CLASS =
            ConfigOptions.key("s3.storage-class")
                    .enumType(StorageTier.class)
                    .noDefaultValue()
                    .withDescription(
                            "Storage class of objects, one of those that can be read at once: STANDARD, INTELLIGENT_TIERING, STANDARD_IA, ONEZONE_IA, GLACIER_IR. "
                                    + "Without it: S3's default, STANDARD. The ledger stays there.");

    /** Tags. */
    public static final ConfigOption<Map<String, String>> TAGS =
            ConfigOptions.key("s3.tags")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "Tags of objects, up to 10, such as team:data,retention:1y. Needs the permission s3:PutObjectTagging.");

    /** Checksum. */
    public static final ConfigOption<ObjectChecksum> CHECKSUM =
            ConfigOptions.key("s3.checksum")
                    .enumType(ObjectChecksum.class)
                    .noDefaultValue()
                    .withDescription(
                            "Checksum that is sent along with every object and part, checked by S3 and kept with the object: CRC32, CRC32C, CRC64NVME (over the whole object), "
                                    + "SHA1, SHA256 (of an object of parts: over the sums of the parts). Without it: as the SDK does it. "
                                    + "May be changed at any time; objects that are open then keep theirs.");

    private S3StoreOptions() {}
}
