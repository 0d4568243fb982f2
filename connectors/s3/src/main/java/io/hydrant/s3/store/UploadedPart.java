package io.hydrant.s3.store;

import java.util.Objects;

/**
 * A part that the store has.
 *
 * @param number part number, 1 to 10,000
 * @param etag the store's tag of its content
 * @param length its size in bytes
 */
public record UploadedPart(int number, String etag, int length) {

    /** The largest part number that S3 takes. */
    public static final int MAX_NUMBER = 10_000;

    /** Validates the number. */
    public UploadedPart {
        Objects.requireNonNull(etag, "etag");
        if (number < 1 || number > MAX_NUMBER) {
            throw new IllegalArgumentException(
                    "A part number must be from 1 to " + MAX_NUMBER + ", but is " + number);
        }
    }
}
