package io.hydrant.launcher.soak;

/**
 * How often each number is in the stream and how often in the bucket.
 *
 * <p>A put may be repeated when its answer was lost, so the stream itself is what deliveries are
 * held against, not what was put.
 */
final class Balance {

    private final int[] inStream;
    private final int[] delivered;

    /** A balance of the numbers from 0. */
    Balance(long numbers) {
        inStream = new int[Math.toIntExact(numbers)];
        delivered = new int[inStream.length];
    }

    void inStream(long number) {
        inStream[Math.toIntExact(number)]++;
    }

    void delivered(long number) {
        delivered[Math.toIntExact(number)]++;
    }

    /**
     * Numbers that were made and that the stream does not have, which no delivery is to blame for.
     */
    long neverPut() {
        long count = 0;
        for (int times : inStream) {
            count += times == 0 ? 1 : 0;
        }
        return count;
    }

    /** Records of the stream that are not in the bucket. */
    long lost() {
        long count = 0;
        for (int i = 0; i < inStream.length; i++) {
            count += Math.max(0, inStream[i] - delivered[i]);
        }
        return count;
    }

    /** Records in the bucket that are in it more often than in the stream. */
    long doubled() {
        long count = 0;
        for (int i = 0; i < inStream.length; i++) {
            count += Math.max(0, delivered[i] - inStream[i]);
        }
        return count;
    }
}
