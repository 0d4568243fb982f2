package io.hydrant.kinesis;

import io.hydrant.kinesis.stream.ConsumerApi;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamConsumer;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The consumers of a stream in memory, which take as many looks as asked for to become active. */
public final class FakeConsumers implements ConsumerApi {

    private final Map<String, StreamConsumer> consumers = new HashMap<>();
    private final Map<String, Integer> looksLeft = new HashMap<>();
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();
    private int looksUntilChange;
    private int registered;
    private int closed;

    /** What was asked, in order. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** Changes take so many looks from now on. */
    public synchronized void changeAfterLooks(int looks) {
        looksUntilChange = looks;
    }

    public synchronized void failNext(RuntimeException error) {
        failures.add(error);
    }

    /** The consumer of that name, null where there is none. */
    public synchronized StreamConsumer get(String name) {
        return consumers.get(name);
    }

    /** Deregisters a consumer behind the back of whoever uses it. */
    public synchronized void remove(String name) {
        consumers.remove(name);
    }

    public synchronized boolean isActive(String arn) {
        return consumers.values().stream()
                .anyMatch(
                        consumer ->
                                consumer.arn().equals(arn)
                                        && consumer.status() == StreamConsumer.Status.ACTIVE);
    }

    /** Connections that were closed. */
    public synchronized int closed() {
        return closed;
    }

    @Override
    public synchronized StreamConsumer register(StreamArn stream, String name) {
        called("register " + name);
        if (consumers.containsKey(name)) {
            throw ResourceInUseException.builder()
                    .awsErrorDetails(details("ResourceInUseException", name + " exists"))
                    .statusCode(400)
                    .build();
        }
        registered++;
        StreamConsumer consumer =
                new StreamConsumer(
                        stream + "/consumer/" + name + ":" + registered,
                        StreamConsumer.Status.CREATING);
        consumers.put(name, consumer);
        looksLeft.put(name, looksUntilChange);
        return consumer;
    }

    @Override
    public synchronized StreamConsumer describe(StreamArn stream, String name) {
        called("describe " + name);
        StreamConsumer consumer = consumers.get(name);
        if (consumer == null || consumer.status() == StreamConsumer.Status.ACTIVE) {
            return consumer;
        }
        if (looksLeft.merge(name, -1, Integer::sum) >= 0) {
            return consumer;
        }
        if (consumer.status() == StreamConsumer.Status.DELETING) {
            consumers.remove(name);
            return null;
        }
        StreamConsumer active = new StreamConsumer(consumer.arn(), StreamConsumer.Status.ACTIVE);
        consumers.put(name, active);
        return active;
    }

    @Override
    public synchronized void deregister(StreamArn stream, String name, Duration timeout) {
        called("deregister " + name);
        StreamConsumer consumer = consumers.get(name);
        if (consumer == null) {
            throw gone(name);
        }
        consumers.put(name, new StreamConsumer(consumer.arn(), StreamConsumer.Status.DELETING));
        looksLeft.put(name, looksUntilChange);
    }

    @Override
    public synchronized void close() {
        closed++;
    }

    /** As the service answers who uses a consumer that is not there. */
    public static ResourceNotFoundException gone(String consumer) {
        String message = "Consumer " + consumer + " not found";
        return ResourceNotFoundException.builder()
                .message(message)
                .awsErrorDetails(details("ResourceNotFoundException", message))
                .statusCode(400)
                .build();
    }

    private void called(String call) {
        calls.add(call);
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }

    private static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
    }
}
