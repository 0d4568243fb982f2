package io.hydrant.localstack.fakes.kinesis;

import io.hydrant.localstack.fakes.http.Call;
import io.hydrant.localstack.fakes.http.Reply;
import io.hydrant.localstack.fakes.http.Service;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import static java.util.Map.entry;

/** The Kinesis protocol: which action is asked for, its members in, its answer or error out. */
final class KinesisService implements Service {

    private static final String TARGET_PREFIX = "Kinesis_20131202.";
    private static final int LARGEST_KEPT_BUFFER = 32 * 1024 * 1024;

    private final Map<String, Action> actions;
    private final ThreadLocal<Buffer> buffers = ThreadLocal.withInitial(Buffer::new);

    KinesisService(KinesisState state) {
        StreamActions streams = new StreamActions(state);
        RecordActions records = new RecordActions(state);
        ConsumerActions consumers = new ConsumerActions(state);
        this.actions =
                Map.ofEntries(
                        entry(
                                "CreateStream",
                                action(
                                        streams::createStream,
                                        "StreamName",
                                        "ShardCount",
                                        "StreamModeDetails",
                                        "MaxRecordSizeInKiB")),
                        entry(
                                "DeleteStream",
                                onStream(streams::deleteStream, "EnforceConsumerDeletion")),
                        entry(
                                "DescribeStream",
                                onStream(
                                        streams::describeStream, "Limit", "ExclusiveStartShardId")),
                        entry("DescribeStreamSummary", onStream(streams::describeStreamSummary)),
                        entry(
                                "ListShards",
                                onStream(
                                        streams::listShards,
                                        "NextToken",
                                        "ExclusiveStartShardId",
                                        "MaxResults",
                                        "ShardFilter")),
                        entry(
                                "ListStreams",
                                action(
                                        streams::listStreams,
                                        "Limit",
                                        "ExclusiveStartStreamName",
                                        "NextToken")),
                        entry(
                                "SplitShard",
                                onStream(
                                        streams::splitShard, "ShardToSplit", "NewStartingHashKey")),
                        entry(
                                "MergeShards",
                                onStream(
                                        streams::mergeShards,
                                        "ShardToMerge",
                                        "AdjacentShardToMerge")),
                        entry(
                                "GetShardIterator",
                                onStream(
                                        records::getShardIterator,
                                        "ShardId",
                                        "ShardIteratorType",
                                        "StartingSequenceNumber",
                                        "Timestamp")),
                        entry(
                                "GetRecords",
                                action(records::getRecords, "ShardIterator", "Limit", "StreamARN")),
                        entry(
                                "PutRecord",
                                onStream(
                                        records::putRecord,
                                        "Data",
                                        "PartitionKey",
                                        "ExplicitHashKey",
                                        "SequenceNumberForOrdering")),
                        entry("PutRecords", onStream(records::putRecords, "Records")),
                        entry(
                                "RegisterStreamConsumer",
                                action(consumers::register, "StreamARN", "ConsumerName")),
                        entry(
                                "DescribeStreamConsumer",
                                action(
                                        consumers::describe,
                                        "StreamARN",
                                        "ConsumerName",
                                        "ConsumerARN")),
                        entry(
                                "DeregisterStreamConsumer",
                                action(
                                        consumers::deregister,
                                        "StreamARN",
                                        "ConsumerName",
                                        "ConsumerARN")),
                        entry(
                                "ListStreamConsumers",
                                action(consumers::list, "StreamARN", "MaxResults")));
    }

    @Override
    public String action(Call call) {
        String target = call.header("X-Amz-Target");
        return target != null && target.startsWith(TARGET_PREFIX)
                ? target.substring(TARGET_PREFIX.length())
                : String.valueOf(target);
    }

    @Override
    public Reply handle(String name, Call call) throws IOException {
        WireFormat format = WireFormat.of(call.header("Content-Type"));
        try {
            Action action = actions.get(name);
            if (format == null || action == null) {
                throw KinesisError.unknownOperation(
                        name + " with content type " + call.header("Content-Type"));
            }
            Members members = new Members(format, read(format, call), name, action.members);
            return write(format, 200, action.does.apply(members));
        } catch (KinesisError e) {
            return error(call, 400, e.code(), e.getMessage());
        }
    }

    private static JsonNode read(WireFormat format, Call call) throws IOException {
        try {
            return format.mapper().readTree(call.body());
        } catch (JsonProcessingException e) {
            throw KinesisError.serialization("The body is not " + format + ": " + e.getMessage());
        }
    }

    @Override
    public Reply error(Call call, int status, String code, String message) {
        WireFormat format = WireFormat.of(call.header("Content-Type"));
        try {
            return write(
                    format == null ? WireFormat.JSON : format,
                    status,
                    (out, ignored) -> {
                        out.writeStringField("__type", code);
                        out.writeStringField("message", message);
                    });
        } catch (IOException e) {
            throw new IllegalStateException("Writing to memory cannot fail", e);
        }
    }

    /** Valid until this thread writes its next answer, which is after this one was sent. */
    private Reply write(WireFormat format, int status, Answer answer) throws IOException {
        Buffer buffer = buffers.get();
        if (buffer.capacity() > LARGEST_KEPT_BUFFER) {
            buffer = new Buffer();
            buffers.set(buffer);
        }
        buffer.reset();
        try (JsonGenerator out = format.mapper().createGenerator(buffer)) {
            out.writeStartObject();
            answer.write(out, format);
            out.writeEndObject();
        }
        Reply reply = new Reply(status);
        reply.header("Content-Type", format.contentType());
        reply.header("x-amzn-RequestId", UUID.randomUUID().toString());
        return reply.body(buffer.array(), 0, buffer.size());
    }

    private static Action action(Function<Members, Answer> does, String... members) {
        return new Action(does, Set.of(members));
    }

    private static Action onStream(Function<Members, Answer> does, String... members) {
        Set<String> all = new HashSet<>(Set.of(members));
        all.add("StreamName");
        all.add("StreamARN");
        return new Action(does, Set.copyOf(all));
    }

    private record Action(Function<Members, Answer> does, Set<String> members) {}

    /** A byte stream that shows its array. */
    private static final class Buffer extends ByteArrayOutputStream {

        Buffer() {
            super(64 * 1024);
        }

        byte[] array() {
            return buf;
        }

        int capacity() {
            return buf.length;
        }
    }
}
