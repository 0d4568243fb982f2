package io.hydrant.kinesis.stream;

import java.io.Serializable;

/** Opens the API of a stream's consumers wherever a job is coordinated. */
@FunctionalInterface
public interface ConsumerApiFactory extends Serializable {

    /** A connection of its own, which the caller closes. */
    ConsumerApi open();
}
