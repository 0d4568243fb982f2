package io.hydrant.delivery.processing;

/**
 * A part of an array, read only.
 *
 * @param array holds the bytes
 * @param offset the first of them
 * @param length how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying would cost what slices save
record Bytes(byte[] array, int offset, int length) {

    static Bytes of(byte[] array) {
        return new Bytes(array, 0, array.length);
    }
}
