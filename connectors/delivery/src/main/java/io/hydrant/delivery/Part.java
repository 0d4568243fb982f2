package io.hydrant.delivery;

/**
 * Which part of a record of the stream is meant. A record that was taken apart goes on as several
 * parts that share its identity; together they account for it once.
 *
 * @param index place among the parts, from 0
 * @param isLast whether no part follows
 */
public record Part(int index, boolean isLast) {

    /** A record that was not taken apart. */
    public static final Part WHOLE = new Part(0, true);

    /** Validates the index. */
    public Part {
        if (index < 0) {
            throw new IllegalArgumentException("index must not be negative, but is " + index);
        }
    }

    /** The part at that place; the one instance where it is the whole record. */
    public static Part of(int index, boolean isLast) {
        return index == 0 && isLast ? WHOLE : new Part(index, isLast);
    }

    /** Whether the record was not taken apart. */
    public boolean isWhole() {
        return index == 0 && isLast;
    }
}
