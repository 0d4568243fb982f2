package io.hydrant.kinesis;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.stream.FanOutAccess;
import io.hydrant.kinesis.stream.FanOutApi;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.ShardSubscriber;
import io.hydrant.kinesis.stream.ShardSubscription;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamArn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Enhanced fan-out of a {@link FakeStream}: one thread pushes, for every subscription, as many
 * events as were asked for.
 */
public final class FakeFanOut implements AutoCloseable {

    private static final Map<String, FakeFanOut> ALL = new ConcurrentHashMap<>();

    /** Passes of the pushing thread without records, after which it sends an event of none. */
    private static final int PASSES_TO_EMPTY_EVENT = 20;

    private final StreamArn arn;
    private final StreamApi api;
    private final FakeConsumers consumers = new FakeConsumers();
    private final ScheduledExecutorService pusher =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "fake-fan-out");
                        thread.setDaemon(true);
                        return thread;
                    });

    private final List<Subscribed> open = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private final Deque<Throwable> refusals = new ArrayDeque<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private int recordsPerEvent = 40;
    private int eventsPerSubscription = Integer.MAX_VALUE;
    private boolean silent;
    private boolean acceptsNothing;
    private int overlaps;

    private FakeFanOut(FakeStream stream) {
        this.arn = stream.arn();
        this.api = stream.api();
    }

    /** Enhanced fan-out of that stream. */
    public static FakeFanOut of(FakeStream stream) {
        FakeFanOut fanOut = new FakeFanOut(stream);
        ALL.put(stream.arn().stream(), fanOut);
        Future<?> unused =
                fanOut.pusher.scheduleWithFixedDelay(fanOut::push, 1, 1, TimeUnit.MILLISECONDS);
        return fanOut;
    }

    /** Opens it from anywhere in this JVM. */
    public FanOutAccess access() {
        String name = arn.stream();
        return new FanOutAccess(() -> ALL.get(name).consumers(), () -> ALL.get(name).api());
    }

    public FakeConsumers consumers() {
        return consumers;
    }

    /** A connection, which ends its subscriptions when it is closed. */
    public FanOutApi api() {
        return new Api();
    }

    public synchronized void recordsPerEvent(int records) {
        recordsPerEvent = records;
    }

    /** Subscriptions end, as after five minutes, after so many events. */
    public synchronized void eventsPerSubscription(int events) {
        eventsPerSubscription = events;
    }

    /** The next subscription is refused. */
    public synchronized void refuseNext(Throwable error) {
        refusals.add(error);
    }

    /** Ends every open subscription, also such for which an event was asked. */
    public synchronized void breakAll(Throwable error) {
        List<Subscribed> all = List.copyOf(open);
        open.clear();
        all.forEach(one -> one.subscriber.ended(error));
    }

    /** Nothing is sent any more, or again. */
    public synchronized void silence(boolean on) {
        silent = on;
    }

    /** Subscriptions are not even accepted any more, or again. */
    public synchronized void acceptNothing(boolean on) {
        acceptsNothing = on;
    }

    /** Subscriptions that are open now. */
    public synchronized int open() {
        return open.size();
    }

    /** All subscriptions so far: shard, consumer and position. */
    public synchronized List<String> history() {
        return List.copyOf(history);
    }

    /** Events asked for. */
    public int asked(String shardId) {
        return asked.getOrDefault(shardId, 0);
    }

    /** Times that a shard was subscribed to while another subscription to it was open. */
    public synchronized int overlaps() {
        return overlaps;
    }

    @Override
    public void close() {
        pusher.shutdownNow();
    }

    private synchronized void push() {
        for (Subscribed one : List.copyOf(open)) {
            if (!silent && one.demand > 0) {
                one.push();
            }
        }
    }

    private final class Api implements FanOutApi {

        private final List<Subscribed> mine = new ArrayList<>();

        @Override
        public ShardSubscription subscribe(
                StreamArn stream,
                String consumerArn,
                String shardId,
                Position position,
                ShardSubscriber subscriber) {
            synchronized (FakeFanOut.this) {
                history.add(shardId + " " + consumerArn + " " + position);
                Subscribed one = new Subscribed(shardId, subscriber);
                Throwable refusal = refusals.poll();
                if (refusal == null && !consumers.isActive(consumerArn)) {
                    refusal = FakeConsumers.gone(consumerArn);
                }
                if (refusal == null) {
                    try {
                        one.iterator = api.shardIterator(stream, shardId, position);
                    } catch (RuntimeException e) {
                        refusal = e;
                    }
                }
                if (refusal != null) {
                    subscriber.ended(refusal);
                } else if (!acceptsNothing) {
                    if (open.stream().anyMatch(other -> other.shardId.equals(shardId))) {
                        overlaps++;
                    }
                    subscriber.accepted();
                    open.add(one);
                    mine.add(one);
                }
                return one;
            }
        }

        @Override
        public void close() {
            synchronized (FakeFanOut.this) {
                open.removeAll(mine);
            }
        }
    }

    private final class Subscribed implements ShardSubscription {

        private final String shardId;
        private final ShardSubscriber subscriber;
        private String iterator;
        private String continuation = "0";
        private long demand;
        private int passes;
        private int events;

        Subscribed(String shardId, ShardSubscriber subscriber) {
            this.shardId = shardId;
            this.subscriber = subscriber;
        }

        @Override
        public void request() {
            synchronized (FakeFanOut.this) {
                demand++;
                asked.merge(shardId, 1, Integer::sum);
            }
        }

        @Override
        public void cancel() {
            synchronized (FakeFanOut.this) {
                open.remove(this);
            }
        }

        /** The shard's newest record, which an event of no records has come to. */
        private String newest() {
            String oldest = api.shardIterator(arn, shardId, new Position.TrimHorizon());
            List<Envelope> all = api.getRecords(arn, shardId, oldest, 10_000).records();
            return all.isEmpty() ? "0" : all.get(all.size() - 1).sequence();
        }

        private void push() {
            RecordPage page;
            try {
                page = api.getRecords(arn, shardId, iterator, recordsPerEvent);
            } catch (RuntimeException e) {
                open.remove(this);
                subscriber.ended(e);
                return;
            }
            List<Envelope> records = page.records();
            boolean end = page.nextIterator() == null;
            if (records.isEmpty() && !end && ++passes < PASSES_TO_EMPTY_EVENT) {
                return;
            }
            passes = 0;
            demand--;
            events++;
            iterator = page.nextIterator();
            if (!records.isEmpty()) {
                continuation = records.get(records.size() - 1).sequence();
            } else if (continuation.equals("0")) {
                continuation = newest();
            }
            boolean over = end || events >= eventsPerSubscription;
            if (over) {
                open.remove(this);
            }
            subscriber.received(
                    new RecordPage(
                            records,
                            page.bytes(),
                            end ? null : continuation,
                            page.millisBehindLatest()));
            if (over) {
                subscriber.ended(null);
            }
        }
    }
}
