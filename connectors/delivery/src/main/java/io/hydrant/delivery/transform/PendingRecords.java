package io.hydrant.delivery.transform;

import java.util.List;

/**
 * All records of a task that wait for their transform, in their order. One element of the state, so
 * that they stay together and in order wherever they are restored.
 */
record PendingRecords(List<PendingRecord> records) {

    PendingRecords {
        records = List.copyOf(records);
    }
}
