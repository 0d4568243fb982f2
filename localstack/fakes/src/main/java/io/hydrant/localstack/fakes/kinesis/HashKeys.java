package io.hydrant.localstack.fakes.kinesis;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The ring of hash keys, 0 to 2^128 - 1, and where a partition key lies on it. */
final class HashKeys {

    static final BigInteger END = BigInteger.TWO.pow(128);

    private HashKeys() {}

    /** MD5 of the partition key, as an unsigned number. */
    static BigInteger of(String partitionKey) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("MD5")
                            .digest(partitionKey.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has MD5", e);
        }
    }

    /** Where the {@code index}th of {@code count} even shares begins. */
    static BigInteger shareStart(int index, int count) {
        return END.multiply(BigInteger.valueOf(index)).divide(BigInteger.valueOf(count));
    }

    /** A hash key that came in as text. */
    static BigInteger parse(String text, String member) {
        if (!text.matches("0|([1-9]\\d{0,38})")) {
            throw KinesisError.validation(
                    Members.violation(
                            member,
                            text,
                            "Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})"));
        }
        BigInteger key = new BigInteger(text);
        if (key.compareTo(END) >= 0) {
            throw KinesisError.invalidArgument(
                    "Invalid " + member + ". Must be below 2^128, but is " + text);
        }
        return key;
    }
}
