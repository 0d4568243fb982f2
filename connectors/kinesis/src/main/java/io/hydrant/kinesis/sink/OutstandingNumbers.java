package io.hydrant.kinesis.sink;

/**
 * Numbers of one producer's records that are on their way, none below 0: bits in a ring that is as
 * large as the smallest and the largest of them are apart. They come in order, as a rule, and go in
 * batches.
 */
final class OutstandingNumbers {

    private static final int WORD = Long.SIZE;

    /** The bit of a number is where the number is in the ring; a power of two. */
    private long[] ring = new long[1];

    private int count;

    /** The smallest number; means nothing while there is none. */
    private long first;

    /** No number is larger. */
    private long last;

    boolean isEmpty() {
        return count == 0;
    }

    /** Whether all numbers, with this one, would be less than a window apart. */
    boolean admits(long number, int window) {
        return count == 0 || (number - first < window && last - number < window);
    }

    void add(long number) {
        if (count == 0) {
            first = number;
            last = number;
        } else {
            first = Math.min(first, number);
            last = Math.max(last, number);
            if (last - first >= bits()) {
                grow(number);
            }
        }
        int word = word(number);
        long bit = 1L << number;
        if ((ring[word] & bit) == 0) {
            ring[word] |= bit;
            count++;
        }
    }

    /** Takes a number out, if it is there. */
    void remove(long number) {
        if (count == 0 || number < first || number > last) {
            return;
        }
        int word = word(number);
        long bit = 1L << number;
        if ((ring[word] & bit) == 0) {
            return;
        }
        ring[word] &= ~bit;
        count--;
        if (count > 0 && number == first) {
            first = following(number);
        }
    }

    /** The smallest number behind one that was there; there is one. */
    private long following(long number) {
        long at = number + 1;
        while (true) {
            // What is left of the word from here on; words of the ring are aligned to numbers.
            long rest = ring[word(at)] >>> at;
            if (rest != 0) {
                return at + Long.numberOfTrailingZeros(rest);
            }
            at = (at | (WORD - 1)) + 1;
        }
    }

    /** Makes room for all from the first to the last; the one that comes is not there yet. */
    private void grow(long coming) {
        long[] before = ring;
        long bits = bits();
        long from = coming == first ? Math.max(0, last - bits + 1) : first;
        while (last - first >= bits) {
            bits *= 2;
        }
        ring = new long[Math.toIntExact(bits / WORD)];
        int mask = before.length - 1;
        long[] after = ring;
        for (long number = from, end = from + (long) before.length * WORD; number < end; number++) {
            if ((before[(int) (number / WORD) & mask] & (1L << number)) != 0) {
                after[word(number)] |= 1L << number;
            }
        }
    }

    private long bits() {
        return (long) ring.length * WORD;
    }

    private int word(long number) {
        return (int) (number / WORD) & (ring.length - 1);
    }
}
