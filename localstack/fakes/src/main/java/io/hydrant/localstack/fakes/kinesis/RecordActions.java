package io.hydrant.localstack.fakes.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The actions on records. Limits by the API reference of PutRecords and GetRecords. */
final class RecordActions {

    private static final int MAX_GET_BYTES = 10 * 1024 * 1024;
    private static final int MAX_GET_RECORDS = 10_000;
    private static final int MAX_PUT_BYTES = 10 * 1024 * 1024;
    private static final int MAX_PUT_RECORDS = 500;
    private static final int MAX_KEY_LENGTH = 256;
    private static final Set<String> ENTRY = Set.of("Data", "PartitionKey", "ExplicitHashKey");

    private final KinesisState state;

    RecordActions(KinesisState state) {
        this.state = state;
    }

    Answer getShardIterator(Members request) {
        FakeStream stream = state.streamOf(request);
        FakeShard shard = stream.shard(request.requiredName("ShardId"));
        long from =
                startOrdinal(
                        state,
                        request,
                        "ShardIteratorType",
                        "StartingSequenceNumber",
                        stream,
                        shard);
        String token = token(stream, shard, from);
        return (out, format) -> out.writeStringField("ShardIterator", token);
    }

    /** Where reading begins; an iterator and a subscription name their members differently. */
    static long startOrdinal(
            KinesisState state,
            Members request,
            String typeMember,
            String sequenceMember,
            FakeStream stream,
            FakeShard shard) {
        String type = request.requiredName(typeMember);
        switch (type) {
            case "TRIM_HORIZON":
                return 0;
            case "LATEST":
                return stream.tip();
            case "AT_SEQUENCE_NUMBER":
                return givenOrdinal(request, sequenceMember, shard);
            case "AFTER_SEQUENCE_NUMBER":
                return givenOrdinal(request, sequenceMember, shard) + 1;
            case "AT_TIMESTAMP":
                long millis = request.requiredMillis("Timestamp");
                if (millis > state.now()) {
                    throw KinesisError.invalidArgument(
                            "The timestampInMillis parameter cannot be greater than the"
                                    + " currentTimestampInMillis. timestampInMillis: "
                                    + millis
                                    + ", currentTimestampInMillis: "
                                    + state.now());
                }
                return stream.ordinalArrivedFrom(shard, millis);
            default:
                throw KinesisError.validation(
                        Members.violation(
                                typeMember,
                                type,
                                "Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER,"
                                        + " LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER,"
                                        + " TRIM_HORIZON]"));
        }
    }

    private static long givenOrdinal(Members request, String member, FakeShard shard) {
        String given = request.requiredText(member, 129);
        long ordinal = SequenceNumber.parse(given);
        if (ordinal < shard.startOrdinal || (!shard.isOpen() && ordinal > shard.endOrdinal())) {
            throw KinesisError.invalidArgument(
                    member + " " + given + " does not lie in shard " + shard.id);
        }
        return ordinal;
    }

    Answer getRecords(Members request) {
        long now = state.now();
        ShardIteratorToken iterator =
                ShardIteratorToken.decode(request.requiredText("ShardIterator", 512));
        int limit = request.integer("Limit", 1, MAX_GET_RECORDS, MAX_GET_RECORDS);
        FakeStream stream = state.stream(iterator.stream());
        if (request.has("StreamARN") && !stream.arn().equals(request.text("StreamARN"))) {
            throw KinesisError.invalidArgument(
                    "StreamARN " + request.text("StreamARN") + " is not the iterator's stream");
        }
        long age = now - iterator.issuedMillis();
        if (age > ShardIteratorToken.LIFETIME.toMillis()
                || iterator.generation() < state.iteratorGeneration.get()) {
            throw KinesisError.expiredIterator(age);
        }
        FakeShard shard = stream.shard(iterator.shard());
        if (state.throttling && !stream.admitsRead(shard, now)) {
            state.refusedReads.incrementAndGet();
            throw KinesisError.throttled(shard.id, stream.name());
        }
        FakeStream.Batch batch =
                stream.read(shard, iterator.fromOrdinal(), limit, MAX_GET_BYTES, now);
        return (out, format) -> writeBatch(stream, shard, batch, out, format);
    }

    private void writeBatch(
            FakeStream stream,
            FakeShard shard,
            FakeStream.Batch batch,
            JsonGenerator out,
            WireFormat format)
            throws IOException {
        writeRecords(batch, out, format);
        out.writeNumberField("MillisBehindLatest", batch.millisBehind());
        if (batch.nextOrdinal() >= 0) {
            out.writeStringField("NextShardIterator", token(stream, shard, batch.nextOrdinal()));
            return;
        }
        writeChildren(batch, out);
    }

