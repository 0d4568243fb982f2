package io.hydrant.kinesis.source.reader;

import io.hydrant.kinesis.stream.StreamArn;

import java.util.HashMap;
import java.util.Map;

/**
 * The consumers that the enumerator has named, by stream.
 *
 * <p>Thread-safe; wakes the readers of the task when there is news.
 */
final class NamedConsumers {

    private final BatchPermits monitor;
    private final Map<StreamArn, String> arns = new HashMap<>();
    private int version;

    NamedConsumers(BatchPermits monitor) {
        this.monitor = monitor;
    }

    void name(StreamArn stream, String consumerArn) {
        synchronized (monitor) {
            arns.put(stream, consumerArn);
            version++;
            monitor.notifyAll();
        }
    }

    /** The stream's consumer, null while it has no name. */
    String arnOf(StreamArn stream) {
        synchronized (monitor) {
            return arns.get(stream);
        }
    }

    /** Changes when there is news. */
    int version() {
        synchronized (monitor) {
            return version;
        }
    }
}
