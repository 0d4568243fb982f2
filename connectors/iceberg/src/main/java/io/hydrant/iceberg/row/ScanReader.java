package io.hydrant.iceberg.row;

import io.hydrant.delivery.json.JsonScan;

/** Makes a value of a column out of JSON as it is scanned, which is not null. */
@FunctionalInterface
interface ScanReader {

    /** The value in Flink's internal form; null where it takes the tree to read or refuse it. */
    Object scan(JsonScan json);
}
