package io.hydrant.s3.archive;

import org.apache.flink.configuration.ReadableConfig;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What archive is read and how, resolved and validated once.
 *
 * @param bucket its bucket
 * @param prefix what the keys of its objects begin with, empty for all
 * @param format how records stand in the objects
 * @param maxRecordSize the largest record, bytes
 * @param unreadable what is done about damaged objects
 * @param timeZone zone of the times in the names of objects
 */
public record ArchiveConfig(
        String bucket,
        String prefix,
        ArchiveFormat format,
        int maxRecordSize,
        UnreadableObjects unreadable,
        ZoneId timeZone)
        implements Serializable {

    private static final long LARGEST_RECORD = 1024L * 1024 * 1024;
    private static final Pattern LOCATION =
            Pattern.compile("s3://([a-z0-9][a-z0-9.-]{2,62})(?:/(.*))?");

    /** Validates that nothing is missing. */
    public ArchiveConfig {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(unreadable, "unreadable");
        Objects.requireNonNull(timeZone, "timeZone");
    }

    /**
     * Reads {@link ArchiveOptions}.
     *
     * @param timeZone zone of the times in the names of objects
     * @return null where no archive is to be read
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public static ArchiveConfig from(ReadableConfig config, ZoneId timeZone) {
        String location = config.get(ArchiveOptions.LOCATION);
        if (location == null) {
            return null;
        }
        Matcher place = LOCATION.matcher(location);
        if (!place.matches()) {
            throw new IllegalArgumentException(
                    ArchiveOptions.LOCATION.key()
                            + " is '"
                            + location
                            + "'; it must look like s3://bucket/prefix/");
        }
        long maxRecordSize = config.get(ArchiveOptions.MAX_RECORD_SIZE).getBytes();
        if (maxRecordSize < 1 || maxRecordSize > LARGEST_RECORD) {
            throw new IllegalArgumentException(
                    ArchiveOptions.MAX_RECORD_SIZE.key()
                            + " is "
                            + maxRecordSize
                            + " bytes; it must be from 1 to "
                            + LARGEST_RECORD);
        }
        return new ArchiveConfig(
                place.group(1),
                place.group(2) == null ? "" : place.group(2),
                config.get(ArchiveOptions.FORMAT),
                (int) maxRecordSize,
                config.get(ArchiveOptions.UNREADABLE),
                timeZone);
    }

    /** What envelopes call the stream: the bucket's address. Their shard is the object's key. */
    public String stream() {
        return "s3://" + bucket;
    }
}
