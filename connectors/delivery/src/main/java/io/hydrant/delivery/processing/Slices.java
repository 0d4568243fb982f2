package io.hydrant.delivery.processing;

import java.util.Arrays;

/** Places in an array of bytes, one behind the other. */
final class Slices {

    private int[] bounds = new int[16];
    private int size;

    void add(int offset, int length) {
        if (2 * size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * size] = offset;
        bounds[2 * size + 1] = length;
        size++;
    }

    int size() {
        return size;
    }

    int offset(int index) {
        return bounds[2 * index];
    }

    int length(int index) {
        return bounds[2 * index + 1];
    }
}
