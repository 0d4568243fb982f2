package io.hydrant.launcher.autoscale;

import java.math.BigInteger;

/**
 * A shard that takes records.
 *
 * @param id its id
 * @param first its first hash key
 * @param last its last hash key
 */
record OpenShard(String id, BigInteger first, BigInteger last) {

    /** Number of all hash keys. */
    static final BigInteger KEYS = BigInteger.ONE.shiftLeft(128);

    /** Hash keys that it has. */
    BigInteger width() {
        return last.subtract(first).add(BigInteger.ONE);
    }

    /** Its part of all hash keys, 0 to 1; exact enough for a load. */
    double part() {
        return width().shiftRight(64).doubleValue() / 0x1p64;
    }

    /** Whether it has more than one hash key. */
    boolean canSplit() {
        return width().bitLength() > 1;
    }

    /** Where the upper of two halves begins. */
    BigInteger middle() {
        return first.add(width().shiftRight(1));
    }

    /** Whether the other begins where it ends. */
    boolean isBefore(OpenShard other) {
        return last.add(BigInteger.ONE).equals(other.first);
    }
}
