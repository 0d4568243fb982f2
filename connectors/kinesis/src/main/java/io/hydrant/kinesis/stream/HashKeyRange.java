package io.hydrant.kinesis.stream;

import java.util.Collection;
import java.util.Objects;

/**
 * The part of the key space that a shard holds, both ends included.
 *
 * @param first lowest hash key
 * @param last highest hash key
 */
public record HashKeyRange(HashKey first, HashKey last) {

    /** The whole key space, as the only shard of a stream has it. */
    public static final HashKeyRange ALL = new HashKeyRange(HashKey.MIN, HashKey.MAX);

    /** Validates the order of the ends. */
    public HashKeyRange {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(last, "last");
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException(
                    "A hash key range starts at " + first + " but ends at " + last);
        }
    }

    /** Reads both ends as the API prints them. */
    public static HashKeyRange parse(String first, String last) {
        return new HashKeyRange(HashKey.parse(first), HashKey.parse(last));
    }

    /** Whether the key belongs to the shard. */
    public boolean contains(HashKey key) {
        return first.compareTo(key) <= 0 && key.compareTo(last) <= 0;
    }

    /** Whether each key of the shard belongs to one of these. */
    public boolean isCoveredBy(Collection<HashKeyRange> others) {
        HashKey next = first;
        boolean found = true;
        while (found) {
            found = false;
            for (HashKeyRange other : others) {
                if (other.contains(next)) {
                    if (last.compareTo(other.last) <= 0) {
                        return true;
                    }
                    next = other.last.next();
                    found = true;
                }
            }
        }
        return false;
    }

    /** Whether every key belongs to the shard. */
    public boolean isAll() {
        return first.equals(HashKey.MIN) && last.equals(HashKey.MAX);
    }
}
