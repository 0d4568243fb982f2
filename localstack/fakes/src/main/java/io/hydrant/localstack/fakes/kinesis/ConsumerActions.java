package io.hydrant.localstack.fakes.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.util.List;

/** The actions on the consumers of enhanced fan-out, which are ACTIVE, or gone, at once. */
final class ConsumerActions {

    private static final int MAX_ARN_LENGTH = 2048;

    private final KinesisState state;

    ConsumerActions(KinesisState state) {
        this.state = state;
    }

    Answer register(Members request) {
        FakeStream stream = stream(request);
        FakeConsumers.FakeConsumer consumer =
                state.consumers.register(stream, request.requiredName("ConsumerName"), state.now());
        return (out, format) -> {
            out.writeObjectFieldStart("Consumer");
            write(consumer, "CREATING", out, format);
            out.writeEndObject();
        };
    }

    Answer describe(Members request) {
        FakeConsumers.FakeConsumer consumer = consumer(request);
        FakeStream stream = state.stream(consumer.stream());
        return (out, format) -> {
            out.writeObjectFieldStart("ConsumerDescription");
            write(consumer, "ACTIVE", out, format);
            out.writeStringField("StreamARN", stream.arn());
            out.writeEndObject();
        };
    }

    Answer deregister(Members request) {
        state.consumers.remove(consumer(request));
        return Answer.NOTHING;
    }

    Answer list(Members request) {
        request.integer("MaxResults", 1, 10_000, 100);
        List<FakeConsumers.FakeConsumer> consumers = state.consumers.of(stream(request));
        return (out, format) -> {
            out.writeArrayFieldStart("Consumers");
            for (FakeConsumers.FakeConsumer consumer : consumers) {
                out.writeStartObject();
                write(consumer, "ACTIVE", out, format);
                out.writeEndObject();
            }
            out.writeEndArray();
        };
    }

    private FakeConsumers.FakeConsumer consumer(Members request) {
        String arn = request.text("ConsumerARN");
        if (arn == null) {
            String name = request.requiredName("ConsumerName");
            FakeConsumers.FakeConsumer named = state.consumers.named(stream(request), name);
            if (named == null) {
                throw KinesisError.noConsumer(name);
            }
            return named;
        }
        FakeConsumers.FakeConsumer consumer = state.consumers.get(arn);
        if (consumer == null) {
            throw KinesisError.noConsumer(arn);
        }
        return consumer;
    }

    private FakeStream stream(Members request) {
        return state.stream(FakeStream.nameOf(request.requiredText("StreamARN", MAX_ARN_LENGTH)));
    }

    private static void write(
            FakeConsumers.FakeConsumer consumer,
            String status,
            JsonGenerator out,
            WireFormat format)
            throws IOException {
        out.writeStringField("ConsumerName", consumer.name());
        out.writeStringField("ConsumerARN", consumer.arn());
        out.writeStringField("ConsumerStatus", status);
        format.writeTimestamp(out, "ConsumerCreationTimestamp", consumer.createdMillis());
    }
}
