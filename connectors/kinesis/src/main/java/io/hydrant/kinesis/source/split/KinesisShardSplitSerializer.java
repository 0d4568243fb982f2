package io.hydrant.kinesis.source.split;

import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;

/**
 * Writes splits for checkpoints and for the way from the enumerator to readers. Version 2 added the
 * time until which a shard was read through, version 3 the time at which reading ends; version 4
 * the producers seen.
 */
public final class KinesisShardSplitSerializer
        implements SimpleVersionedSerializer<KinesisShardSplit> {

    private static final int VERSION = 4;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(KinesisShardSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeUTF(split.stream().toString());
        out.writeUTF(split.shardId());
        StateFields.writeRange(split.hashKeys(), out);
        StateFields.writePosition(split.position(), out);
        out.writeLong(split.readThrough());
        out.writeLong(split.end());
        split.producers().write(out);
        return out.getCopyOfBuffer();
    }

    @Override
    public KinesisShardSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version < 1 || version > VERSION) {
            throw StateFields.unknownVersion("source's splits", version, VERSION);
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        return new KinesisShardSplit(
                StreamArn.parseReadable(in.readUTF()),
                in.readUTF(),
                StateFields.readRange(in),
                StateFields.readPosition(in),
                version < 2 ? 0 : in.readLong(),
                version < 3 ? KinesisShardSplit.NO_END : in.readLong(),
                version < 4 ? SeenProducers.NONE : SeenProducers.read(in));
    }
}
