package io.hydrant.s3.sink;

import io.hydrant.delivery.deadletter.ErrorOutputType;

import java.util.Objects;

/**
 * Which records share an open object.
 *
 * @param error kind of error output, null for data
 * @param prefix what is common to the records' keys, empty where their object decides
 * @param partition what the records' partitioning keys made of the prefix; names the object,
 *     whatever the configuration has become by then; of errors, the prefix that they have for
 *     themselves; empty where there are none
 */
record Group(ErrorOutputType error, String prefix, String partition) {

    /** All data in one object at a time. */
    static final Group DATA = new Group(null, "", "");

    Group {
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(partition, "partition");
    }

    static Group ofData(String prefix) {
        return new Group(null, prefix, "");
    }

    static Group ofPartition(String partition) {
        return new Group(null, "", partition);
    }

    /**
     * Errors of a kind.
     *
     * @param errorPrefix the error prefix that they have for themselves, else empty
     */
    static Group ofError(ErrorOutputType error, String errorPrefix) {
        return new Group(Objects.requireNonNull(error, "error"), "", errorPrefix);
    }
}
