package io.hydrant.delivery.format;

import io.hydrant.delivery.buffer.GrowingBytes;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Makes a ZIP archive with one entry, {@value #ENTRY}. Its content is one DEFLATE stream whose
 * blocks end at byte boundaries and never look back behind their beginning, so that it may be cut
 * between any two; sizes and checksum stand behind it, in a data descriptor and in the directory at
 * the end.
 *
 * <p>Sizes have 32 bits, without the ZIP64 extension: java.util.zip of Java 17 misreads a data
 * descriptor of that extension on an entry that would not have needed it, and at the entry's
 * beginning nobody knows.
 *
 * <p>Source: APPNOTE.TXT - .ZIP File Format Specification, 4.3 to 4.4.
 */
final class ZipCodec implements BlockCodec {

    /** Name of the entry; the object's own is not known yet when the archive begins. */
    static final String ENTRY = "records";

    /** Content that leaves a whole record's room below the 4 GiB that the sizes can say. */
    static final long LARGEST_CONTENT = 2L * 1024 * 1024 * 1024;

    private static final byte[] NAME = ENTRY.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_BLOCK_WITHOUT_CONTENT = {3, 0};

    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int DATA_DESCRIPTOR = 0x08074b50;
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int END_OF_DIRECTORY = 0x06054b50;

    private static final int VERSION = 20;
    private static final int MADE_BY_UNIX = 3 << 8;
    private static final int SIZES_FOLLOW = 1 << 3;
    private static final int DEFLATED = 8;

    /** 1980-01-01, the format's first day: equal content gives equal bytes. */
    private static final int DATE = (1 << 5) | 1;

    private static final int REGULAR_FILE_FOR_ALL_TO_READ = 0100644 << 16;
    private static final int LOCAL_HEADER_LENGTH = 30 + NAME.length;
    private static final int CENTRAL_HEADER_LENGTH = 46 + NAME.length;
    private static final int DESCRIPTOR_LENGTH = 16;

    private final ZlibDeflate deflate;
    private final CRC32 crc = new CRC32();

    ZipCodec(int level) {
        this.deflate = new ZlibDeflate(level);
    }

    @Override
    public String extension() {
        return Compression.ZIP.extension();
    }

    @Override
    public void begin(GrowingBytes out) {
        LittleEndian.writeInt(LOCAL_HEADER, out);
        writeCommonPart(0, 0, 0, out);
        LittleEndian.writeShort(0, out);
        out.write(NAME);
    }

    @Override
    public void encode(byte[] block, int offset, int length, GrowingBytes out) {
        deflate.deflateOpenEnded(block, offset, length, out);
    }

    @Override
    public int checksum(int soFar, byte[] block, int offset, int length) {
        crc.reset();
        crc.update(block, offset, length);
        return Crc32Combination.combine(soFar, (int) crc.getValue(), length);
    }

    @Override
    public void finish(ContentTotals totals, GrowingBytes out) {
        int uncompressed = size(totals.uncompressedBytes());
        int compressed =
                size(
                        totals.encodedBytes()
                                - LOCAL_HEADER_LENGTH
                                + LAST_BLOCK_WITHOUT_CONTENT.length);
        out.write(LAST_BLOCK_WITHOUT_CONTENT);
        LittleEndian.writeInt(DATA_DESCRIPTOR, out);
        LittleEndian.writeInt(totals.checksum(), out);
        LittleEndian.writeInt(compressed, out);
        LittleEndian.writeInt(uncompressed, out);

        LittleEndian.writeInt(CENTRAL_HEADER, out);
        LittleEndian.writeShort(MADE_BY_UNIX | VERSION, out);
        writeCommonPart(totals.checksum(), compressed, uncompressed, out);
        // Extra field, comment, disk, internal attributes.
        for (int i = 0; i < 4; i++) {
            LittleEndian.writeShort(0, out);
        }
        LittleEndian.writeInt(REGULAR_FILE_FOR_ALL_TO_READ, out);
        // Where the local header is.
        LittleEndian.writeInt(0, out);
        out.write(NAME);

        LittleEndian.writeInt(END_OF_DIRECTORY, out);
        // This disk, and the directory's.
        LittleEndian.writeInt(0, out);
        LittleEndian.writeShort(1, out);
        LittleEndian.writeShort(1, out);
        LittleEndian.writeInt(CENTRAL_HEADER_LENGTH, out);
        LittleEndian.writeInt(
                size(totals.encodedBytes() + LAST_BLOCK_WITHOUT_CONTENT.length + DESCRIPTOR_LENGTH),
                out);
        // Comment.
        LittleEndian.writeShort(0, out);
    }

    @Override
    public void close() {
        deflate.close();
    }

    /** From the version that reads it to the length of its name. */
    private static void writeCommonPart(
            int checksum, int compressed, int uncompressed, GrowingBytes out) {
        LittleEndian.writeShort(VERSION, out);
        LittleEndian.writeShort(SIZES_FOLLOW, out);
        LittleEndian.writeShort(DEFLATED, out);
        LittleEndian.writeShort(0, out);
        LittleEndian.writeShort(DATE, out);
        LittleEndian.writeInt(checksum, out);
        LittleEndian.writeInt(compressed, out);
        LittleEndian.writeInt(uncompressed, out);
        LittleEndian.writeShort(NAME.length, out);
    }

    private static int size(long bytes) {
        if (bytes >= 0xffff_ffffL) {
            throw new IllegalStateException(
                    "A ZIP archive of " + bytes + " bytes is beyond what its sizes can say");
        }
        return (int) bytes;
    }
}
