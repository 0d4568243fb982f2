package io.hydrant.localstack.fakes.kinesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The consumers of all streams of a fake. */
final class FakeConsumers {

    /** Consumers of one stream at the most (Kinesis API reference, RegisterStreamConsumer). */
    private static final int MOST = 20;

    private final Map<String, FakeConsumer> byArn = new TreeMap<>();
    private long registered;

    /** A consumer of a stream. */
    record FakeConsumer(String name, String arn, String stream, long createdMillis) {}

    synchronized FakeConsumer register(FakeStream stream, String name, long nowMillis) {
        if (named(stream, name) != null) {
            throw KinesisError.inUse(
                    "Consumer " + name + " of stream " + stream.name() + " already exists.");
        }
        if (of(stream).size() == MOST) {
            throw KinesisError.limit(
                    "Stream " + stream.name() + " has " + MOST + " consumers, which is the limit.");
        }
        registered++;
        String arn = stream.arn() + "/consumer/" + name + ":" + (nowMillis / 1000 + registered);
        FakeConsumer consumer = new FakeConsumer(name, arn, stream.name(), nowMillis);
        byArn.put(arn, consumer);
        return consumer;
    }

    /** The stream's consumer of that name, or null. */
    synchronized FakeConsumer named(FakeStream stream, String name) {
        for (FakeConsumer consumer : of(stream)) {
            if (consumer.name().equals(name)) {
                return consumer;
            }
        }
        return null;
    }

    /** The consumer with that ARN, or null. */
    synchronized FakeConsumer get(String arn) {
        return byArn.get(arn);
    }

    synchronized List<FakeConsumer> of(FakeStream stream) {
        List<FakeConsumer> consumers = new ArrayList<>();
        for (FakeConsumer consumer : byArn.values()) {
            if (consumer.stream().equals(stream.name())) {
                consumers.add(consumer);
            }
        }
        return consumers;
    }

    synchronized void remove(FakeConsumer consumer) {
        byArn.remove(consumer.arn());
    }
}
