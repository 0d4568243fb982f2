package io.hydrant.jobs.delivery;

import java.nio.file.Path;

/** The examples that a user is given, seen from this module. */
final class Examples {

    static final Path FOLDER = Path.of("..", "..", "examples");

    static final String FLIGHTS = FOLDER.resolve("flights.json").toString();

    private Examples() {}
}
