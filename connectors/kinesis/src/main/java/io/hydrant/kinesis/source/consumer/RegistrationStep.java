package io.hydrant.kinesis.source.consumer;

import io.hydrant.kinesis.source.ConsumerLifecycle;
import io.hydrant.kinesis.stream.StreamConsumer;

/** What to do next to have an active consumer. */
enum RegistrationStep {
    /** Use it. */
    USE,
    /** Look at it again later. */
    WAIT,
    /** Register it. */
    REGISTER,
    /** Give up, because whoever has to register it has not. */
    MISSING;

    /**
     * Judges what a stream says of a consumer.
     *
     * @param found null where the stream has none of that name
     */
    static RegistrationStep of(ConsumerLifecycle lifecycle, StreamConsumer found) {
        if (found == null) {
            return lifecycle == ConsumerLifecycle.JOB_MANAGED ? REGISTER : MISSING;
        }
        return switch (found.status()) {
            case ACTIVE -> USE;
            case CREATING -> WAIT;
            // The name becomes free, which for one that the job does not manage is no way out.
            case DELETING -> lifecycle == ConsumerLifecycle.JOB_MANAGED ? WAIT : MISSING;
        };
    }
}
