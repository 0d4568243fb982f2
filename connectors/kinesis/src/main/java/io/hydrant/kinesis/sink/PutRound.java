package io.hydrant.kinesis.sink;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What became of a batch that was put once.
 *
 * @param again places of the user records that have to be put again
 * @param throttledOnly whether nothing but throttling is the reason for that
 * @param reason why the last of them has to be put again, or null where none has
 * @param fatal why putting must end, or null; then the rest says nothing
 */
record PutRound(BitSet again, boolean throttledOnly, String reason, RuntimeException fatal) {

    static PutRound fatal(RuntimeException cause) {
        return new PutRound(new BitSet(), false, cause.getMessage(), cause);
    }

    boolean isComplete() {
        return fatal == null && again.isEmpty();
    }

    /** The members of the batch that have to be put again, in their order. */
    <T> List<T> again(List<T> batch) {
        List<T> members = new ArrayList<>(again.cardinality());
        for (int i = again.nextSetBit(0); i >= 0; i = again.nextSetBit(i + 1)) {
            members.add(batch.get(i));
        }
        return members;
    }
}
