package io.hydrant.s3.read;

import io.hydrant.delivery.format.Compression;

/** Tells from the first bytes of an object how it is compressed. */
final class DetectedCompression {

    /** So many bytes are enough. */
    static final int HEAD = 2;

    private DetectedCompression() {}

    /** What the bytes begin; they are plain where nothing else is known to begin so. */
    static Compression of(byte[] head) {
        // RFC 1952, section 2.3.1; no JSON text begins so.
        boolean isGzip = head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
        return isGzip ? Compression.GZIP : Compression.UNCOMPRESSED;
    }
}
