package io.hydrant.localstack.fakes.kinesis;

import io.hydrant.localstack.fakes.http.PushCall;

import java.util.function.Consumer;

/**
 * Pushes the records of one shard for as long as the client takes them. An event without records
 * goes out when none came for a while, as the service sends one every five seconds.
 */
final class Subscription {

    private static final String EVENT_STREAM = "application/vnd.amazon.eventstream";
    private static final int LOOK_EVERY_MILLIS = 2;
    private static final int LOOKS_TO_EMPTY_EVENT = 100;
    private static final int MAX_EVENT_BYTES = 1024 * 1024;

    private final KinesisState state;
    private final FakeStream stream;
    private final FakeShard shard;
    private final String consumerArn;
    private final PushCall call;
    private final WireFormat format;
    private final Consumer<Subscription> whenClosed;
    private long from;
    private long endMillis;
    private int eventsLeft;
    private int recordsPerEvent;
    private int looks;

    Subscription(
            KinesisState state,
            FakeStream stream,
            FakeShard shard,
            String consumerArn,
            long from,
            PushCall call,
            WireFormat format,
            Consumer<Subscription> whenClosed) {
        this.state = state;
        this.stream = stream;
        this.shard = shard;
        this.consumerArn = consumerArn;
        this.from = from;
        this.call = call;
        this.format = format;
        this.whenClosed = whenClosed;
    }

    void limits(long untilMillis, int events, int records) {
        endMillis = untilMillis;
        eventsLeft = events;
        recordsPerEvent = records;
    }

    void begin() {
        call.begin(200, EVENT_STREAM);
        call.send(
                EventStreamMessage.event(
                        "initial-response",
                        format.contentType(),
                        Subscriptions.write(format, Answer.NOTHING)));
        push();
    }

    /** From any thread: ends with an error in the midst of the stream. */
    void fail(String code, String message) {
        call.later(
                () -> {
                    if (call.isOpen()) {
                        call.send(
                                EventStreamMessage.exception(
                                        code,
                                        format.contentType(),
                                        Subscriptions.error(format, code, message)));
                        call.end();
                    }
                },
                0);
    }

    /** From any thread: ends without a word. */
    void breakOff(boolean withConnection) {
        call.later(
                () -> {
                    if (!call.isOpen()) {
                        return;
                    }
                    if (withConnection) {
                        call.disconnect();
                    } else {
                        call.reset();
                    }
                },
                0);
    }

    private void push() {
        if (!call.isOpen()) {
            whenClosed.accept(this);
            return;
        }
        if (state.consumers.get(consumerArn) == null) {
            KinesisError gone = KinesisError.noConsumer(consumerArn);
            fail(gone.code(), gone.getMessage());
        } else if (call.isWritable()) {
            pushEvent();
        }
        if (call.isOpen() && (eventsLeft == 0 || state.now() >= endMillis)) {
            call.end();
        }
        call.later(this::push, LOOK_EVERY_MILLIS);
    }

    private void pushEvent() {
        FakeStream.Batch batch =
                stream.peek(shard, from, recordsPerEvent, MAX_EVENT_BYTES, state.now());
        boolean atEnd = batch.nextOrdinal() < 0;
        looks++;
        if (batch.records().isEmpty() && !atEnd && looks < LOOKS_TO_EMPTY_EVENT) {
            return;
        }
        looks = 0;
        eventsLeft--;
        byte[] payload =
                Subscriptions.write(
                        format,
                        (out, wire) -> {
                            RecordActions.writeRecords(batch, out, wire);
                            out.writeNumberField("MillisBehindLatest", batch.millisBehind());
                            if (atEnd) {
                                RecordActions.writeChildren(batch, out);
                            } else {
                                out.writeStringField(
                                        "ContinuationSequenceNumber",
                                        SequenceNumber.format(
                                                Math.max(
                                                        shard.startOrdinal,
                                                        batch.nextOrdinal() - 1)));
                            }
                        });
        call.send(EventStreamMessage.event("SubscribeToShardEvent", format.contentType(), payload));
        if (atEnd) {
            call.end();
        } else {
            from = batch.nextOrdinal();
        }
    }
}
