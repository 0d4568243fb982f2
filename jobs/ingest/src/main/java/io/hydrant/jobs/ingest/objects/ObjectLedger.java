package io.hydrant.jobs.ingest.objects;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Knows which message speaks of which objects, what became of those, and with that which messages
 * may be deleted: one all of whose objects were read to their ends by a completed checkpoint.
 *
 * <p>An object of which several messages speak is read once, and so is one of which another message
 * speaks later, as long as it is remembered: the ledger remembers the last so many that were read.
 * Not thread-safe.
 */
final class ObjectLedger {

    private final int remembered;

    /** Ids of objects that were read, the oldest first. */
    private final LinkedHashSet<String> done = new LinkedHashSet<>();

    /** Ids of objects that are being read, or will be. */
    private final Set<String> open = new HashSet<>();

    /** By message, what it waits for. */
    private final Map<String, Waiting> messages = new LinkedHashMap<>();

    private long duplicates;

    /** What a message waits for, and how it is deleted. */
    private static final class Waiting {
        private String handle;
        private final Set<String> objects = new HashSet<>();
        private boolean stays;
    }

    /** An empty ledger that remembers so many objects. */
    ObjectLedger(int remembered) {
        this.remembered = remembered;
    }

    /** A ledger with what another one knew. */
    ObjectLedger(int remembered, Collection<String> done, Collection<String> open) {
        this(remembered);
        this.done.addAll(done);
        this.open.addAll(open);
    }

    /**
     * What a message asks for.
     *
     * @param fresh objects that nobody reads yet
     * @param isDone whether nothing of the message is left, so that it may be deleted
     */
    record Accepted(List<ArrivedObject> fresh, boolean isDone) {}

    /** Takes note of a message; one that was received before has another handle now. */
    Accepted accept(QueueMessage message, List<ArrivedObject> objects) {
        List<ArrivedObject> fresh = new ArrayList<>();
        Waiting waiting = messages.computeIfAbsent(message.id(), id -> new Waiting());
        boolean isKnown = waiting.handle != null;
        waiting.handle = message.handle();
        waiting.stays = false;
        for (ArrivedObject object : objects) {
            String id = object.id();
            if (done.contains(id)) {
                duplicates += isKnown ? 0 : 1;
            } else {
                waiting.objects.add(id);
                if (open.add(id)) {
                    fresh.add(object);
                } else {
                    duplicates += isKnown ? 0 : 1;
                }
            }
        }
        if (waiting.objects.isEmpty()) {
            messages.remove(message.id());
            return new Accepted(fresh, true);
        }
        return new Accepted(fresh, false);
    }

    /**
     * Takes note of an object that a completed checkpoint has as read.
     *
     * @return the handles of messages for which nothing is left
     */
    List<String> read(String id) {
        open.remove(id);
        done.add(id);
        while (done.size() > remembered) {
            done.remove(done.iterator().next());
        }
        return finished(id, false);
    }

    /**
     * Takes note of an object that could not be read.
     *
     * @param stays whether its messages stay in the queue, which then shows them again or gives
     *     them to its dead-letter queue
     * @return the handles of messages for which nothing is left
     */
    List<String> unreadable(String id, boolean stays) {
        open.remove(id);
        return finished(id, stays);
    }

    private List<String> finished(String id, boolean stays) {
        List<String> handles = new ArrayList<>();
        messages.values()
                .removeIf(
                        message -> {
                            if (!message.objects.remove(id)) {
                                return false;
                            }
                            message.stays |= stays;
                            if (!message.objects.isEmpty()) {
                                return false;
                            }
                            if (!message.stays) {
                                handles.add(message.handle);
                            }
                            return true;
                        });
        return handles;
    }

    /** The handles of the messages whose objects are not all finished. */
    List<String> held() {
        return messages.values().stream().map(message -> message.handle).toList();
    }

    /** How many objects are being read, or will be. */
    int openObjects() {
        return open.size();
    }

    /** How many arrivals other messages had said already. */
    long duplicates() {
        return duplicates;
    }

    /** Ids of objects that were read, the oldest first. */
    List<String> done() {
        return List.copyOf(done);
    }

    /** Ids of objects that are being read, or will be. */
    List<String> open() {
        return List.copyOf(open);
    }
}
