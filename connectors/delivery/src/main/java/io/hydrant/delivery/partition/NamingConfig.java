package io.hydrant.delivery.partition;

import io.hydrant.core.options.NearestName;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.regex.Pattern;

/**
 * How objects are named, resolved and validated once; tasks make their {@link ObjectNames} from it.
 *
 * @param streamName name of the delivery stream
 * @param streamVersion version of its configuration
 * @param prefix prefix of data objects as configured, may be empty
 * @param errorPrefix prefix of error objects as configured, may be empty
 * @param timeZone time zone of prefixes and names
 * @param dataExtension extension of data objects with its dot, may be empty
 * @param errorExtension extension of error objects with its dot, may be empty
 */
public record NamingConfig(
        String streamName,
        String streamVersion,
        String prefix,
        String errorPrefix,
        ZoneId timeZone,
        String dataExtension,
        String errorExtension)
        implements Serializable {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,50}");
    private static final Pattern EXTENSION = Pattern.compile("|\\.[0-9a-z!\\-_.*'()]{0,127}");

    /** Validates every part, naming the option that it comes from. */
    public NamingConfig {
        requireMatch(
                NamingOptions.STREAM_NAME,
                streamName,
                NAME,
                "1 to 64 letters, digits, '_', '.' and '-'");
        requireMatch(NamingOptions.STREAM_VERSION, streamVersion, VERSION, "1 to 50 digits");
        requireMatch(
                NamingOptions.FILE_EXTENSION,
                dataExtension,
                EXTENSION,
                "a '.' and then at most 127 of 0-9 a-z ! - _ . * ' ( )");
        requireTemplate(NamingOptions.PREFIX, () -> PrefixTemplate.forData(prefix, timeZone));
        requireTemplate(
                NamingOptions.ERROR_PREFIX,
                () -> PrefixTemplate.forErrors(errorPrefix, prefix, timeZone));
    }

    /**
     * Reads {@link NamingOptions}.
     *
     * @param defaultExtension extension of data objects that have none of their own choice
     * @param errorExtension extension of error objects
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static NamingConfig from(
            ReadableConfig config, String defaultExtension, String errorExtension) {
        return new NamingConfig(
                config.get(NamingOptions.STREAM_NAME),
                config.get(NamingOptions.STREAM_VERSION),
                config.get(NamingOptions.PREFIX),
                config.get(NamingOptions.ERROR_PREFIX),
                zone(config.get(NamingOptions.TIME_ZONE)),
                config.getOptional(NamingOptions.FILE_EXTENSION).orElse(defaultExtension),
                errorExtension);
    }

    /**
     * The time zone of that name.
     *
     * @throws IllegalArgumentException with a name that comes near, where there is none
     */
    public static ZoneId zone(String name) {
        if (name.equals("UTC") || ZoneId.getAvailableZoneIds().contains(name)) {
            return ZoneId.of(name);
        }
        throw new IllegalArgumentException(
                NamingOptions.TIME_ZONE.key()
                        + ": '"
                        + name
                        + "' is no time zone of the IANA data base, such as Asia/Tokyo"
                        + NearestName.hint(name, ZoneId.getAvailableZoneIds()));
    }

    private static void requireMatch(
            ConfigOption<String> option, String value, Pattern pattern, String allowed) {
        if (value == null) {
            throw new IllegalArgumentException(option.key() + " is required: " + allowed);
        }
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    option.key() + ": '" + value + "' is not allowed; " + allowed);
        }
    }

    private static void requireTemplate(ConfigOption<String> option, Runnable parse) {
        try {
            parse.run();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option.key() + ": " + e.getMessage(), e);
        }
    }
}
