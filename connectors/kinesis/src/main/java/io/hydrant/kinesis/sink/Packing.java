package io.hydrant.kinesis.sink;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes records to put out of user records.
 *
 * <p>Thread-safe.
 */
interface Packing {

    /** Every user record for itself. */
    Packing PLAIN =
            new Packing() {
                @Override
                public List<PackedEntry> pack(List<PutEntry> batch) {
                    List<PackedEntry> packed = new ArrayList<>(batch.size());
                    for (int i = 0; i < batch.size(); i++) {
                        packed.add(new PackedEntry(batch.get(i), new int[] {i}, null));
                    }
                    return packed;
                }

                @Override
                public boolean readable(
                        PackedEntry packed, List<PutEntry> batch, String landedInShard) {
                    return true;
                }
            };

    /** Packs a whole batch; each user record is in exactly one of the results. */
    List<PackedEntry> pack(List<PutEntry> batch);

    /**
     * Whether every reader finds all user records of a record that was taken.
     *
     * @param batch what {@link #pack} was given
     * @param landedInShard shard that the service put it into
     */
    boolean readable(PackedEntry packed, List<PutEntry> batch, String landedInShard);
}
