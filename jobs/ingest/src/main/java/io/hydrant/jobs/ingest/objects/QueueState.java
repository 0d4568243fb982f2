package io.hydrant.jobs.ingest.objects;

import java.util.List;

/**
 * What the enumerator knows.
 *
 * @param pending objects that no reader has
 * @param done ids of objects that were read, the oldest first
 * @param open ids of objects that are being read, or will be
 */
public record QueueState(List<ObjectSplit> pending, List<String> done, List<String> open) {

    /** Copies the lists. */
    public QueueState {
        pending = List.copyOf(pending);
        done = List.copyOf(done);
        open = List.copyOf(open);
    }
}
