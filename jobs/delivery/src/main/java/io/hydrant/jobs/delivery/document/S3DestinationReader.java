package io.hydrant.jobs.delivery.document;

import io.hydrant.delivery.partition.PrefixTemplate;
import io.hydrant.delivery.processing.ProcessingConfig;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads an S3 destination in any of its forms: {@code ExtendedS3DestinationConfiguration}, {@code
 * S3DestinationConfiguration} (its older, smaller form) and the two descriptions of them.
 *
 * <p>Source: Firehose API reference, ExtendedS3DestinationConfiguration; the bounds of the hints
 * also in the developer guide, "Configure buffering hints".
 */
final class S3DestinationReader {

    private static final List<String> COMPRESSIONS =
            List.of("UNCOMPRESSED", "GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY");

    private static final int LEAST_MEGABYTES_OF_FILES = 64;

    private S3DestinationReader() {}

    /**
     * Reads the destination.
     *
     * @param extended whether the fields of the extended form are allowed
     * @return the destination, or null where it names no bucket
     */
    static S3Destination read(Fields fields, boolean extended) {
        if (!fields.has("RoleARN")) {
            fields.notice(
                    "RoleARN",
                    "is missing; Firehose requires it, here the job's own credentials do without it");
        }
        String roleArn = fields.text("RoleARN", TextRule.ROLE_ARN);
        fields.require("BucketARN");
        String bucketArn = fields.text("BucketARN", TextRule.BUCKET_ARN);
        int before = fields.problemCount();
        String prefix = fields.text("Prefix", TextRule.PREFIX);
        boolean isPrefixRight = fields.problemCount() == before && isPrefixRight(fields, prefix);
        int beforeErrors = fields.problemCount();
        String errorOutputPrefix = fields.text("ErrorOutputPrefix", TextRule.PREFIX);
        if (fields.problemCount() == beforeErrors) {
            judgeErrorPrefix(fields, errorOutputPrefix, isPrefixRight ? prefix : "");
        }
        boolean arePrefixesRight = fields.problemCount() == before;
        Fields hints = fields.object("BufferingHints");
        Integer megabytes = null;
        Integer seconds = null;
        if (hints != null) {
            megabytes = hints.integer("SizeInMBs", 1, 128);
            seconds = hints.integer("IntervalInSeconds", 0, 900);
            requireBothOrNone(hints);
            hints.done();
        }
        String compression = fields.choice("CompressionFormat", COMPRESSIONS, List.of());
        String kmsKeyArn = kmsKey(fields.object("EncryptionConfiguration"));
        readLogging(fields.object("CloudWatchLoggingOptions"));
        Processors processors = Processors.NONE;
        Boolean partitioning = null;
        boolean areKeysKnown = true;
        S3Destination backup = null;
        FormatConversion conversion = null;
        String fileExtension = null;
        String timeZone = null;
        if (extended) {
            int beforeKeys = fields.problemCount();
            Fields processing = fields.object("ProcessingConfiguration");
            if (processing != null) {
                processors = ProcessingReader.read(processing);
            }
            partitioning = partitioning(fields);
            areKeysKnown = fields.problemCount() == beforeKeys;
            backup = backup(fields, roleArn);
            conversion = FormatConversionReader.read(fields);
            requireRoomForFiles(fields, conversion, megabytes, compression);
            fileExtension = fields.text("FileExtension", TextRule.FILE_EXTENSION);
            timeZone = timeZone(fields);
        }
        // What is wrong with where the keys come from says nothing of the prefix that holds them.
        arePrefixesRight &= areKeysKnown;
        if (isPrefixRight && areKeysKnown) {
            arePrefixesRight &= areKeysRight(fields, prefix, processors, partitioning);
        }
        if (Boolean.TRUE.equals(partitioning) && Integer.valueOf(0).equals(seconds)) {
            fields.problem(
                    "BufferingHints.IntervalInSeconds",
                    "0 is not allowed with dynamic partitioning; 1 to 900");
        }
        fields.done();
        return bucketArn == null
                ? null
                : new S3Destination(
                        fields.path(),
                        bucketArn.substring(bucketArn.lastIndexOf(':') + 1),
                        roleArn,
                        arePrefixesRight ? prefix : null,
                        arePrefixesRight ? errorOutputPrefix : null,
                        megabytes,
                        seconds,
                        compression,
                        kmsKeyArn,
                        processors,
                        fileExtension,
                        timeZone,
                        partitioning,
                        backup,
                        conversion);
    }

