package io.hydrant.localstack.harness.data;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One flight as a line of JSON, with what a replay needs to know of it.
 *
 * <p>A line looks like this, without the line breaks; what is not known is null:
 *
 * <pre>{@code
 * {"id":"2013-01-01/UA/1545/EWR","event_time":"2013-01-01T10:15:00Z",
 *  "year":2013,"month":1,"day":1,"dep_time":517,"sched_dep_time":515,"dep_delay":2,
 *  "arr_time":830,"sched_arr_time":819,"arr_delay":11,"carrier":"UA","flight":1545,
 *  "tailnum":"N14228","origin":"EWR","dest":"IAH","air_time":227,"distance":1400,
 *  "hour":5,"minute":15,"time_hour":"2013-01-01T10:00:00Z"}
 * }</pre>
 */
public final class Flight {

    static final String ID_FIELD = "id";
    static final String EVENT_TIME_FIELD = "event_time";

    private static final String BEFORE_ID = "{\"" + ID_FIELD + "\":\"";
    private static final String BEFORE_EVENT_TIME = "\",\"" + EVENT_TIME_FIELD + "\":\"";

    private final String id;
    private final Instant eventTime;
    private final byte[] json;

    private Flight(String id, Instant eventTime, byte[] json) {
        this.id = id;
        this.eventTime = eventTime;
        this.json = json;
    }

    /** Reads a line that {@link FlightArchive} wrote; the two fields come first there. */
    static Flight parse(String line) {
        int endOfId = line.indexOf('"', BEFORE_ID.length());
        int eventTime = endOfId + BEFORE_EVENT_TIME.length();
        int endOfEventTime = line.indexOf('"', eventTime);
        if (!line.startsWith(BEFORE_ID)
                || !line.startsWith(BEFORE_EVENT_TIME, endOfId)
                || endOfEventTime < 0) {
            throw new IllegalArgumentException("Not a line of flights: " + line);
        }
        return new Flight(
                line.substring(BEFORE_ID.length(), endOfId),
                Instant.parse(line.substring(eventTime, endOfEventTime)),
                line.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * What tells this flight from all others, the same in every replay.
     *
     * @return date in New York, carrier, flight number and origin
     */
    public String id() {
        return id;
    }

    /**
     * When it was to leave, which is the time that the flights are sorted by.
     *
     * @return the scheduled departure
     */
    public Instant eventTime() {
        return eventTime;
    }

    /**
     * The line.
     *
     * @return about 360 bytes of JSON, pure ASCII, without a line end; not a copy, so not to be
     *     changed
     */
    public byte[] json() {
        return json;
    }

    @Override
    public String toString() {
        return new String(json, StandardCharsets.US_ASCII);
    }
}
