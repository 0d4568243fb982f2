package io.hydrant.kinesis.sink;

import java.util.ArrayList;
import java.util.List;

/** A record that was given and not yet taken. Owned by one thread at a time. */
class PendingEntry {

    final PutEntry entry;

    /** Its place among all that were given. */
    final long number;

    /** When it was given, or when it may be put again, as {@link System#nanoTime}. */
    long nanos;

    /** Times that it was put in vain. */
    int rounds;

    /** Those of them that throttling does not explain. */
    int failures;

    PendingEntry(PutEntry entry, long number, long nanos) {
        this.entry = entry;
        this.number = number;
        this.nanos = nanos;
    }

    /** What was given, of each. */
    static List<PutEntry> entries(List<? extends PendingEntry> members) {
        List<PutEntry> entries = new ArrayList<>(members.size());
        for (PendingEntry member : members) {
            entries.add(member.entry);
        }
        return entries;
    }
}
