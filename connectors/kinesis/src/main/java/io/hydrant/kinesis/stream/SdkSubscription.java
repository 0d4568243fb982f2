package io.hydrant.kinesis.stream;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One subscription as the SDK sees it: the receiver of an event stream, and the future of the call
 * that the stream answers. Either may tell of the end, in any order and more than once; the first
 * counts.
 *
 * <p>No lock is held while anything else is called: the SDK calls back from inside its own.
 */
final class SdkSubscription implements ShardSubscription, Subscriber<SubscribeToShardEventStream> {

    private final StreamArn stream;
    private final String shardId;
    private final ShardSubscriber subscriber;
    private CompletableFuture<Void> call;
    private Subscription events;
    private long askedBefore;
    private boolean over;

    SdkSubscription(StreamArn stream, String shardId, ShardSubscriber subscriber) {
        this.stream = stream;
        this.shardId = shardId;
        this.subscriber = subscriber;
    }

    /** Takes the call's outcome for the subscription's, where the events do not tell. */
    void follow(CompletableFuture<Void> subscribeCall) {
        boolean tooLate;
        synchronized (this) {
            call = subscribeCall;
            tooLate = over;
        }
        CompletableFuture<Void> unused =
                subscribeCall.whenComplete((nothing, error) -> end(cause(error)));
        if (tooLate) {
            subscribeCall.cancel(true);
        }
    }

    @Override
    public void request() {
        Subscription to;
        synchronized (this) {
            if (events == null) {
                askedBefore++;
            }
            to = events;
        }
        if (to != null) {
            to.request(1);
        }
    }

    @Override
    public void cancel() {
        Subscription open;
        CompletableFuture<Void> underWay;
        synchronized (this) {
            over = true;
            open = events;
            underWay = call;
        }
        if (open != null) {
            open.cancel();
        }
        if (underWay != null) {
            underWay.cancel(true);
        }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        long asked;
        boolean tooLate;
        synchronized (this) {
            events = subscription;
            asked = askedBefore;
            tooLate = over;
        }
        if (tooLate) {
            subscription.cancel();
        } else if (asked > 0) {
            subscription.request(asked);
        }
    }

    @Override
    public void onNext(SubscribeToShardEventStream event) {
        if (event instanceof SubscribeToShardEvent records) {
            boolean atEnd = records.hasChildShards() && !records.childShards().isEmpty();
            subscriber.received(
                    SdkRecords.page(
                            stream,
                            shardId,
                            records.records(),
                            atEnd ? null : continuation(records),
                            records.millisBehindLatest(),
                            null));
        } else {
            // An event of a kind that this SDK does not know was not what was asked for.
            request();
        }
    }

    @Override
    public void onError(Throwable error) {
        end(cause(error));
    }

    @Override
    public void onComplete() {
        end(null);
    }

    /**
     * Where to read on. A shard has ended when its children are named: an event that has neither
     * them nor a continuation is a fault of the service, and must not end the shard.
     */
    private static String continuation(SubscribeToShardEvent event) {
        String continuation = event.continuationSequenceNumber();
        return continuation == null ? "" : continuation;
    }

    private void end(Throwable error) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        subscriber.ended(error);
    }

    private static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null
                ? error.getCause()
                : error;
    }
}
