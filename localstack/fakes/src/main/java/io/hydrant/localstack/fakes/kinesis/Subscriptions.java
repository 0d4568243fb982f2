package io.hydrant.localstack.fakes.kinesis;

import io.hydrant.localstack.fakes.http.PushCall;
import io.hydrant.localstack.fakes.http.PushService;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * SubscribeToShard: one subscription for each consumer and shard. Rules and limits by its page in
 * the Kinesis Data Streams API reference.
 */
final class Subscriptions implements PushService {

    private static final String ACTION = "SubscribeToShard";
    private static final Set<String> MEMBERS = Set.of("ConsumerARN", "ShardId", "StartingPosition");
    private static final Set<String> POSITION = Set.of("Type", "SequenceNumber", "Timestamp");
    private static final int MAX_ARN_LENGTH = 2048;
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final KinesisState state;
    private final Map<String, Subscription> open = new HashMap<>();
    private final Map<String, Long> subscribedMillis = new HashMap<>();
    private volatile Duration untilTakeOver = Duration.ofSeconds(5);
    private volatile int recordsPerEvent = 10_000;
    private volatile int eventsPerSubscription = Integer.MAX_VALUE;

    Subscriptions(KinesisState state) {
        this.state = state;
    }

    void untilTakeOver(Duration time) {
        untilTakeOver = time;
    }

    void recordsPerEvent(int records) {
        recordsPerEvent = records;
    }

    void eventsPerSubscription(int events) {
        eventsPerSubscription = events;
    }

    synchronized int open() {
        return open.size();
    }

    /** All that are open end with this error, in the midst of their streams. */
    void fail(String code, String message) {
        forAll(subscription -> subscription.fail(code, message));
    }

    /** All that are open end without a word. */
    void breakOff(boolean withConnection) {
        forAll(subscription -> subscription.breakOff(withConnection));
    }

    @Override
    public String action(PushCall call) {
        String target = String.valueOf(call.header("x-amz-target"));
        return target.substring(target.indexOf('.') + 1);
    }

    @Override
    public void handle(String action, PushCall call) {
        WireFormat format = WireFormat.of(call.header("content-type"));
        try {
            if (format == null || !action.equals(ACTION)) {
                throw KinesisError.unknownOperation(action + " over HTTP/2");
            }
            JsonNode body = format.mapper().readTree(call.body());
            subscribe(call, format, new Members(format, body, ACTION, MEMBERS));
        } catch (KinesisError e) {
            error(call, 400, e.code(), e.getMessage());
        } catch (IOException e) {
            error(call, 400, "SerializationException", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void error(PushCall call, int status, String code, String message) {
        WireFormat format = WireFormat.of(call.header("content-type"));
        WireFormat used = format == null ? WireFormat.JSON : format;
        call.begin(status, used.contentType());
        call.send(error(used, code, message));
        call.end();
    }

    static byte[] error(WireFormat format, String code, String message) {
        return write(
                format,
                (out, ignored) -> {
                    out.writeStringField("__type", code);
                    out.writeStringField("message", message);
                });
    }

    static byte[] write(WireFormat format, Answer answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = format.mapper().createGenerator(bytes)) {
            out.writeStartObject();
            answer.write(out, format);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private void subscribe(PushCall call, WireFormat format, Members request) {
        String arn = request.requiredText("ConsumerARN", MAX_ARN_LENGTH);
        FakeConsumers.FakeConsumer consumer = state.consumers.get(arn);
        if (consumer == null) {
            throw KinesisError.noConsumer(arn);
        }
        FakeStream stream = state.stream(consumer.stream());
        FakeShard shard = stream.shard(request.requiredName("ShardId"));
        Members position = request.object("StartingPosition", POSITION);
        if (position == null) {
            throw KinesisError.validation(
                    Members.violation("StartingPosition", "null", "Member must not be null"));
        }
        long from =
                RecordActions.startOrdinal(
                        state, position, "Type", "SequenceNumber", stream, shard);
        Subscription subscription =
                new Subscription(state, stream, shard, arn, from, call, format, this::closed);
        subscription.limits(
                state.now() + LIFETIME.toMillis(), eventsPerSubscription, recordsPerEvent);
        admit(arn + "/" + shard.id, subscription);
        subscription.begin();
    }

    /** Takes over from an older subscription of the same consumer to the same shard. */
    private void admit(String key, Subscription subscription) {
        Subscription older;
        synchronized (this) {
            long now = state.now();
            Long last = subscribedMillis.get(key);
            if (last != null && now - last < untilTakeOver.toMillis()) {
                throw KinesisError.inUse(
                        "Another active subscription exists for this consumer: " + key);
            }
            subscribedMillis.put(key, now);
            older = open.put(key, subscription);
        }
        if (older != null) {
            older.fail("ResourceInUseException", "Another subscription has taken over: " + key);
        }
    }

    private synchronized void closed(Subscription subscription) {
        open.values().removeIf(one -> one == subscription);
    }

    private void forAll(Consumer<Subscription> deed) {
        List<Subscription> all;
        synchronized (this) {
            all = new ArrayList<>(open.values());
        }
        all.forEach(deed);
    }
}
