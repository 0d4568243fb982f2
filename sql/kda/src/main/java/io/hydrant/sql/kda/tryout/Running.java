package io.hydrant.sql.kda.tryout;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a run in this JVM reads and has written; tasks find it by the run's id. */
final class Running {

    private static final Map<String, Running> ALL = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final List<Event> events;
    private final ConcurrentLinkedQueue<OutputRow> rows = new ConcurrentLinkedQueue<>();

    private Running(List<Event> events) {
        this.events = events;
    }

    static Running begin(List<Event> events) {
        Running running = new Running(events);
        ALL.put(running.id, running);
        return running;
    }

    static Running of(String id) {
        return ALL.get(id);
    }

    void end() {
        ALL.remove(id);
    }

    String id() {
        return id;
    }

    List<Event> events() {
        return events;
    }

    Event event(long index) {
        return events.get((int) index);
    }

    ConcurrentLinkedQueue<OutputRow> rows() {
        return rows;
    }
}