    /** What the guide asks of hints and compression where records are converted. */
    private static void requireRoomForFiles(
            Fields fields, FormatConversion conversion, Integer megabytes, String compression) {
        if (conversion == null) {
            return;
        }
        if (megabytes != null && megabytes < LEAST_MEGABYTES_OF_FILES) {
            fields.problem(
                    "BufferingHints.SizeInMBs",
                    megabytes
                            + " is not allowed with DataFormatConversionConfiguration; "
                            + LEAST_MEGABYTES_OF_FILES
                            + " to 128");
        }
        if (compression != null && !compression.equals("UNCOMPRESSED")) {
            fields.problem(
                    "CompressionFormat",
                    TextRule.quoted(compression)
                            + " is not allowed with DataFormatConversionConfiguration; UNCOMPRESSED, for the files have a compression of their own");
        }
    }

    /** The time zone has no say in whether a prefix is right. */
    private static boolean isPrefixRight(Fields fields, String prefix) {
        try {
            PrefixTemplate.forData(prefix, ZoneOffset.UTC);
            return true;
        } catch (IllegalArgumentException e) {
            fields.problem("Prefix", e.getMessage());
            return false;
        }
    }

    private static void judgeErrorPrefix(Fields fields, String errorOutputPrefix, String prefix) {
        try {
            PrefixTemplate.forErrors(errorOutputPrefix, prefix, ZoneOffset.UTC);
        } catch (IllegalArgumentException e) {
            fields.problem("ErrorOutputPrefix", e.getMessage());
        }
    }

    /** Keys in the prefix, a source for each, and the switch go together. */
    private static boolean areKeysRight(
            Fields fields, String prefix, Processors processors, Boolean partitioning) {
        PrefixTemplate template = PrefixTemplate.forData(prefix, ZoneOffset.UTC);
        boolean isOn = Boolean.TRUE.equals(partitioning);
        String shown = prefix == null ? "nothing" : TextRule.quoted(prefix);
        if (isOn != template.hasKeys()) {
            fields.problem(
                    "Prefix",
                    isOn
                            ? shown
                                    + " holds no partitioning key, and dynamic partitioning is enabled; it needs one, such as !{partitionKeyFromQuery:id}"
                            : shown
                                    + " holds a partitioning key, and DynamicPartitioningConfiguration is not enabled");
            return false;
        }
        if (!isOn && processors.query() != null) {
            fields.notice(
                    "ProcessingConfiguration",
                    "MetadataExtraction has no effect, since DynamicPartitioningConfiguration is not enabled");
        }
        Set<String> missing = new TreeSet<>(template.queryKeys());
        if (processors.query() != null) {
            Set<String> made = ProcessingConfig.queryKeys(processors.query());
            missing.removeAll(made == null ? missing : made);
        }
        if (!missing.isEmpty()) {
            fields.problem(
                    "Prefix",
                    shown
                            + " holds keys that no MetadataExtractionQuery makes: "
                            + String.join(", ", missing));
            return false;
        }
        return true;
    }

    private static void requireBothOrNone(Fields hints) {
        for (String[] pair :
                List.of(
                        new String[] {"SizeInMBs", "IntervalInSeconds"},
                        new String[] {"IntervalInSeconds", "SizeInMBs"})) {
            if (hints.has(pair[0]) && !hints.has(pair[1])) {
                hints.problem(pair[1], "is missing; Firehose wants it wherever " + pair[0] + " is");
            }
        }
    }

