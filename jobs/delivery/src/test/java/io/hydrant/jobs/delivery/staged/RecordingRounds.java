package io.hydrant.jobs.delivery.staged;

import io.hydrant.s3.stage.WaitingObject;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A destination that writes down what it is asked for, and does before what a test says. */
final class RecordingRounds implements LoadRounds {

    /** What it writes down. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    /** Opens once nothing is asked for any more. */
    final CountDownLatch closed = new CountDownLatch(1);

    private final Before before;

    RecordingRounds(Before before) {
        this.before = before;
    }

    /** Comes before an object is taken. */
    interface Before {
        void taking(WaitingObject object) throws IOException, InterruptedException;
    }

    @Override
    public LoadRound begin() {
        calls.add("begin");
        return new LoadRound() {
            @Override
            public long load(WaitingObject object) throws IOException, InterruptedException {
                before.taking(object);
                calls.add(object.key());
                return object.records();
            }

            @Override
            public void close() {
                calls.add("end");
            }
        };
    }

    @Override
    public void failed() {
        calls.add("failed");
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
