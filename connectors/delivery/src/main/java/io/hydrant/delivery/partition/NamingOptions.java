package io.hydrant.delivery.partition;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options of object names. */
public final class NamingOptions {

    /** Name of the delivery stream. */
    public static final ConfigOption<String> STREAM_NAME =
            ConfigOptions.key("delivery.stream.name")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Name of the delivery stream: part of every object name, and the folder of its ledger. Letters, digits, '_', '.' and '-', at most 64. Firehose: DeliveryStreamName.");

    /** Version of its configuration. */
    public static final ConfigOption<String> STREAM_VERSION =
            ConfigOptions.key("delivery.stream.version")
                    .stringType()
                    .defaultValue("1")
                    .withDescription(
                            "Version of the delivery stream's configuration, part of every object name; digits. Firehose: VersionId, one more for every change.");

    /** Prefix of data objects. */
    public static final ConfigOption<String> PREFIX =
            ConfigOptions.key("delivery.prefix")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Prefix of data objects, with expressions such as !{timestamp:yyyy/MM/dd}. Without a timestamp expression, !{timestamp:yyyy/MM/dd/HH/} follows. Firehose: Prefix.");

    /** Prefix of error objects. */
    public static final ConfigOption<String> ERROR_PREFIX =
            ConfigOptions.key("delivery.error-prefix")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Prefix of error objects. Must hold !{firehose:error-output-type} if it holds any expression, and must be given if the prefix holds one. Default: the prefix, the error type, yyyy/MM/dd/HH/. Firehose: ErrorOutputPrefix.");

    /** Time zone of prefixes and names. */
    public static final ConfigOption<String> TIME_ZONE =
            ConfigOptions.key("delivery.time-zone")
                    .stringType()
                    .defaultValue("UTC")
                    .withDescription(
                            "Time zone of prefixes and object names, as in the IANA data base. Firehose: CustomTimeZone.");

    /** Extension of data objects. */
    public static final ConfigOption<String> FILE_EXTENSION =
            ConfigOptions.key("delivery.file-extension")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Extension of data objects, from its dot on: 0-9 a-z ! - _ . * ' ( ), at most 128. Default: that of the compression, such as .gz. Firehose: FileExtension.");

    private NamingOptions() {}
}
