package io.hydrant.kinesis.source.consumer;

import io.hydrant.kinesis.source.ConsumerLifecycle;
import io.hydrant.kinesis.source.FanOutConfig;
import io.hydrant.kinesis.source.event.ConsumerNamedEvent;
import io.hydrant.kinesis.stream.ConsumerApi;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Has the consumers of an enumerator's streams registered and names them to its readers.
 *
 * <p>Every method is called by the coordinator's thread, but {@link #close()}, after which none is.
 */
public final class StreamConsumers {

    private static final Logger LOG = LoggerFactory.getLogger(StreamConsumers.class);

    private final SplitEnumeratorContext<?> context;
    private final FanOutConfig config;
    private final ConsumerApi api;
    private final ConsumerRegistrar registrar;
    private final ConsumerLease lease;

    /** By stream; null for one whose consumer is being looked up. */
    private final Map<StreamArn, String> names = new LinkedHashMap<>();

    private final Set<Integer> ended = new HashSet<>();

    private volatile boolean closed;

    private StreamConsumers(
            SplitEnumeratorContext<?> context,
            FanOutConfig config,
            ConsumerApi api,
            ConsumerLease lease) {
        this.context = context;
        this.config = config;
        this.api = api;
        this.lease = lease;
        this.registrar =
                api == null
                        ? null
                        : new ConsumerRegistrar(
                                api, config, StreamConsumers::sleep, new SplittableRandom());
    }

    /** For a source that polls and needs none. */
    public static StreamConsumers none() {
        return new StreamConsumers(null, null, null, null);
    }

    /**
     * For a source that subscribes.
     *
     * @param api belongs to this object from now on
     * @param lease kept by the caller over all enumerators of the job
     */
    public static StreamConsumers of(
            SplitEnumeratorContext<?> context,
            FanOutConfig config,
            ConsumerApi api,
            ConsumerLease lease) {
        lease.begin();
        return new StreamConsumers(context, config, api, lease);
    }

    /** The stream is there and is read; to be told as often as that is seen. */
    public void add(StreamArn stream) {
        if (registrar != null && !names.containsKey(stream)) {
            names.put(stream, null);
            lookUp(stream);
        }
    }

    /** A reader was told that nothing comes any more; it may have finished and is not told else. */
    public void readerEnded(int subtask) {
        ended.add(subtask);
    }

    /** A reader is up and can be told. */
    public void readerStarted(int subtask) {
        ended.remove(subtask);
        names.forEach(
                (stream, consumer) -> {
                    if (consumer != null) {
                        tell(subtask, stream, consumer);
                    }
                });
    }

    /**
     * A reader has failed, perhaps because its consumer is gone: all are looked up again before
     * readers that start are told.
     */
    public void readerFailed() {
        for (StreamArn stream : List.copyOf(names.keySet())) {
            if (names.put(stream, null) != null) {
                lookUp(stream);
            }
        }
    }

    /** Deregisters the consumers that are the job's, if it is over. */
    public void close() {
        closed = true;
        if (registrar == null) {
            return;
        }
        if (config.lifecycle() != ConsumerLifecycle.JOB_MANAGED) {
            api.close();
            return;
        }
        List<StreamArn> streams = List.copyOf(names.keySet());
        lease.end(() -> streams.forEach(registrar::deregister), api::close);
    }

    private void lookUp(StreamArn stream) {
        context.callAsync(
                () -> registrar.activeConsumer(stream),
                (consumer, error) -> named(stream, consumer, error));
    }

    private void named(StreamArn stream, String consumer, Throwable error) {
        if (closed) {
            return;
        }
        if (error != null && error.getCause() instanceof ResourceNotFoundException) {
            // Whether the job goes on without a stream that is gone, its listing decides.
            LOG.warn("Stream {} is gone, and its consumer with it", stream, error);
            names.remove(stream);
            return;
        }
        if (error != null) {
            throw error instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("Waiting for a consumer was interrupted", error);
        }
        names.put(stream, consumer);
        context.registeredReaders().keySet().forEach(reader -> tell(reader, stream, consumer));
    }

    private void tell(int subtask, StreamArn stream, String consumer) {
        if (!ended.contains(subtask) && context.registeredReaders().containsKey(subtask)) {
            context.sendEventToSourceReader(
                    subtask, new ConsumerNamedEvent(stream.toString(), consumer));
        }
    }

    private static void sleep(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
