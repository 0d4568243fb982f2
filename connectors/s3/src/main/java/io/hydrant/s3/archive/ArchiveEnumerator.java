package io.hydrant.s3.archive;

import io.hydrant.s3.store.ListedObject;
import io.hydrant.s3.store.ObjectPage;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;

import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lists an archive page by page, and hands its objects to whichever reader asks. */
final class ArchiveEnumerator implements SplitEnumerator<ArchiveSplit, ArchiveEnumeratorState> {

    private final SplitEnumeratorContext<ArchiveSplit> context;
    private final ArchiveConfig config;
    private final ObjectStore store;
    private final S3Calls calls;
    private final Deque<ArchiveSplit> waiting;
    private final Set<Integer> asking = new LinkedHashSet<>();
    private String listedUpTo;
    private boolean allListed;
    private boolean listing;

    /**
     * An enumerator that closes the store.
     *
     * @param state where an earlier one was, null to begin
     */
    ArchiveEnumerator(
            SplitEnumeratorContext<ArchiveSplit> context,
            ArchiveConfig config,
            ObjectStore store,
            S3Calls calls,
            ArchiveEnumeratorState state) {
        this.context = context;
        this.config = config;
        this.store = store;
        this.calls = calls;
        this.waiting = new ArrayDeque<>(state == null ? List.of() : state.waiting());
        this.listedUpTo = state == null ? null : state.listedUpTo();
        this.allListed = state != null && state.allListed();
    }

    @Override
    public void start() {
        assign();
    }

    @Override
    public void handleSplitRequest(int subtask, String requesterHostname) {
        asking.add(subtask);
        assign();
    }

    @Override
    public void addSplitsBack(List<ArchiveSplit> splits, int subtask) {
        for (int i = splits.size() - 1; i >= 0; i--) {
            waiting.addFirst(splits.get(i));
        }
        assign();
    }

    @Override
    public void addReader(int subtask) {
        // It asks when it is ready.
    }

    private void assign() {
        asking.retainAll(context.registeredReaders().keySet());
        for (Iterator<Integer> readers = asking.iterator();
                readers.hasNext() && !waiting.isEmpty(); ) {
            context.assignSplit(waiting.removeFirst(), readers.next());
            readers.remove();
        }
        if (!waiting.isEmpty()) {
            return;
        }
        if (allListed) {
            asking.forEach(context::signalNoMoreSplits);
            asking.clear();
        } else if (!listing) {
            listing = true;
            String after = listedUpTo;
            context.callAsync(() -> page(after), this::take);
        }
    }

    private ObjectPage page(String after) throws Exception {
        return calls.call(
                S3Action.LIST,
                config.bucket(),
                config.prefix(),
                () -> store.list(config.bucket(), config.prefix(), after));
    }

    private void take(ObjectPage page, Throwable failure) {
        listing = false;
        if (failure != null) {
            throw new FlinkRuntimeException("The archive cannot be listed", failure);
        }
        for (ListedObject object : page.objects()) {
            listedUpTo = object.key();
            // A key that ends with a slash is a folder of the console's.
            if (object.length() > 0) {
                waiting.add(new ArchiveSplit(object.key(), object.lastModifiedMillis(), 0));
            }
        }
        allListed = page.isLast();
        assign();
    }

    @Override
    public ArchiveEnumeratorState snapshotState(long checkpointId) {
        return new ArchiveEnumeratorState(new ArrayList<>(waiting), listedUpTo, allListed);
    }

    @Override
    public void close() {
        store.close();
    }
}
