package io.hydrant.localstack.bench.cases;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A transform in SQL that reads every field of a flight, writes all of them, and adds one. */
final class FlightSelect {

    /** Times stay the texts that they are: a transform has no reason to read them. */
    static final String COLUMNS = FlightRows.COLUMNS.replace("timestamp", "string");

    static final String QUERY =
            Arrays.stream(COLUMNS.substring("struct<".length(), COLUMNS.length() - 1).split(","))
                    .map(column -> '"' + column.substring(0, column.indexOf(':')) + '"')
                    .collect(
                            Collectors.joining(
                                    ", ",
                                    "SELECT ",
                                    ", dep_delay * 60 AS dep_delay_s FROM records"));

    private FlightSelect() {}
}