    static void writeRecords(FakeStream.Batch batch, JsonGenerator out, WireFormat format)
            throws IOException {
        out.writeArrayFieldStart("Records");
        for (StoredRecord stored : batch.records()) {
            out.writeStartObject();
            out.writeStringField("SequenceNumber", SequenceNumber.format(stored.ordinal()));
            format.writeTimestamp(out, "ApproximateArrivalTimestamp", stored.arrivalMillis());
            out.writeBinaryField("Data", stored.data());
            out.writeStringField("PartitionKey", stored.partitionKey());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static void writeChildren(FakeStream.Batch batch, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("ChildShards");
        for (FakeShard child : batch.children()) {
            out.writeStartObject();
            out.writeStringField("ShardId", child.id);
            out.writeArrayFieldStart("ParentShards");
            out.writeString(child.parent);
            if (child.adjacentParent != null) {
                out.writeString(child.adjacentParent);
            }
            out.writeEndArray();
            StreamActions.writeHashKeys(child, out);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private String token(FakeStream stream, FakeShard shard, long fromOrdinal) {
        return new ShardIteratorToken(
                        stream.name(),
                        shard.id,
                        fromOrdinal,
                        state.now(),
                        state.iteratorGeneration.get())
                .encode();
    }

    Answer putRecord(Members request) {
        FakeStream stream = state.streamOf(request);
        if (request.has("SequenceNumberForOrdering")) {
            // Sequence numbers grow with every record here, so the order asked for is given.
            SequenceNumber.parse(request.requiredText("SequenceNumberForOrdering", 129));
        }
        NewRecord wanted = newRecord(request, stream);
        FakeStream.Placed placed =
                stream.put(wanted.partitionKey, wanted.hash, wanted.data, state.now());
        return (out, format) -> {
            out.writeStringField("ShardId", placed.shard());
            out.writeStringField("SequenceNumber", SequenceNumber.format(placed.ordinal()));
            out.writeStringField("EncryptionType", "NONE");
        };
    }

    Answer putRecords(Members request) {
        FakeStream stream = state.streamOf(request);
        JsonNode entries = request.requiredList("Records", MAX_PUT_RECORDS);
        List<NewRecord> wanted = new ArrayList<>(entries.size());
        long bytes = 0;
        for (JsonNode entry : entries) {
            NewRecord next = newRecord(request.entry(entry, "Records", ENTRY), stream);
            bytes += next.size();
            wanted.add(next);
        }
        if (bytes > MAX_PUT_BYTES) {
            throw KinesisError.invalidArgument(
                    "Records size exceeds " + MAX_PUT_BYTES + " bytes: " + bytes);
        }
        List<Result> results = new ArrayList<>(wanted.size());
        int failed = 0;
        for (NewRecord next : wanted) {
            String rejection = state.rejections.judge(next.partitionKey);
            if (rejection == null) {
                FakeStream.Placed placed =
                        stream.put(next.partitionKey, next.hash, next.data, state.now());
                results.add(new Result(placed, null, null));
            } else {
                failed++;
                String shard = stream.shardFor(next.hash).id;
                results.add(new Result(null, rejection, KinesisError.rate(shard, stream.name())));
            }
        }
        int failures = failed;
        return (out, format) -> {
            out.writeNumberField("FailedRecordCount", failures);
            out.writeArrayFieldStart("Records");
            for (Result result : results) {
                result.write(out);
            }
            out.writeEndArray();
            out.writeStringField("EncryptionType", "NONE");
        };
    }

    private static NewRecord newRecord(Members entry, FakeStream stream) {
        byte[] data = entry.requiredBlob("Data");
        String partitionKey = entry.requiredText("PartitionKey", MAX_KEY_LENGTH);
        BigInteger hash =
                entry.has("ExplicitHashKey")
                        ? HashKeys.parse(entry.text("ExplicitHashKey"), "ExplicitHashKey")
                        : HashKeys.of(partitionKey);
        NewRecord wanted = new NewRecord(partitionKey, hash, data);
        if (wanted.size() > stream.maxRecordBytes()) {
            throw KinesisError.validation(
                    Members.violation(
                            "data",
                            wanted.size() + " bytes with the partition key",
                            "Member must have length less than or equal to "
                                    + stream.maxRecordBytes()));
        }
        return wanted;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, only stored
    private record NewRecord(String partitionKey, BigInteger hash, byte[] data) {

        int size() {
            return data.length + partitionKey.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    private record Result(FakeStream.Placed placed, String errorCode, String errorMessage) {

        void write(JsonGenerator out) throws IOException {
            out.writeStartObject();
            if (placed == null) {
                out.writeStringField("ErrorCode", errorCode);
                out.writeStringField("ErrorMessage", errorMessage);
            } else {
                out.writeStringField("SequenceNumber", SequenceNumber.format(placed.ordinal()));
                out.writeStringField("ShardId", placed.shard());
            }
            out.writeEndObject();
        }
    }
}
