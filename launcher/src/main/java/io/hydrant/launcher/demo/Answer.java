package io.hydrant.launcher.demo;

import java.util.List;
import java.util.Locale;

/**
 * The answers of {@code ./hydrant demo --sql}: the tables of {@code sql/scripts/demo}, whose first
 * column tells their rows apart and orders them.
 */
enum Answer {
    BUSIEST_AIRPORTS("Airports flown to most", "place", "airport", "flights"),
    LATEST_CARRIERS("Airlines that leave latest", "place", "carrier", "flights", "minutes_late"),
    DEPARTURES_BY_DAY("Departures by day", "flown_on", "departed", "cancelled");

    private final String title;
    private final List<String> columns;

    Answer(String title, String... columns) {
        this.title = title;
        this.columns = List.of(columns);
    }

    String title() {
        return title;
    }

    /** Its table in SQL. */
    String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The stream behind the table. */
    String stream() {
        return "hydrant-demo-" + table().replace('_', '-');
    }

    List<String> columns() {
        return columns;
    }
}
