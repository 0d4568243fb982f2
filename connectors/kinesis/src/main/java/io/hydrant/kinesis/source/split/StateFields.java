package io.hydrant.kinesis.source.split;

import io.hydrant.kinesis.stream.HashKey;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Position;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;

/**
 * How values that both states hold are written. What is written never changes its meaning: a new
 * form is a new tag and a new version of the states.
 */
public final class StateFields {

    private static final int TRIM_HORIZON = 0;
    private static final int AT_TIMESTAMP = 1;
    private static final int BEHIND = 2;
    private static final int AFTER = 3;
    private static final int END = 4;

    private StateFields() {}

    /** Writes a position. */
    public static void writePosition(Position position, DataOutput out) throws IOException {
        if (position instanceof Position.TrimHorizon) {
            out.writeByte(TRIM_HORIZON);
        } else if (position instanceof Position.AtTimestamp at) {
            out.writeByte(AT_TIMESTAMP);
            out.writeLong(at.time().getEpochSecond());
            out.writeInt(at.time().getNano());
        } else if (position instanceof Position.Behind behind) {
            out.writeByte(BEHIND);
            out.writeUTF(behind.sequence());
            out.writeLong(behind.subSequence());
        } else if (position instanceof Position.After after) {
            out.writeByte(AFTER);
            out.writeUTF(after.sequence());
        } else {
            out.writeByte(END);
        }
    }

    /** Reads a position. */
    public static Position readPosition(DataInput in) throws IOException {
        int tag = in.readUnsignedByte();
        return switch (tag) {
            case TRIM_HORIZON -> new Position.TrimHorizon();
            case AT_TIMESTAMP ->
                    new Position.AtTimestamp(Instant.ofEpochSecond(in.readLong(), in.readInt()));
            case BEHIND -> new Position.Behind(in.readUTF(), in.readLong());
            case AFTER -> new Position.After(in.readUTF());
            case END -> new Position.End();
            default ->
                    throw new IOException(
                            "State holds a position of kind "
                                    + tag
                                    + ", which this version does not know; it was written by a"
                                    + " newer one");
        };
    }

    /** Writes a range of hash keys. */
    public static void writeRange(HashKeyRange range, DataOutput out) throws IOException {
        out.writeLong(range.first().high());
        out.writeLong(range.first().low());
        out.writeLong(range.last().high());
        out.writeLong(range.last().low());
    }

    /** Reads a range of hash keys. */
    public static HashKeyRange readRange(DataInput in) throws IOException {
        HashKey first = new HashKey(in.readLong(), in.readLong());
        return new HashKeyRange(first, new HashKey(in.readLong(), in.readLong()));
    }

    /** Says that state of a version cannot be read. */
    public static IOException unknownVersion(String what, int version, int newest) {
        return new IOException(
                "The state of the Kinesis "
                        + what
                        + " has version "
                        + version
                        + ", but this connector reads versions 1 to "
                        + newest
                        + "; restore it with the version that wrote it, or a newer one");
    }
}
