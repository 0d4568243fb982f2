package io.hydrant.jobs.gateway.plain;

import java.util.Arrays;

/**
 * The records of a body: stretches of it, each with the number by which its sender knows it. They
 * are not copied before they are put, since there may be many.
 */
final class BodyRecords {

    private final byte[] body;
    private int[] from = new int[16];
    private int[] to = new int[16];
    private int[] numbers = new int[16];
    private int count;
    private long bytes;

    BodyRecords(byte[] body) {
        this.body = body;
    }

    void add(int start, int end, int number) {
        if (count == from.length) {
            from = Arrays.copyOf(from, count * 2);
            to = Arrays.copyOf(to, count * 2);
            numbers = Arrays.copyOf(numbers, count * 2);
        }
        from[count] = start;
        to[count] = end;
        numbers[count] = number;
        count++;
        bytes += end - start;
    }

    int count() {
        return count;
    }

    /** Bytes of all together. */
    long bytes() {
        return bytes;
    }

    int size(int index) {
        return to[index] - from[index];
    }

    /** Its line, where the body was split by lines; else its place among the records. From 1. */
    int number(int index) {
        return numbers[index];
    }

    byte[] data(int index) {
        return Arrays.copyOfRange(body, from[index], to[index]);
    }
}
