package io.hydrant.localstack.fakes.s3;

import java.util.List;
import java.util.Map;

/**
 * The bytes of an object or part; none are held where the fake discards bodies.
 *
 * @param pieces the bytes in order, or null where they were discarded
 * @param length how many there are, or were
 * @param etag entity tag, without its quotes
 * @param sums the checksums that were sent along and found right, by header in lower case
 */
record Content(List<byte[]> pieces, long length, String etag, Map<String, String> sums) {

    boolean discarded() {
        return pieces == null;
    }

    byte[] toBytes() {
        if (discarded()) {
            throw new IllegalStateException("The bytes were discarded, as the fake was told to");
        }
        byte[] all = new byte[Math.toIntExact(length)];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }
}
