package io.hydrant.kinesis.stream;

import java.io.Serializable;

/** Opens the directory of streams wherever a job is coordinated. */
@FunctionalInterface
public interface StreamDirectoryFactory extends Serializable {

    /** A connection of its own, which the caller closes. */
    StreamDirectory open();
}
