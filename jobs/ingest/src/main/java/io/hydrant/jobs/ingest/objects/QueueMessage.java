package io.hydrant.jobs.ingest.objects;

import java.util.Objects;

/**
 * A message as it was received.
 *
 * @param id the same whenever it is received
 * @param handle by which it is deleted; another one each time
 * @param body what it says
 */
record QueueMessage(String id, String handle, String body) {

    /** Validates that nothing is missing. */
    QueueMessage {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(handle, "handle");
        Objects.requireNonNull(body, "body");
    }
}
