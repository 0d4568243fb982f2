package io.hydrant.s3.archive;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the arrival of an object's oldest record out of its name, where Firehose or Hydrant gave
 * it.
 *
 * <p>Source: Firehose developer guide, "Configure Amazon S3 object name format".
 */
final class ArrivalInName {

    private static final Pattern SUFFIX =
            Pattern.compile(
                    "-(\\d{4})-(\\d{2})-(\\d{2})-(\\d{2})-(\\d{2})-(\\d{2})-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private ArrivalInName() {}

    /**
     * The arrival, milliseconds since the epoch.
     *
     * @param otherwise what it is where the name does not say
     */
    static long of(String key, ZoneId zone, long otherwise) {
        Matcher time = SUFFIX.matcher(key.substring(key.lastIndexOf('/') + 1));
        if (!time.find()) {
            return otherwise;
        }
        int[] fields = new int[6];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = Integer.parseInt(time.group(i + 1));
        }
        try {
            return LocalDateTime.of(
                            fields[0], fields[1], fields[2], fields[3], fields[4], fields[5])
                    .atZone(zone)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
