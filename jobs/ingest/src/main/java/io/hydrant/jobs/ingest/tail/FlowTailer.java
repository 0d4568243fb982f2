package io.hydrant.jobs.ingest.tail;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Follows the files of a flow: looks at each when it is due, reads what was added, and looks at the
 * directory when something changed there.
 *
 * <p>What it needs of memory is one buffer, some hundred bytes for each file, and the files that
 * are kept open. Used by one thread.
 */
final class FlowTailer implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(FlowTailer.class);

    /** A record of several lines to which nothing was added for so long may end there. */
    private static final long QUIET_MILLIS = 1_000;

    /**
     * For so long a file may be written to again without another time of change: file systems keep
     * that time by their clock's ticks, some of them by two seconds.
     */
    private static final long SAME_TIME_MILLIS = 2_000;

    /** Of the time, what looking at the directory may take. */
    private static final int LISTING_SHARE = 10;

    /** How long an inode of a removed file is remembered; systems give it away at once. */
    private static final long FORMER_MILLIS = 24 * 3_600_000L;

    private static final int FORMER_MOST = 100_000;

    private final TailConfig config;
    private final String lineage;
    private final LongSupplier millis;
    private final Clock clock;
    private final TailCounters counters;
    private final WatchedDirectory directory;
    private final Chunk chunk;
    private final Map<String, Tail> tails = new HashMap<>();
    private final LinkedHashMap<String, FlowSplit.Former> former = new LinkedHashMap<>();
    private final PriorityQueue<Tail> queue =
            new PriorityQueue<>(Comparator.comparingLong(Tail::dueMillis));

    /** Those that are open, the one that was read longest ago first. */
    private final LinkedHashMap<Tail, Boolean> open = new LinkedHashMap<>(16, 0.75f, true);

    /** Since when a file that may be a copy is held back, by key. */
    private final Map<String, Long> heldSince = new HashMap<>();

    private boolean begun;
    private Tail current;
    private boolean refreshWanted = true;
    private long directoryChanged = -1;
    private long nextLook;
    private long nextRefresh;
    private long earliestRefresh;

    /**
     * Goes on from a state.
     *
     * @param millis a clock that only goes forward
     * @param clock the time of day
     */
    FlowTailer(
            TailConfig config,
            FlowSplit state,
            LongSupplier millis,
            Clock clock,
            TailCounters counters) {
        this.config = config;
        this.lineage = String.join("\n", state.lineage(), state.flow());
        this.millis = millis;
        this.clock = clock;
        this.counters = counters;
        this.directory = new WatchedDirectory(config.directory(), config.glob());
        this.chunk = new Chunk(config, lineage, counters);
        this.begun = state.begun();
        this.nextLook = millis.getAsLong();
        for (TrackedFile file : state.files()) {
            add(new Tail(file, nextLook));
        }
        state.former().entrySet().stream()
                .sorted(Comparator.comparingLong(each -> each.getValue().lastMillis()))
                .forEach(each -> former.put(each.getKey(), each.getValue()));
    }

    /** The next record, or null where there is none for {@link #waitMillis()}. */
    LogRecord next() throws IOException {
        while (true) {
            if (current != null) {
                LogRecord record = chunk.next();
                if (record != null) {
                    return record;
                }
                boolean more = chunk.finish();
                requeue(current, more);
                current = null;
            }
            long now = millis.getAsLong();
            if (now >= nextLook) {
                nextLook = now + config.pollMillis();
                if (isRefreshDue(now)) {
                    refresh(now);
                }
            }
            Tail due = queue.peek();
            if (due == null || due.dueMillis() > now) {
                return null;
            }
            queue.poll();
            if (!due.dropped()) {
                visit(due, now);
            }
        }
    }

    /** How long nothing needs to be done. */
    long waitMillis() {
        long next = queue.isEmpty() ? nextLook : Math.min(nextLook, queue.peek().dueMillis());
        return Math.max(0, next - millis.getAsLong());
    }

    /** How far everything was read, for a checkpoint. */
    FlowSplit snapshot(String flow, String splitLineage, long checkpoint) {
        if (config.recordStart() != null) {
            long quiet = millis.getAsLong() - QUIET_MILLIS;
            tails.values().forEach(tail -> tail.cutIfQuietSince(quiet, checkpoint));
        }
        List<TrackedFile> files = tails.values().stream().map(Tail::snapshot).toList();
        return new FlowSplit(flow, splitLineage, begun, files, former);
    }

    /** A checkpoint is complete. */
    void completed(long checkpoint) {
        for (Tail tail : tails.values()) {
            if (tail.confirmCut(checkpoint) && tail != current) {
                queue.remove(tail);
                requeue(tail, true);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Tail tail : List.copyOf(open.keySet())) {
            tail.close();
        }
        open.clear();
    }

    private void visit(Tail tail, long now) {
        if (tail.channel() == null && directory.size(tail.name()) == tail.seenSize()) {
            // As quiet as it was; not worth one of the open files.
            requeue(tail, false);
            return;
        }
        try {
            FileChannel channel = opened(tail);
            Chunk.Found found =
                    channel == null ? Chunk.Found.CHANGED : chunk.fill(tail, channel, now);
            switch (found) {
                case DATA -> current = tail;
                case NOTHING -> afterNothing(tail, now);
                case CHANGED -> {
                    refreshWanted = true;
                    tail.listed(null);
                    later(tail, now + config.pollMillis());
                }
            }
        } catch (IOException e) {
            failed(tail.name(), e);
            closeFile(tail);
            later(tail, now + PollPace.LONGEST_MILLIS);
        }
    }

    /** The open file, or null where it is not there under its name. */
    private FileChannel opened(Tail tail) throws IOException {
        if (tail.channel() != null) {
            open.get(tail);
            return tail.channel();
        }
        FileChannel channel = directory.open(tail.name(), tail.key());
        if (channel != null) {
            tail.opened(channel);
            open.put(tail, true);
            if (open.size() > config.openFiles()) {
                closeFile(open.keySet().iterator().next());
            }
        }
        return channel;
    }

    private void afterNothing(Tail tail, long now) {
        boolean over =
                tail.goneSinceMillis() >= 0
                        && now - tail.goneSinceMillis() >= config.refreshMillis();
        if (!over) {
            requeue(tail, false);
        } else if (tail.offset() < tail.seenSize() && !tail.ended()) {
            // Nobody can add the line feed that the last line lacks.
            tail.cutAt(tail.seenSize());
            later(tail, now);
        } else {
            drop(tail);
        }
    }

    private boolean isRefreshDue(long now) {
        return now >= earliestRefresh
                && (refreshWanted
                        || now >= nextRefresh
                        || directory.changedMillis() != directoryChanged);
    }

    private void refresh(long now) {
        refreshWanted = false;
        directoryChanged = directory.changedMillis();
        long unchangedSince = clock.millis() - SAME_TIME_MILLIS;
        List<ListedFile> listed;
        try {
            listed = directory.list();
        } catch (IOException | DirectoryIteratorException e) {
            failed("the directory", e);
            nextRefresh = now + config.refreshMillis();
            return;
        }
        Map<TrackedFile, Tail> bySnapshot = new IdentityHashMap<>();
        tails.values().forEach(tail -> bySnapshot.put(tail.snapshot(), tail));
        Rotation.Verdict verdict =
                Rotation.judge(
                        List.copyOf(bySnapshot.keySet()),
                        listed,
                        new FileContents(directory, tails),
                        file -> mayBeHeld(file, now));
        verdict.stays()
                .forEach(
                        (content, file) -> {
                            Tail tail = bySnapshot.get(content);
                            tail.renamed(file.name());
                            // Else another content of its size could hide behind its time.
                            tail.listed(file.changedMillis() < unchangedSince ? file : null);
                            tail.foundAgain();
                        });
        Set<String> keys = listed.stream().map(ListedFile::key).collect(Collectors.toSet());
        verdict.gone().forEach(content -> gone(bySnapshot.get(content), keys, now));
        // All leave their keys before any takes another one's.
        verdict.moved().keySet().forEach(content -> leaveKey(bySnapshot.get(content)));
        verdict.moved().forEach((content, file) -> moved(bySnapshot.get(content), file, now));
        verdict.fresh().forEach(file -> begin(file, now));
        heldSince.keySet().retainAll(verdict.held().stream().map(ListedFile::key).toList());
        begun = true;
        forgetFormer();
        counters.files = tails.size();
        counters.unreadBytes = unread(listed);
        long end = millis.getAsLong();
        earliestRefresh = end + (end - now) * LISTING_SHARE;
        nextRefresh =
                end
                        + (heldSince.isEmpty()
                                ? config.refreshMillis()
                                : Math.min(config.refreshMillis(), QUIET_MILLIS));
    }

    private boolean mayBeHeld(ListedFile file, long now) {
        return begun
                && now - heldSince.computeIfAbsent(file.key(), key -> now) < config.refreshMillis();
    }

    private void gone(Tail tail, Set<String> keys, long now) {
        if (keys.contains(tail.key())) {
            counters.replacedFiles++;
            drop(tail);
        } else if (tail.channel() == null) {
            counters.removedFiles++;
            drop(tail);
        } else if (tail.goneSinceMillis() < 0) {
            counters.removedFiles++;
            tail.goneAt(now);
        }
    }

    private void moved(Tail tail, ListedFile file, long now) {
        counters.copiedFiles++;
        queue.remove(tail);
        open.remove(tail);
        try {
            tail.movedTo(file);
        } catch (IOException e) {
            failed(file.name(), e);
        }
        tail.foundAgain();
        tails.put(file.key(), tail);
        later(tail, now);
    }

    /** Begins to read a file with a content that was never seen. */
    private void begin(ListedFile file, long now) {
        FlowSplit.Former before = former.remove(file.key());
        int generation = before == null ? 0 : before.generations();
        try (FileChannel channel = directory.open(file.name(), file.key())) {
            if (channel != null) {
                TrackedFile content =
                        StartPosition.of(
                                file, channel, generation, config, !begun && !config.fromStart());
                add(new Tail(content, now));
                return;
            }
        } catch (IOException e) {
            failed(file.name(), e);
        }
        if (before != null) {
            former.put(file.key(), before);
        }
    }

    private void add(Tail tail) {
        tails.put(tail.key(), tail);
        queue.add(tail);
    }

    private void drop(Tail tail) {
        leaveKey(tail);
        tail.dropped(true);
        closeFile(tail);
    }

    private void leaveKey(Tail tail) {
        tails.remove(tail.key(), tail);
        former.remove(tail.key());
        former.put(tail.key(), new FlowSplit.Former(tail.generation() + 1, clock.millis()));
    }

    private void forgetFormer() {
        long oldest = clock.millis() - FORMER_MILLIS;
        Iterator<FlowSplit.Former> eldest = former.values().iterator();
        while (eldest.hasNext()
                && (eldest.next().lastMillis() < oldest || former.size() > FORMER_MOST)) {
            eldest.remove();
        }
    }

    private long unread(List<ListedFile> listed) {
        long bytes = 0;
        for (ListedFile file : listed) {
            Tail tail = tails.get(file.key());
            if (tail != null && !tail.ended()) {
                bytes += Math.max(0, file.size() - tail.offset());
            }
        }
        return bytes;
    }

    private void requeue(Tail tail, boolean atOnce) {
        long now = millis.getAsLong();
        later(
                tail,
                atOnce ? now : now + PollPace.delay(now - tail.grownMillis(), config.pollMillis()));
    }

    private void later(Tail tail, long dueMillis) {
        tail.dueAt(dueMillis);
        queue.add(tail);
    }

    private void closeFile(Tail tail) {
        open.remove(tail);
        try {
            tail.close();
        } catch (IOException e) {
            failed(tail.name(), e);
        }
    }

    private void failed(String what, Exception e) {
        counters.failedReads++;
        LOG.warn("Cannot read {} of {}; trying again", what, config.directory(), e);
    }
}
