package io.hydrant.localstack.fakes.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** One of the sums that a caller may send along with a body, by its header. */
final class Checksum {

    private static final String PREFIX = "x-amz-checksum-";

    private final String header;
    private final java.util.zip.Checksum cyclic;
    private final MessageDigest digest;

    private Checksum(String header, java.util.zip.Checksum cyclic, MessageDigest digest) {
        this.header = header;
        this.cyclic = cyclic;
        this.digest = digest;
    }

    /** The sum that a header (in lower case) announces, or null if the header is about no sum. */
    static Checksum of(String header) {
        return switch (header) {
            case PREFIX + "crc32" -> new Checksum(header, new CRC32(), null);
            case PREFIX + "crc32c" -> new Checksum(header, new CRC32C(), null);
            case PREFIX + "crc64nvme" -> new Checksum(header, new Crc64Nvme(), null);
            case PREFIX + "sha1" -> new Checksum(header, null, digest("SHA-1"));
            case PREFIX + "sha256" -> new Checksum(header, null, digest("SHA-256"));
            case "content-md5" -> new Checksum(header, null, digest("MD5"));
            default -> null;
        };
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has " + algorithm, e);
        }
    }

    String header() {
        return header;
    }

    void update(byte[] bytes, int offset, int count) {
        if (cyclic != null) {
            cyclic.update(bytes, offset, count);
        } else {
            digest.update(bytes, offset, count);
        }
    }

    /** Compares with what the caller sent; ends this sum. */
    void verify(String expected) {
        String actual = Base64.getEncoder().encodeToString(value());
        if (actual.equals(expected)) {
            return;
        }
        throw new S3Error(
                400,
                header.equals("content-md5") ? "BadDigest" : "XAmzContentChecksumMismatch",
                "The " + header + " you specified was " + expected + ", but it is " + actual);
    }

    /** The sum; ends it. */
    byte[] value() {
        if (digest != null) {
            return digest.digest();
        }
        int width = cyclic instanceof Crc64Nvme ? Long.BYTES : Integer.BYTES;
        byte[] bytes = new byte[width];
        long value = cyclic.getValue();
        for (int i = width - 1; i >= 0; i--) {
            bytes[i] = (byte) value;
            value >>>= Byte.SIZE;
        }
        return bytes;
    }
}
