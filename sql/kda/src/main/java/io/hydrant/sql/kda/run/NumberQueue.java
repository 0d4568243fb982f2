package io.hydrant.sql.kda.run;

/** Numbers that come at the end, and go at both. */
final class NumberQueue {

    private static final int SMALLEST = 16;

    private long[] numbers = new long[SMALLEST];
    private int head;
    private int size;

    int size() {
        return size;
    }

    long get(int index) {
        return numbers[(head + index) % numbers.length];
    }

    long last() {
        return get(size - 1);
    }

    void addLast(long number) {
        if (size == numbers.length) {
            long[] larger = new long[size * 2];
            for (int i = 0; i < size; i++) {
                larger[i] = get(i);
            }
            numbers = larger;
            head = 0;
        }
        numbers[(head + size++) % numbers.length] = number;
    }

    void removeFirst() {
        head = (head + 1) % numbers.length;
        size--;
    }

    void removeLast() {
        size--;
    }
}
