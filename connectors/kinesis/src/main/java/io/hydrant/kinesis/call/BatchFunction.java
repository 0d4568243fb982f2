package io.hydrant.kinesis.call;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Gathers elements into batches, by number, size and age, and calls a service with each on a thread
 * of its own.
 *
 * <p>Elements without a result yet are in the state of Flink's operator around it, and are handed
 * over again after a failure: at least once for the service, and each result goes on once.
 *
 * <p>Memory is bounded: beyond a batch more than may be under way, elements wait in front, and hold
 * back the task, which is back pressure to Flink.
 *
 * @param <T> what is handed over
 * @param <R> what becomes of it
 */
public final class BatchFunction<T, R> extends RichAsyncFunction<T, R> {

    private static final long serialVersionUID = 1L;

    /**
     * How batches are cut, and how many there are.
     *
     * @param records elements at the most
     * @param bytes bytes at the most, but for a batch of one
     * @param interval age of its first element at which a batch goes as it is
     * @param inFlight batches of a task under way at once
     */
    public record Limits(int records, int bytes, Duration interval, int inFlight)
            implements java.io.Serializable {

        /** Elements without a result that a task holds at the most, for Flink's operator. */
        public int capacity() {
            return records * (inFlight + 1);
        }

        /** Bytes of them, but for one element. */
        long capacityBytes() {
            return (long) bytes * (inFlight + 1);
        }
    }

    private record Waiting<T, R>(T element, ResultFuture<R> result) {}

    private final BatchCall.Factory<T, R> factory;
    private final Limits limits;

    private transient BatchCall<T, R> call;
    private transient ScheduledExecutorService threads;
    private transient List<Waiting<T, R>> open;
    private transient int openBytes;
    private transient long heldBytes;
    private transient ScheduledFuture<?> endOfInterval;

    /**
     * A function of that service.
     *
     * @param factory makes the call of each task
     * @param limits how batches are cut
     */
    public BatchFunction(BatchCall.Factory<T, R> factory, Limits limits) {
        this.factory = factory;
        this.limits = limits;
    }

    @Override
    public void open(OpenContext context) {
        call = factory.open();
        open = new ArrayList<>();
        // One more than batches are under way, so that a timer is never late.
        threads =
                Executors.newScheduledThreadPool(
                        limits.inFlight() + 1, new ExecutorThreadFactory("hydrant-batch"));
    }

    @Override
    public synchronized void asyncInvoke(T element, ResultFuture<R> result)
            throws InterruptedException {
        int bytes = call.bytes(element);
        while (heldBytes > 0 && heldBytes + bytes > limits.capacityBytes()) {
            if (heldBytes == openBytes) {
                send();
            } else {
                wait();
            }
        }
        heldBytes += bytes;
        if (!open.isEmpty() && openBytes + bytes > limits.bytes()) {
            send();
        }
        open.add(new Waiting<>(element, result));
        openBytes += bytes;
        if (open.size() >= limits.records() || openBytes >= limits.bytes()) {
            send();
        } else if (endOfInterval == null) {
            endOfInterval =
                    threads.schedule(
                            this::sendWhatThereIs,
                            limits.interval().toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void sendWhatThereIs() {
        endOfInterval = null;
        if (!open.isEmpty()) {
            send();
        }
    }

    private void send() {
        List<Waiting<T, R>> batch = open;
        int bytes = openBytes;
        open = new ArrayList<>();
        openBytes = 0;
        if (endOfInterval != null) {
            endOfInterval.cancel(false);
            endOfInterval = null;
        }
        threads.execute(
                () -> {
                    call(batch);
                    free(bytes);
                });
    }

    private synchronized void free(int bytes) {
        heldBytes -= bytes;
        notifyAll();
    }

    private void call(List<Waiting<T, R>> batch) {
        try {
            List<Collection<R>> results = call.call(batch.stream().map(Waiting::element).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result().complete(results.get(i));
            }
        } catch (InterruptedException e) {
            // The task ends, and its state has the batch.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            batch.forEach(each -> each.result().completeExceptionally(e));
        }
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
        if (call != null) {
            call.close();
        }
    }
}
