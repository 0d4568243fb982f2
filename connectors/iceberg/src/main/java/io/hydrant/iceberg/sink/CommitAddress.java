package io.hydrant.iceberg.sink;

import java.util.List;

/**
 * What the ledger calls a commit, where it would name an object: {@code
 * iceberg:shop.orders#run@checkpoint}.
 *
 * @param table full name of the table
 * @param point run and checkpoint of the commit, which no other has
 */
public record CommitAddress(String table, CommitMark.Point point) {

    private static final String SCHEME = "iceberg:";

    /** Whether the ledger means a commit by that, and no object. */
    public static boolean isOne(String text) {
        return text != null && text.startsWith(SCHEME);
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static CommitAddress parse(String text) {
        int hash = text.lastIndexOf('#');
        if (!isOne(text) || hash < 0) {
            throw new IllegalArgumentException("'" + text + "' is no address of a commit");
        }
        return new CommitAddress(
                text.substring(SCHEME.length(), hash),
                CommitMark.parse(text.substring(hash + 1)).own());
    }

    /** Run and checkpoint. */
    public String text() {
        return new CommitMark(List.of(point)).toString();
    }

    @Override
    public String toString() {
        return SCHEME + table + '#' + text();
    }
}
