package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.ObjectBuffer;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects of one subtask that still take records, one per group, in the order of their opening.
 * All have the same interval hint, so that is also the order in which they become due.
 */
final class OpenObjects {

    private final Map<Group, OpenObject> byGroup = new LinkedHashMap<>();

    /** Changed by the subtask's thread, read by reporters. */
    private volatile int partitions;

    OpenObject get(Group group) {
        return byGroup.get(group);
    }

    /**
     * Opens an object.
     *
     * @param buffer for its content, empty
     * @param rows its rows, null where records stay what they are
     */
    OpenObject open(Group group, ObjectBuffer buffer, RowLog rows, long nowMillis) {
        OpenObject object = new OpenObject(group, buffer, rows, nowMillis);
        byGroup.put(group, object);
        count(group, 1);
        return object;
    }

    /**
     * Takes objects over from checkpoints, before any record comes. Where rescaling brought several
     * of one group together, the one opened first goes on.
     *
     * @return those that found their group taken
     */
    List<OpenObject> restore(Collection<OpenObject> objects) {
        return objects.stream()
                .sorted(Comparator.comparingLong(object -> object.openedAtMillis))
                .filter(object -> !take(object))
                .toList();
    }

    private boolean take(OpenObject object) {
        boolean isFree = byGroup.putIfAbsent(object.group, object) == null;
        if (isFree) {
            count(object.group, 1);
        }
        return isFree;
    }

    void remove(OpenObject object) {
        if (byGroup.remove(object.group, object)) {
            count(object.group, -1);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void count(Group group, int change) {
        if (!group.partition().isEmpty()) {
            partitions += change;
        }
    }

    /** Partitions that have an open object. */
    int partitions() {
        return partitions;
    }

    /** The object that has been open longest, or null. */
    OpenObject oldest() {
        Iterator<OpenObject> inOrder = byGroup.values().iterator();
        return inOrder.hasNext() ? inOrder.next() : null;
    }

    Collection<OpenObject> all() {
        return Collections.unmodifiableCollection(byGroup.values());
    }

    int count() {
        return byGroup.size();
    }
}
