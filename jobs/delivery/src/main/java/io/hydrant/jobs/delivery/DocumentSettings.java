package io.hydrant.jobs.delivery;

import io.hydrant.core.aws.AwsOptions;
import io.hydrant.delivery.buffer.BufferOptions;
import io.hydrant.delivery.format.FormatOptions;
import io.hydrant.delivery.partition.NamingOptions;
import io.hydrant.delivery.processing.ProcessingOptions;
import io.hydrant.jobs.delivery.document.FirehoseDelivery;
import io.hydrant.jobs.delivery.document.FormatConversion;
import io.hydrant.jobs.delivery.document.IcebergDestination;
import io.hydrant.jobs.delivery.document.JsonDocument;
import io.hydrant.jobs.delivery.document.LambdaProcessor;
import io.hydrant.jobs.delivery.document.Processors;
import io.hydrant.jobs.delivery.document.RedshiftDestination;
import io.hydrant.jobs.delivery.document.S3Destination;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.lambda.LambdaOptions;
import io.hydrant.s3.sink.BackupMode;
import io.hydrant.s3.sink.BackupOptions;
import io.hydrant.s3.sink.S3SinkOptions;
import io.hydrant.s3.store.S3StoreOptions;

import org.apache.flink.configuration.ConfigOption;

/** Says in the rooms' options what a Firehose document says in its fields. */
final class DocumentSettings {

    private final JsonDocument document;
    private final Settings settings;

    DocumentSettings(JsonDocument document, Settings settings) {
        this.document = document;
        this.settings = settings;
    }

    void put(FirehoseDelivery delivery, StreamArn stream, String streamPlace) {
        put(NamingOptions.STREAM_NAME, delivery.streamName(), delivery.path());
        put(
                NamingOptions.STREAM_VERSION,
                delivery.version(),
                delivery.path().replace("DeliveryStreamName", "VersionId"));
        put(AwsOptions.REGION, stream.region(), streamPlace);
        putDestination(delivery.destination());
        if (delivery.iceberg() != null) {
            putIceberg(delivery.iceberg());
        }
        if (delivery.redshift() != null) {
            putRedshift(delivery.redshift());
        }
    }

    private void putDestination(S3Destination s3) {
        String path = s3.path();
        put(S3SinkOptions.BUCKET, s3.bucket(), path + ".BucketARN");
        put(NamingOptions.PREFIX, s3.prefix(), path + ".Prefix");
        put(NamingOptions.ERROR_PREFIX, s3.errorOutputPrefix(), path + ".ErrorOutputPrefix");
        put(NamingOptions.FILE_EXTENSION, notEmpty(s3.fileExtension()), path + ".FileExtension");
        put(NamingOptions.TIME_ZONE, notEmpty(s3.timeZone()), path + ".CustomTimeZone");
        putHints(s3, BufferOptions.SIZE, BufferOptions.INTERVAL);
        put(FormatOptions.COMPRESSION, s3.compression(), path + ".CompressionFormat");
        putBackup(s3.backup());
        putProcessors(s3.processors(), path + ".ProcessingConfiguration");
        putConversion(s3.conversion(), s3.bufferMegabytes());
        put(
                ProcessingOptions.DYNAMIC_PARTITIONING,
                s3.dynamicPartitioning(),
                path + ".DynamicPartitioningConfiguration.Enabled");
        putKey(s3, S3StoreOptions.KMS_KEY_ARN);
    }

    private void putIceberg(IcebergDestination iceberg) {
        putProcessors(iceberg.processors(), iceberg.path() + ".ProcessingConfiguration");
        putBackup(iceberg.backup());
        for (FormatConversion.Given given : iceberg.options()) {
            put(given.option(), given.value(), given.path());
        }
    }

    private void putRedshift(RedshiftDestination redshift) {
        putProcessors(redshift.processors(), redshift.path() + ".ProcessingConfiguration");
        putBackup(redshift.backup());
        for (FormatConversion.Given given : redshift.options()) {
            put(given.option(), given.value(), given.path());
        }
    }

    private void putBackup(S3Destination backup) {
        if (backup == null) {
            return;
        }
        String path = backup.path();
        put(BackupOptions.MODE, BackupMode.ENABLED, path);
        put(BackupOptions.BUCKET, backup.bucket(), path + ".BucketARN");
        put(BackupOptions.PREFIX, backup.prefix(), path + ".Prefix");
        put(BackupOptions.ERROR_PREFIX, backup.errorOutputPrefix(), path + ".ErrorOutputPrefix");
        putHints(backup, BackupOptions.BUFFER_SIZE, BackupOptions.BUFFER_INTERVAL);
        put(BackupOptions.COMPRESSION, backup.compression(), path + ".CompressionFormat");
        putKey(backup, BackupOptions.KMS_KEY_ARN);
    }

    private void putHints(S3Destination s3, ConfigOption<?> size, ConfigOption<?> interval) {
        put(
                size,
                s3.bufferMegabytes() == null ? null : s3.bufferMegabytes() + " mb",
                s3.path() + ".BufferingHints.SizeInMBs");
        put(
                interval,
                s3.bufferSeconds() == null ? null : s3.bufferSeconds() + " s",
                s3.path() + ".BufferingHints.IntervalInSeconds");
    }

    private void putKey(S3Destination s3, ConfigOption<?> key) {
        put(
                key,
                s3.kmsKeyArn(),
                s3.path() + ".EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN");
    }

    private void putConversion(FormatConversion conversion, Integer bufferMegabytes) {
        if (conversion == null) {
            return;
        }
        for (FormatConversion.Given given : conversion.options()) {
            put(given.option(), given.value(), given.path());
        }
        if (bufferMegabytes == null) {
            // The default hint becomes 128 where conversion is on.
            put(BufferOptions.SIZE, "128 mb", conversion.path());
        }
    }

    private void putProcessors(Processors processors, String path) {
        put(FormatOptions.APPEND_NEWLINE, processors.appendDelimiter(), path);
        put(ProcessingOptions.DECOMPRESSION, processors.decompression(), path);
        put(ProcessingOptions.LOG_MESSAGES, processors.logMessages(), path);
        put(ProcessingOptions.SUB_RECORD_TYPE, processors.subRecordType(), path);
        put(ProcessingOptions.DELIMITER, processors.delimiter(), path);
        put(ProcessingOptions.QUERY, processors.query(), path);
        if (processors.lambda() != null) {
            putLambda(processors.lambda(), path);
        }
    }

    private void putLambda(LambdaProcessor lambda, String path) {
        put(LambdaOptions.FUNCTION_ARN, lambda.functionArn(), path);
        put(LambdaOptions.RETRIES, lambda.retries(), path);
        put(
                LambdaOptions.BUFFER_SIZE,
                lambda.bufferBytes() == null ? null : lambda.bufferBytes() + " b",
                path);
        put(
                LambdaOptions.BUFFER_INTERVAL,
                lambda.bufferSeconds() == null ? null : lambda.bufferSeconds() + " s",
                path);
    }

    private void put(ConfigOption<?> option, Object value, String path) {
        settings.put(option, value, document.originOf(path));
    }

    /** Firehose takes an empty text as one that was not given. */
    private static String notEmpty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
