package io.hydrant.localstack.harness.data;

import java.io.IOException;
import java.time.Instant;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One row of the table {@code flights}, as the package has it.
 *
 * @param values its columns, in the order of {@link #COLUMNS}
 * @param eventTime the scheduled departure: {@code time_hour} is its hour in UTC, {@code minute}
 *     the minute; the other columns are local times without a zone
 */
record FlightRow(List<String> values, Instant eventTime) {

    static final Comparator<FlightRow> BY_SCHEDULED_DEPARTURE =
            Comparator.comparing(FlightRow::eventTime).thenComparing(FlightRow::id);

    private static final List<String> COLUMNS =
            List.of(
                    "year",
                    "month",
                    "day",
                    "dep_time",
                    "sched_dep_time",
                    "dep_delay",
                    "arr_time",
                    "sched_arr_time",
                    "arr_delay",
                    "carrier",
                    "flight",
                    "tailnum",
                    "origin",
                    "dest",
                    "air_time",
                    "distance",
                    "hour",
                    "minute",
                    "time_hour");

    private static final Set<String> TEXTS =
            Set.of("carrier", "tailnum", "origin", "dest", "time_hour");

    private static final String MISSING = "NA";
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern TEXT = Pattern.compile("[0-9A-Za-z:-]+");

    static void requireHeader(String line) throws IOException {
        if (!String.join(",", COLUMNS).equals(line)) {
            throw new IOException("Not the columns of flights: " + line);
        }
    }

    static FlightRow parse(String line) throws IOException {
        List<String> values = List.of(line.split(",", -1));
        if (values.size() != COLUMNS.size()) {
            throw new IOException("Not " + COLUMNS.size() + " columns: " + line);
        }
        for (int i = 0; i < COLUMNS.size(); i++) {
            String value = values.get(i);
            // What passes here needs no escaping in JSON.
            if (!value.equals(MISSING)
                    && !(TEXTS.contains(COLUMNS.get(i)) ? TEXT : NUMBER).matcher(value).matches()) {
                throw new IOException("Column " + COLUMNS.get(i) + " is " + value + ": " + line);
            }
        }
        Instant hour = Instant.parse(values.get(COLUMNS.indexOf("time_hour")));
        long minute = Long.parseLong(values.get(COLUMNS.indexOf("minute")));
        return new FlightRow(values, hour.plus(minute, ChronoUnit.MINUTES));
    }

    Month month() {
        return Month.of(Integer.parseInt(value("month")));
    }

    /** A carrier uses a flight number more than once a day, but not from the same airport. */
    String id() {
        return "%s-%02d-%02d/%s/%s/%s"
                .formatted(
                        value("year"),
                        Integer.parseInt(value("month")),
                        Integer.parseInt(value("day")),
                        value("carrier"),
                        value("flight"),
                        value("origin"));
    }

    void appendTo(Appendable json) throws IOException {
        json.append("{\"").append(Flight.ID_FIELD).append("\":\"").append(id());
        json.append("\",\"").append(Flight.EVENT_TIME_FIELD).append("\":\"");
        json.append(eventTime.toString()).append('"');
        for (int i = 0; i < COLUMNS.size(); i++) {
            json.append(",\"").append(COLUMNS.get(i)).append("\":");
            String value = values.get(i);
            if (value.equals(MISSING)) {
                json.append("null");
            } else if (TEXTS.contains(COLUMNS.get(i))) {
                json.append('"').append(value).append('"');
            } else {
                json.append(value);
            }
        }
        json.append('}');
    }

    private String value(String column) {
        return values.get(COLUMNS.indexOf(column));
    }
}
