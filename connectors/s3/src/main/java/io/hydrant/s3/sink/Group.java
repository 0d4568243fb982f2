package io.hydrant.s3.sink;

import io.hydrant.delivery.deadletter.ErrorOutputType;

import java.util.Objects;

/**
 * Which records share an open object.
 *
 * @param error kind of error output, null for data
 * @param prefix what is common to the records' keys, empty where their object decides
 */
record Group(ErrorOutputType error, String prefix) {

    /** All data in one object at a time. */
    static final Group DATA = new Group(null, "");

    Group {
        Objects.requireNonNull(prefix, "prefix");
    }

    static Group ofData(String prefix) {
        return new Group(null, prefix);
    }

    static Group ofError(ErrorOutputType error) {
        return new Group(Objects.requireNonNull(error, "error"), "");
    }
}
