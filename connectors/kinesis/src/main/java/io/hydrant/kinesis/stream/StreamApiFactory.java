package io.hydrant.kinesis.stream;

import java.io.Serializable;

/** Opens the API of a stream wherever a task runs. */
@FunctionalInterface
public interface StreamApiFactory extends Serializable {

    /** A connection of its own, which the caller closes. */
    StreamApi open();
}
