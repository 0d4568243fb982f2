package io.hydrant.delivery.buffer;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.format.ContentTotals;
import io.hydrant.delivery.format.RecordFormat;
import io.hydrant.delivery.ledger.LedgerTally;

import java.util.Objects;

/**
 * The content of one open object that is still in memory: a raw chunk of encoded records that is
 * not compressed yet, the compressed tail in front of it, and the tally of every record in the
 * object, in memory or already uploaded.
 *
 * <p>Both parts are plain bytes at any moment, so a checkpoint copies them and neither compresses
 * nor waits. Empty buffers take no room to speak of; the raw chunk grows with what arrives. Not
 * thread-safe.
 */
public final class ObjectBuffer {

    /** What an open object takes beside its bytes: tally, names, map entries; an estimate. */
    private static final int OVERHEAD = 1024;

    private GrowingBytes raw;
    private GrowingBytes tail;
    private final LedgerTally tally;
    private long uncompressedBytes;
    private long encodedBytes;
    private int checksum;

    /** An empty buffer. */
    public ObjectBuffer() {
        this(new GrowingBytes(0), new GrowingBytes(0));
    }

    /** An empty buffer over arrays that another one was done with; they are given away. */
    public ObjectBuffer(GrowingBytes raw, GrowingBytes tail) {
        this(raw, tail, new LedgerTally(), 0, 0, 0);
        raw.clear();
        tail.clear();
    }

    private ObjectBuffer(
            GrowingBytes raw,
            GrowingBytes tail,
            LedgerTally tally,
            long uncompressedBytes,
            long encodedBytes,
            int checksum) {
        this.raw = raw;
        this.tail = tail;
        this.tally = tally;
        this.uncompressedBytes = uncompressedBytes;
        this.encodedBytes = encodedBytes;
        this.checksum = checksum;
    }

    /**
     * A buffer as a checkpoint left it; the arrays are given away.
     *
     * @param raw chunk that is not compressed yet
     * @param tail compressed bytes that were not uploaded yet
     * @param tally every record of the object
     * @param uncompressedBytes size of the object before compression, so far
     * @param encodedBytes compressed bytes so far, the tail's and those taken from it
     * @param checksum what the codec's checksum came to so far
     */
    public static ObjectBuffer restored(
            byte[] raw,
            byte[] tail,
            LedgerTally tally,
            long uncompressedBytes,
            long encodedBytes,
            int checksum) {
        return new ObjectBuffer(
                GrowingBytes.of(raw),
                GrowingBytes.of(tail),
                Objects.requireNonNull(tally, "tally"),
                uncompressedBytes,
                encodedBytes,
                checksum);
    }

    /** Encodes a record into the raw chunk and counts it. */
    public void append(Envelope record, RecordFormat format) {
        append(record, Part.WHOLE, format);
    }

    /** Encodes a part of a record into the raw chunk and counts it. */
    public void append(Envelope record, Part part, RecordFormat format) {
        int before = raw.length();
        format.encode(record, raw);
        uncompressedBytes += raw.length() - before;
        tally.add(record, part);
    }

    /**
     * Adds what a part of a record was converted to. Its size is the record's own: the size hint is
     * about what comes, not about what it becomes.
     */
    public void appendRows(Envelope record, Part part, GrowingBytes rows) {
        raw.write(rows.array(), 0, rows.length());
        uncompressedBytes += record.payloadLength();
        tally.add(record, part);
    }

    /**
     * Compresses the raw chunk into one block behind the tail.
     *
     * @param scratch holds the block for a moment, so that the tail grows by what the block takes
     *     and not by what the codec might have needed
     * @param keepCapacity bytes of the chunk's array to keep for the records to come; where there
     *     is memory for that, the tail doubles as it grows, too, and is copied less often
     */
    public void compress(BlockCodec codec, GrowingBytes scratch, int keepCapacity) {
        if (raw.length() > 0) {
            encode(raw.array(), raw.length(), codec, scratch, keepCapacity > 0);
        }
        raw.clear(keepCapacity);
    }

    /**
     * Compresses a chunk that was taken out before, into one block behind the tail; to be called
     * before any later chunk is compressed.
     */
    public void compress(byte[] chunk, BlockCodec codec, GrowingBytes scratch) {
        encode(chunk, chunk.length, codec, scratch, false);
    }

    /**
     * Compresses what is left and ends the file; to be called once. Makes sure that there is a
     * block at all: records may be empty, and an object of nothing but such records has to be a
     * valid file nevertheless.
     */
    public void seal(BlockCodec codec, GrowingBytes scratch) {
        if (encodedBytes == 0 || raw.length() > 0) {
            encode(raw.array(), raw.length(), codec, scratch, false);
        }
        raw.clear();
        scratch.clear();
        codec.finish(new ContentTotals(uncompressedBytes, encodedBytes, checksum), scratch);
        addToTail(scratch, false);
    }

    private void encode(
            byte[] chunk, int length, BlockCodec codec, GrowingBytes scratch, boolean isRoomy) {
        scratch.clear();
        if (encodedBytes == 0) {
            codec.begin(scratch);
        }
        codec.encode(chunk, 0, length, scratch);
        checksum = codec.checksum(checksum, chunk, 0, length);
        addToTail(scratch, isRoomy);
    }

    private void addToTail(GrowingBytes encoded, boolean isRoomy) {
        if (isRoomy) {
            tail.reserve(encoded.length());
        } else {
            tail.reserveTightly(encoded.length());
        }
        tail.write(encoded.array(), 0, encoded.length());
        encodedBytes += encoded.length();
    }

    /** Takes the tail out, as a part or as the last bytes of the object. */
    public GrowingBytes takeTail() {
        GrowingBytes taken = tail;
        tail = new GrowingBytes(0);
        return taken;
    }

    /** Takes a copy of the tail out and keeps its array for what comes, which is as much again. */
    public byte[] copyTail() {
        byte[] copy = tail.toByteArray();
        tail.clear();
        return copy;
    }

    /** Takes a copy of the raw chunk out and keeps its array for the records to come. */
    public byte[] copyRaw() {
        byte[] copy = raw.toByteArray();
        raw.clear();
        return copy;
    }

    /** Takes out the array of a chunk that was compressed, for another buffer. */
    public GrowingBytes takeRaw() {
        GrowingBytes taken = raw;
        raw = new GrowingBytes(0);
        return taken;
    }

    /** The chunk that is not compressed yet; read only. */
    public GrowingBytes raw() {
        return raw;
    }

    /** The compressed bytes that were not taken yet; read only. */
    public GrowingBytes tail() {
        return tail;
    }

    /** What the object holds; grows with {@link #append}. */
    public LedgerTally tally() {
        return tally;
    }

    /** Size of the object before compression, so far. */
    public long uncompressedBytes() {
        return uncompressedBytes;
    }

    /** Compressed bytes so far, those of the tail and those taken from it. */
    public long encodedBytes() {
        return encodedBytes;
    }

    /** What the codec's checksum came to so far; 0 where it has none. */
    public int checksum() {
        return checksum;
    }

    /** Bytes of memory that the buffer takes. */
    public int heldBytes() {
        return OVERHEAD + raw.capacity() + tail.capacity();
    }
}
