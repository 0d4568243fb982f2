package io.hydrant.kinesis.sink;

import java.io.Serializable;

/** Opens the API to put with wherever a task runs. */
@FunctionalInterface
public interface PutApiFactory extends Serializable {

    /** A connection of its own, which the caller closes. */
    PutApi open();
}
