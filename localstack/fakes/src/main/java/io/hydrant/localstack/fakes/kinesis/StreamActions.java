package io.hydrant.localstack.fakes.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** The actions on streams and shards. */
final class StreamActions {

    private static final int DEFAULT_SHARD_PAGE = 1000;
    private static final int DEFAULT_DESCRIBE_PAGE = 100;
    private static final int ON_DEMAND_SHARDS = 4;
    private static final long NEXT_TOKEN_LIFETIME_MILLIS = 300_000;

    private final KinesisState state;

    StreamActions(KinesisState state) {
        this.state = state;
    }

    Answer createStream(Members request) {
        String name = request.requiredName("StreamName");
        Members mode = request.object("StreamModeDetails", Set.of("StreamMode"));
        boolean onDemand = mode != null && "ON_DEMAND".equals(mode.requiredName("StreamMode"));
        int shards = request.integer("ShardCount", 1, 100_000, 0);
        if (onDemand == (shards > 0)) {
            throw KinesisError.validation(
                    "ShardCount is needed for a PROVISIONED stream and refused for an ON_DEMAND one");
        }
        int recordKiB = request.integer("MaxRecordSizeInKiB", 1024, 10240, 1024);
        FakeStream stream =
                new FakeStream(
                        name,
                        onDemand ? ON_DEMAND_SHARDS : shards,
                        onDemand,
                        recordKiB * 1024,
                        state.now());
        if (state.streams.putIfAbsent(name, stream) != null) {
            throw KinesisError.inUse(
                    "Stream " + name + " under account " + FakeStream.ACCOUNT + " already exists.");
        }
        return Answer.NOTHING;
    }

    Answer deleteStream(Members request) {
        state.streams.remove(state.streamOf(request).name());
        return Answer.NOTHING;
    }

    Answer describeStream(Members request) {
        FakeStream stream = state.streamOf(request);
        int limit = request.integer("Limit", 1, 10_000, DEFAULT_DESCRIBE_PAGE);
        List<FakeShard> after = after(stream.shards(), request.name("ExclusiveStartShardId"));
        return (out, format) -> {
            out.writeObjectFieldStart("StreamDescription");
            writeDescription(stream, out, format);
            writeShards(after.subList(0, Math.min(limit, after.size())), out);
            out.writeBooleanField("HasMoreShards", after.size() > limit);
            out.writeEndObject();
        };
    }

    Answer describeStreamSummary(Members request) {
        FakeStream stream = state.streamOf(request);
        return (out, format) -> {
            out.writeObjectFieldStart("StreamDescriptionSummary");
            writeDescription(stream, out, format);
            out.writeNumberField("OpenShardCount", stream.openShards());
            out.writeNumberField("ConsumerCount", 0);
            out.writeNumberField("MaxRecordSizeInKiB", stream.maxRecordBytes() / 1024);
            out.writeEndObject();
        };
    }

    Answer listStreams(Members request) {
        int limit = request.integer("Limit", 1, 10_000, DEFAULT_DESCRIBE_PAGE);
        String start = request.text("NextToken");
        start = start == null ? request.name("ExclusiveStartStreamName") : start;
        List<FakeStream> all =
                List.copyOf(
                        start == null
                                ? state.streams.values()
                                : state.streams.tailMap(start, false).values());
        List<FakeStream> page = all.subList(0, Math.min(limit, all.size()));
        boolean more = all.size() > limit;
        return (out, format) -> {
            out.writeArrayFieldStart("StreamNames");
            for (FakeStream stream : page) {
                out.writeString(stream.name());
            }
            out.writeEndArray();
            out.writeBooleanField("HasMoreStreams", more);
            if (more) {
                out.writeStringField("NextToken", page.get(page.size() - 1).name());
            }
        };
    }

