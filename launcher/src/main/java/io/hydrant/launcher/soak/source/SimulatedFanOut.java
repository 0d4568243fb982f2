package io.hydrant.launcher.soak.source;

import io.hydrant.kinesis.stream.ConsumerApi;
import io.hydrant.kinesis.stream.FanOutAccess;
import io.hydrant.kinesis.stream.FanOutApi;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.ShardSubscriber;
import io.hydrant.kinesis.stream.ShardSubscription;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamConsumer;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.InternalFailureException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Enhanced fan-out of an account's streams. Subscriptions move only when {@link #serve} is called,
 * or inside of the calls that the source makes; each goes its own way by chance.
 *
 * <p>Source of the five minutes and the five seconds: Kinesis Data Streams API reference, {@code
 * SubscribeToShard}.
 */
final class SimulatedFanOut {

    private static final long SUBSCRIPTION_NANOS = Duration.ofMinutes(5).toNanos();
    private static final long TAKE_OVER_NANOS = Duration.ofSeconds(5).toNanos();

    private final SimulatedAccount account;
    private final SimulatedTime time;
    private final Random random;
    private final List<SimulatedSubscription> open = new ArrayList<>();
    private final Map<String, Long> subscribedAt = new HashMap<>();
    private final List<Throwable> refusals = new ArrayList<>();
    private long renewed;
    private long broken;

    SimulatedFanOut(SimulatedAccount account, SimulatedTime time, Random random) {
        this.account = account;
        this.time = time;
        this.random = random;
    }

    /** How the source reaches it. */
    FanOutAccess access() {
        return new FanOutAccess(Consumers::new, this::connection);
    }

    /** A connection of one task; its end leaves some subscriptions behind. */
    FanOutApi connection() {
        return new Connection();
    }

    /** Subscriptions go on: events are made ahead and sent as they are asked for, some end. */
    void serve() {
        for (SimulatedSubscription each : List.copyOf(open)) {
            if (open.contains(each) && random.nextInt(4) > 0) {
                goOn(each);
            }
        }
    }

    private void goOn(SimulatedSubscription each) {
        if (each.goOn(time.nanoTime() - each.since() >= SUBSCRIPTION_NANOS)) {
            open.remove(each);
            renewed++;
        }
    }

    /** Something goes wrong; says what. */
    String disturb() {
        switch (random.nextInt(5)) {
            case 0 -> {
                refusals.add(LimitExceededException.builder().message("Rate exceeded").build());
                return "the next subscription is throttled";
            }
            case 1 -> {
                refusals.add(reset());
                return "the next subscription is reset";
            }
            case 2 -> {
                some().forEach(each -> end(each, reset()));
                return "connections of subscriptions break";
            }
            case 3 -> {
                some().forEach(
                                each ->
                                        end(
                                                each,
                                                random.nextBoolean()
                                                        ? inUse()
                                                        : InternalFailureException.builder()
                                                                .message("internal")
                                                                .build()));
                return "subscriptions are taken over or fail";
            }
            default -> {
                some().forEach(SimulatedSubscription::fallSilent);
                return "subscriptions fall silent";
            }
        }
    }

    /** No fault is left that was asked for. */
    void calm() {
        refusals.clear();
    }

    /** Subscriptions that came to the end of their time or their shard. */
    long renewed() {
        return renewed;
    }

    /** Subscriptions that broke. */
    long broken() {
        return broken;
    }

    private List<SimulatedSubscription> some() {
        return open.stream().filter(each -> random.nextBoolean()).toList();
    }

    private void end(SimulatedSubscription each, Throwable cause) {
        open.remove(each);
        broken++;
        each.end(cause);
    }

    private static SdkClientException reset() {
        return SdkClientException.create("reset", new IOException("connection reset"));
    }

    private static ResourceInUseException inUse() {
        return ResourceInUseException.builder().message("Another active subscription").build();
    }

    private final class Connection implements FanOutApi {

        private final List<SimulatedSubscription> mine = new ArrayList<>();

        @Override
        public ShardSubscription subscribe(
                StreamArn stream,
                String consumerArn,
                String shardId,
                Position position,
                ShardSubscriber subscriber) {
            if (!consumerArn.equals(Consumers.arn(stream))) {
                throw new Violation(consumerArn + " is no consumer of " + stream);
            }
            SimulatedSubscription made =
                    new SimulatedSubscription(
                            account, stream, shardId, subscriber, time.nanoTime(), random);
            try {
                requireFree(stream + "/" + shardId, made);
                made.begin(position);
            } catch (RuntimeException e) {
                made.refuse(e);
            }
            open.add(made);
            mine.add(made);
            if (random.nextBoolean()) {
                goOn(made);
            }
            return new Handle(made);
        }

        /** One consumer has one subscription to a shard, and no other within five seconds. */
        private void requireFree(String shard, SimulatedSubscription made) {
            if (!refusals.isEmpty()) {
                throw (RuntimeException) refusals.remove(0);
            }
            List<SimulatedSubscription> others =
                    open.stream().filter(each -> each.isOfSameShard(made)).toList();
            Long last = subscribedAt.get(shard);
            boolean early = last != null && made.since() - last < TAKE_OVER_NANOS;
            if (early && (!others.isEmpty() || random.nextInt(4) == 0)) {
                throw inUse();
            }
            others.forEach(each -> end(each, inUse()));
            subscribedAt.put(shard, made.since());
        }

        @Override
        public void close() {
            mine.forEach(this::forget);
        }

        /** The service may not know at once that nobody listens any more. */
        private void forget(SimulatedSubscription each) {
            each.cancel();
            if (random.nextBoolean()) {
                open.remove(each);
            }
        }

        private final class Handle implements ShardSubscription {

            private final SimulatedSubscription subscription;

            Handle(SimulatedSubscription subscription) {
                this.subscription = subscription;
            }

            @Override
            public void request() {
                subscription.request();
                if (random.nextInt(4) == 0 && open.contains(subscription)) {
                    goOn(subscription);
                }
            }

            @Override
            public void cancel() {
                forget(subscription);
            }
        }
    }

    /** Every stream has the job's consumer. */
    private static final class Consumers implements ConsumerApi {

        static String arn(StreamArn stream) {
            return stream + "/consumer/" + JobOptions.CONSUMER;
        }

        @Override
        public StreamConsumer register(StreamArn stream, String name) {
            throw new Violation("Consumer " + name + " is not the job's to register");
        }

        @Override
        public StreamConsumer describe(StreamArn stream, String name) {
            return new StreamConsumer(arn(stream), StreamConsumer.Status.ACTIVE);
        }

        @Override
        public void deregister(StreamArn stream, String name, Duration timeout) {
            throw new Violation("Consumer " + name + " is not the job's to deregister");
        }

        @Override
        public void close() {
            // Nothing to let go of.
        }
    }
}
