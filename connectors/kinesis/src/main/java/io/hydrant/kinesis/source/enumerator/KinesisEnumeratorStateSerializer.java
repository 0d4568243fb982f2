package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.source.split.Inheritance;
import io.hydrant.kinesis.source.split.StateFields;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the enumerator's state for checkpoints. Version 2 added the end of a bounded read, version
 * 3 the time at which a stream was created, version 4 what shards inherit and leave, version 5 the
 * time of a stream's last listing.
 */
public final class KinesisEnumeratorStateSerializer
        implements SimpleVersionedSerializer<KinesisEnumeratorState> {

    private static final int VERSION = 5;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(KinesisEnumeratorState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        out.writeInt(state.streams().size());
        for (StreamProgress stream : state.streams()) {
            out.writeUTF(stream.stream().toString());
            out.writeBoolean(stream.start() != null);
            if (stream.start() != null) {
                StateFields.writePosition(stream.start(), out);
            }
            out.writeBoolean(stream.newestShardId() != null);
            if (stream.newestShardId() != null) {
                out.writeUTF(stream.newestShardId());
            }
            out.writeInt(stream.shards().size());
            for (TrackedShard shard : stream.shards()) {
                writeShard(shard, out);
            }
            writeTime(stream.created(), out);
            writeTime(stream.listed(), out);
        }
        writeTime(state.end(), out);
        return out.getCopyOfBuffer();
    }

    @Override
    public KinesisEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
        if (version < 1 || version > VERSION) {
            throw StateFields.unknownVersion("source's enumerator", version, VERSION);
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        List<StreamProgress> streams = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            StreamArn stream = StreamArn.parseReadable(in.readUTF());
            Position start = in.readBoolean() ? StateFields.readPosition(in) : null;
            String newest = in.readBoolean() ? in.readUTF() : null;
            List<TrackedShard> shards = new ArrayList<>();
            for (int shardsLeft = in.readInt(); shardsLeft > 0; shardsLeft--) {
                shards.add(readShard(in, version));
            }
            Instant created = version < 3 ? null : readTime(in);
            Instant listed = version < 5 ? null : readTime(in);
            streams.add(new StreamProgress(stream, start, newest, shards, created, listed));
        }
        return new KinesisEnumeratorState(streams, version < 2 ? null : readTime(in));
    }

    private static void writeTime(Instant time, DataOutput out) throws IOException {
        out.writeBoolean(time != null);
        if (time != null) {
            out.writeLong(time.toEpochMilli());
        }
    }

    private static Instant readTime(DataInput in) throws IOException {
        return in.readBoolean() ? Instant.ofEpochMilli(in.readLong()) : null;
    }

    private static void writeShard(TrackedShard tracked, DataOutput out) throws IOException {
        Shard shard = tracked.shard();
        out.writeUTF(shard.id());
        out.writeByte(shard.parents().size());
        for (String parent : shard.parents()) {
            out.writeUTF(parent);
        }
        StateFields.writeRange(shard.hashKeys(), out);
        out.writeBoolean(shard.closed());
        StateFields.writePosition(tracked.start(), out);
        out.writeByte(tracked.status().code());
        tracked.inherited().write(out);
        tracked.left().write(out);
    }

    private static TrackedShard readShard(DataInput in, int version) throws IOException {
        String id = in.readUTF();
        List<String> parents = new ArrayList<>(2);
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            parents.add(in.readUTF());
        }
        Shard shard = new Shard(id, parents, StateFields.readRange(in), in.readBoolean());
        Position start = StateFields.readPosition(in);
        ShardStatus status = ShardStatus.ofCode(in.readUnsignedByte());
        return version < 4
                ? new TrackedShard(shard, start, status, Inheritance.NONE, Inheritance.NONE)
                : new TrackedShard(
                        shard, start, status, Inheritance.read(in), Inheritance.read(in));
    }
}