    Answer listShards(Members request) {
        int limit = request.integer("MaxResults", 1, 10_000, DEFAULT_SHARD_PAGE);
        Members filter = ShardListing.filterOf(request);
        String token = request.text("NextToken");
        FakeStream stream;
        List<FakeShard> matching;
        if (token == null) {
            stream = state.streamOf(request);
            matching =
                    after(
                            ShardListing.select(stream.shards(), filter),
                            request.name("ExclusiveStartShardId"));
        } else {
            for (String member :
                    List.of("StreamName", "StreamARN", "ExclusiveStartShardId", "ShardFilter")) {
                if (request.has(member)) {
                    throw KinesisError.invalidArgument(
                            "NextToken and " + member + " cannot be provided together.");
                }
            }
            Page page = Page.decode(token);
            if (state.now() - page.issuedMillis > NEXT_TOKEN_LIFETIME_MILLIS) {
                throw KinesisError.expiredNextToken();
            }
            stream = state.stream(page.stream);
            matching =
                    stream.shards().stream().filter(shard -> page.ids.contains(shard.id)).toList();
        }
        List<FakeShard> shown = matching.subList(0, Math.min(limit, matching.size()));
        List<FakeShard> rest = matching.subList(shown.size(), matching.size());
        return (out, format) -> {
            writeShards(shown, out);
            if (!rest.isEmpty()) {
                out.writeStringField(
                        "NextToken",
                        new Page(
                                        stream.name(),
                                        state.now(),
                                        rest.stream().map(shard -> shard.id).toList())
                                .encode());
            }
        };
    }

    Answer splitShard(Members request) {
        FakeStream stream = state.streamOf(request);
        stream.split(
                request.requiredName("ShardToSplit"),
                HashKeys.parse(
                        request.requiredText("NewStartingHashKey", 39), "NewStartingHashKey"),
                state.now());
        return Answer.NOTHING;
    }

    Answer mergeShards(Members request) {
        FakeStream stream = state.streamOf(request);
        stream.merge(
                request.requiredName("ShardToMerge"),
                request.requiredName("AdjacentShardToMerge"),
                state.now());
        return Answer.NOTHING;
    }

    private static List<FakeShard> after(List<FakeShard> shards, String exclusiveStart) {
        return exclusiveStart == null
                ? shards
                : shards.stream().filter(shard -> shard.id.compareTo(exclusiveStart) > 0).toList();
    }

    private static void writeDescription(FakeStream stream, JsonGenerator out, WireFormat format)
            throws IOException {
        out.writeStringField("StreamName", stream.name());
        out.writeStringField("StreamARN", stream.arn());
        out.writeStringField("StreamStatus", "ACTIVE");
        out.writeObjectFieldStart("StreamModeDetails");
        out.writeStringField("StreamMode", stream.onDemand() ? "ON_DEMAND" : "PROVISIONED");
        out.writeEndObject();
        out.writeNumberField("RetentionPeriodHours", 24);
        format.writeTimestamp(out, "StreamCreationTimestamp", stream.createdMillis());
        out.writeArrayFieldStart("EnhancedMonitoring");
        out.writeStartObject();
        out.writeArrayFieldStart("ShardLevelMetrics");
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndArray();
        out.writeStringField("EncryptionType", "NONE");
    }

    private static void writeShards(List<FakeShard> shards, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("Shards");
        for (FakeShard shard : shards) {
            out.writeStartObject();
            out.writeStringField("ShardId", shard.id);
            if (shard.parent != null) {
                out.writeStringField("ParentShardId", shard.parent);
            }
            if (shard.adjacentParent != null) {
                out.writeStringField("AdjacentParentShardId", shard.adjacentParent);
            }
            writeHashKeys(shard, out);
            out.writeObjectFieldStart("SequenceNumberRange");
            out.writeStringField(
                    "StartingSequenceNumber", SequenceNumber.format(shard.startOrdinal));
            if (!shard.isOpen()) {
                out.writeStringField(
                        "EndingSequenceNumber", SequenceNumber.format(shard.endOrdinal()));
            }
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static void writeHashKeys(FakeShard shard, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("HashKeyRange");
        out.writeStringField("StartingHashKey", shard.startHash.toString());
        out.writeStringField("EndingHashKey", shard.endHash.toString());
        out.writeEndObject();
    }

    /** What a NextToken of ListShards stands for: the shards still to show. */
    private record Page(String stream, long issuedMillis, List<String> ids) {

        String encode() {
            String plain = stream + '/' + issuedMillis + '/' + String.join(",", ids);
            return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
        }

        static Page decode(String token) {
            try {
                String plain =
                        new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
                String[] parts = plain.split("/", -1);
                if (parts.length == 3) {
                    return new Page(
                            parts[0], Long.parseLong(parts[1]), List.of(parts[2].split(",", -1)));
                }
            } catch (IllegalArgumentException ignored) {
                // Not base64, or no number where one belongs: said below.
            }
            throw KinesisError.invalidArgument("Invalid NextToken.");
        }
    }
}