    private static String kmsKey(Fields encryption) {
        if (encryption == null) {
            return null;
        }
        encryption.choice("NoEncryptionConfig", List.of("NoEncryption"), List.of());
        Fields kms = encryption.object("KMSEncryptionConfig");
        String key = null;
        if (kms != null) {
            kms.require("AWSKMSKeyARN");
            key = kms.text("AWSKMSKeyARN", TextRule.KMS_KEY_ARN);
            kms.done();
            if (encryption.has("NoEncryptionConfig")) {
                encryption.problem(
                        "NoEncryptionConfig", "contradicts KMSEncryptionConfig; give one of them");
            }
        }
        encryption.done();
        return key;
    }

    static void readLogging(Fields logging) {
        if (logging == null) {
            return;
        }
        Boolean enabled = logging.flag("Enabled");
        String group = logging.text("LogGroupName", TextRule.LOG_GROUP_NAME);
        logging.text("LogStreamName", TextRule.LOG_STREAM_NAME);
        if (Boolean.TRUE.equals(enabled)) {
            logging.require("LogGroupName");
            logging.require("LogStreamName");
            logging.notice(
                    "Enabled",
                    "nothing goes to the log group "
                            + group
                            + "; errors are in Flink's own log and in the objects under the error prefix");
        }
        logging.done();
    }

    /** One of the two names is in a document to create a stream, the other in a description. */
    static S3Destination backup(Fields fields, String roleArn) {
        String mode = fields.choice("S3BackupMode", List.of("Disabled", "Enabled"), List.of());
        String name =
                fields.has("S3BackupDescription") ? "S3BackupDescription" : "S3BackupConfiguration";
        Fields given = fields.object(name);
        if (given == null) {
            if ("Enabled".equals(mode) && !fields.has(name)) {
                fields.problem(name, "is missing, and S3BackupMode is Enabled");
            }
            return null;
        }
        if (!"Enabled".equals(mode)) {
            fields.notice(
                    name,
                    mode == null
                            ? "has no effect, since S3BackupMode is not Enabled"
                            : "has no effect while S3BackupMode is Disabled");
            return null;
        }
        S3Destination backup = read(given, false);
        if (backup == null) {
            return null;
        }
        if (Integer.valueOf(0).equals(backup.bufferSeconds())) {
            given.problem(
                    "BufferingHints.IntervalInSeconds", "0 is not allowed for a backup; 1 to 900");
        }
        if (backup.roleArn() != null && !backup.roleArn().equals(roleArn)) {
            given.notice("RoleARN", "is not assumed; the backup is written as the destination is");
        }
        return backup;
    }

    /** The retries are of deliveries to S3, which are repeated as s3.retry-timeout says. */
    private static Boolean partitioning(Fields fields) {
        Fields partitioning = fields.object("DynamicPartitioningConfiguration");
        if (partitioning == null) {
            return null;
        }
        Boolean enabled = partitioning.flag("Enabled");
        if (DestinationFields.retrySeconds(partitioning) != null) {
            partitioning.notice(
                    "RetryOptions.DurationInSeconds",
                    "has no effect; requests to S3 are repeated as the option s3.retry-timeout says");
        }
        partitioning.done();
        return enabled;
    }

    private static String timeZone(Fields fields) {
        String name = fields.text("CustomTimeZone", TextRule.TIME_ZONE);
        if (name == null || name.isEmpty()) {
            return name;
        }
        try {
            return ZoneId.of(name).getId();
        } catch (DateTimeException e) {
            fields.problem(
                    "CustomTimeZone",
                    TextRule.quoted(name)
                            + " is not the name of a time zone; one of the IANA data base such as Asia/Tokyo");
            return null;
        }
    }
}
