package io.hydrant.kinesis.stream;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A place in a stream's key space: an unsigned 128-bit number, held as two longs so that comparing
 * allocates nothing.
 *
 * <p>Source: Kinesis Data Streams API reference, {@code PutRecords} ("An MD5 hash function is used
 * to map partition keys to 128-bit integer values").
 *
 * @param high upper 64 bits, unsigned
 * @param low lower 64 bits, unsigned
 */
public record HashKey(long high, long low) implements Comparable<HashKey> {

    /** The smallest hash key, 0. */
    public static final HashKey MIN = new HashKey(0, 0);

    /** The largest hash key, 2^128 - 1. */
    public static final HashKey MAX = new HashKey(-1, -1);

    /** Digits of the largest hash key. */
    private static final int DIGITS = 39;

    /** Looking a digest up among the security providers takes as long as the digest of a key. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(HashKey::md5);

    /**
     * Reads a hash key as the API prints it.
     *
     * @param decimal digits of a number from 0 to 2^128 - 1
     * @throws IllegalArgumentException when it is no such number
     */
    public static HashKey parse(String decimal) {
        if (decimal.length() > DIGITS) {
            // Reading a number takes time that grows with the square of its digits.
            throw outside(decimal.substring(0, DIGITS + 1) + "...", null);
        }
        BigInteger value;
        try {
            value = new BigInteger(decimal);
        } catch (NumberFormatException e) {
            throw outside(decimal, e);
        }
        if (value.signum() < 0 || value.bitLength() > 128) {
            throw outside(decimal, null);
        }
        return new HashKey(value.shiftRight(64).longValue(), value.longValue());
    }

    /** The hash key that the service gives a record with this partition key. */
    public static HashKey ofPartitionKey(String partitionKey) {
        return ofDigest(DIGEST.get().digest(partitionKey.getBytes(StandardCharsets.UTF_8)));
    }

    /** The number that 16 bytes of MD5 stand for. */
    public static HashKey ofDigest(byte[] digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        return new HashKey(bytes.getLong(), bytes.getLong());
    }

    /** An MD5 digest; Java guarantees that there is one. */
    public static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }

    /** The next larger hash key, behind the largest the smallest. */
    HashKey next() {
        return low == -1 ? new HashKey(high + 1, 0) : new HashKey(high, low + 1);
    }

    /** The digits as the API prints them. */
    public String decimal() {
        byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        return new BigInteger(1, bytes).toString();
    }

    @Override
    public int compareTo(HashKey other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return decimal();
    }

    private static IllegalArgumentException outside(String decimal, Throwable cause) {
        return new IllegalArgumentException(
                "Hash key '" + decimal + "' is not a number from 0 to 2^128 - 1", cause);
    }
}
