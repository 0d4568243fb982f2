package io.hydrant.kinesis.stream;

import software.amazon.awssdk.http.SdkHttpResponse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Reads the time that a service writes on its answers. */
public final class ServiceClock {

    private ServiceClock() {}

    /** When the service answered, to the second, rounded down; null where it did not say. */
    public static Instant timeOf(SdkHttpResponse response) {
        try {
            return response.firstMatchingHeader("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
                    .map(ZonedDateTime::toInstant)
                    .orElse(null);
        } catch (DateTimeException e) {
            // A server whose clock cannot be read is a server that does not tell the time.
            return null;
        }
    }
}
