package io.hydrant.delivery.processing;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.deadletter.ErrorOutputType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Decompresses records, all members of a gzip file, up to a size that memory can take: a megabyte
 * may hold a gigabyte of zeros. One instance serves a task.
 */
final class Gunzip {

    static final String CODE = "Decompression.Failed";

    private static final int CHUNK = 16 * 1024;

    private final long maxSize;
    private final byte[] chunk = new byte[CHUNK];

    Gunzip(long maxSize) {
        this.maxSize = maxSize;
    }

    Bytes decompress(Bytes record) throws ProcessingException {
        GrowingBytes out = new GrowingBytes(Math.min(CHUNK, 4 * record.length() + 16));
        try (GZIPInputStream in =
                new GZIPInputStream(
                        new ByteArrayInputStream(
                                record.array(), record.offset(), record.length()))) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                if (out.length() + (long) count > maxSize) {
                    throw failed(
                            "the record is larger than "
                                    + maxSize
                                    + " bytes when decompressed ("
                                    + ProcessingOptions.DECOMPRESSION_MAX_SIZE.key()
                                    + ")");
                }
                out.write(chunk, 0, count);
            }
        } catch (EOFException e) {
            throw failed("the record is not GZIP: it ends early");
        } catch (IOException e) {
            throw failed("the record is not GZIP: " + e.getMessage());
        }
        return new Bytes(out.array(), 0, out.length());
    }

    private static ProcessingException failed(String reason) {
        return new ProcessingException(
                ErrorOutputType.DECOMPRESSION_FAILED, CODE, "Decompression failed, " + reason);
    }
}
