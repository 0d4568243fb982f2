package io.hydrant.localstack.fakes.kinesis;

import java.time.InstantSource;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** All streams of one fake, its clock and its switches. */
final class KinesisState {

    final ConcurrentNavigableMap<String, FakeStream> streams = new ConcurrentSkipListMap<>();
    final AtomicLong iteratorGeneration = new AtomicLong();
    final AtomicLong refusedReads = new AtomicLong();
    final RecordRejections rejections = new RecordRejections();
    final FakeConsumers consumers = new FakeConsumers();
    final InstantSource clock;
    volatile boolean throttling;

    KinesisState(InstantSource clock) {
        this.clock = clock;
    }

    long now() {
        return clock.millis();
    }

    /** The stream that a request names by StreamName, StreamARN, or both in agreement. */
    FakeStream streamOf(Members request) {
        String name = request.name("StreamName");
        String arn = request.text("StreamARN");
        if (arn != null) {
            String named = FakeStream.nameOf(arn);
            if (name != null && !name.equals(named)) {
                throw KinesisError.invalidArgument(
                        "StreamARN " + arn + " and StreamName " + name + " do not match.");
            }
            name = named;
        }
        if (name == null) {
            throw KinesisError.invalidArgument(
                    "Either StreamARN or StreamName should be provided in the request.");
        }
        return stream(name);
    }

    FakeStream stream(String name) {
        FakeStream stream = streams.get(name);
        if (stream == null) {
            throw KinesisError.noStream(name);
        }
        return stream;
    }
}
