package io.hydrant.kinesis.stream;

import java.io.Serializable;

/** Opens the API of subscriptions wherever a task runs. */
@FunctionalInterface
public interface FanOutApiFactory extends Serializable {

    /** A connection of its own, which the caller closes. */
    FanOutApi open();
}
