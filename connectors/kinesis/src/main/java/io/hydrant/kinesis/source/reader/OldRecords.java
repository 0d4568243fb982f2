package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.stream.Position;

import java.util.List;

/**
 * The rule by which records that a shard returns a second time are left out: sequence numbers grow
 * in a shard, so one that is not behind the position was emitted before. Servers have been seen to
 * return such records after a failure of theirs, or behind an iterator that was used twice.
 */
final class OldRecords {

    private OldRecords() {}

    /**
     * The records of a page from the position on.
     *
     * @param page in the order of the shard
     * @param position what was read last; its own record stays where only part of it was emitted
     */
    static List<Envelope> without(List<Envelope> page, Position position) {
        if (!(position instanceof Position.Behind behind)) {
            return page;
        }
        boolean whole = behind.subSequence() == ShardCursor.WHOLE_RECORD;
        int old = 0;
        while (old < page.size() && isOld(page.get(old).sequence(), behind.sequence(), whole)) {
            old++;
        }
        return old == 0 ? page : page.subList(old, page.size());
    }

    /** Whether the first of two sequence numbers is the smaller one. */
    static boolean isBefore(String sequence, String other) {
        return compare(sequence, other) < 0;
    }

    private static boolean isOld(String sequence, String last, boolean whole) {
        int order = compare(sequence, last);
        return order < 0 || (whole && order == 0);
    }

    /** Sequence numbers are decimal and have no leading zeros. */
    private static int compare(String sequence, String other) {
        int byLength = Integer.compare(sequence.length(), other.length());
        return byLength != 0 ? byLength : sequence.compareTo(other);
    }
}
