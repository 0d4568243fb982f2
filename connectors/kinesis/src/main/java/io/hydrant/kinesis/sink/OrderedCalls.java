package io.hydrant.kinesis.sink;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Divides a batch into calls, one after the other, so that the records of a partition key land in
 * their order: a key is in a call once at the most, because the service may take the records of a
 * call in any order, and once one of its records has failed, those behind it are held back.
 */
final class OrderedCalls {

    private final List<PutEntry> batch;
    private final Set<String> failedKeys = new HashSet<>();
    private final List<PackedEntry> heldBack = new ArrayList<>();
    private List<PackedEntry> rest;

    /**
     * Calls for a batch.
     *
     * @param packed what the batch was packed into; user records of a key in their order
     */
    OrderedCalls(List<PackedEntry> packed, List<PutEntry> batch) {
        this.rest = packed;
        this.batch = batch;
    }

    /** The records of the next call; empty when there is nothing left to put. */
    List<PackedEntry> next() {
        List<PackedEntry> call = new ArrayList<>();
        List<PackedEntry> later = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        long bytes = 0;
        for (PackedEntry entry : rest) {
            if (hasKeyIn(entry, failedKeys)) {
                // Its other keys must not overtake it, either.
                failed(entry);
                heldBack.add(entry);
                continue;
            }
            int size = entry.entry().sizeBytes();
            boolean fits =
                    call.isEmpty()
                            || (call.size() < PutLimits.CALL_RECORDS
                                    && bytes + size <= PutLimits.CALL_BYTES);
            if (fits && !hasKeyIn(entry, taken)) {
                call.add(entry);
                bytes += size;
            } else {
                later.add(entry);
            }
            for (int member : entry.members()) {
                taken.add(batch.get(member).partitionKey());
            }
        }
        rest = later;
        return call;
    }

    /** A record of the last call has to be put again. */
    void failed(PackedEntry entry) {
        for (int member : entry.members()) {
            failedKeys.add(batch.get(member).partitionKey());
        }
    }

    /** What must not be put before the failed ones are. */
    List<PackedEntry> heldBack() {
        return heldBack;
    }

    private boolean hasKeyIn(PackedEntry entry, Set<String> keys) {
        if (keys.isEmpty()) {
            return false;
        }
        for (int member : entry.members()) {
            if (keys.contains(batch.get(member).partitionKey())) {
                return true;
            }
        }
        return false;
    }
}
