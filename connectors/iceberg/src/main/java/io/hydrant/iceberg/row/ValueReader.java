package io.hydrant.iceberg.row;

import com.fasterxml.jackson.databind.JsonNode;

/** Makes a value of a column out of a JSON value that is not null. */
@FunctionalInterface
interface ValueReader {

    /** The value in Flink's internal form. */
    Object read(JsonNode value) throws MisfitException;
}
