package io.hydrant.jobs.ingest.objects;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A queue that gives what a test puts into it, once, and remembers what was asked of it. */
final class FakeQueue implements QueueApi {

    final List<QueueMessage> messages = new ArrayList<>();
    final List<String> deleted = new ArrayList<>();
    final List<String> hidden = new ArrayList<>();
    int received;
    IOException failure;
    RuntimeException refusal;

    @Override
    public List<QueueMessage> receive(int hiddenSeconds, int waitSeconds) throws IOException {
        fail();
        received++;
        List<QueueMessage> given = List.copyOf(messages);
        messages.clear();
        return given;
    }

    @Override
    public void delete(Collection<String> handles) throws IOException {
        fail();
        deleted.addAll(handles);
    }

    @Override
    public void hide(Collection<String> handles, int seconds) throws IOException {
        fail();
        hidden.addAll(handles);
    }

    private void fail() throws IOException {
        if (refusal != null) {
            throw refusal;
        }
        if (failure != null) {
            IOException now = failure;
            failure = null;
            throw now;
        }
    }

    @Override
    public void close() {}
}
