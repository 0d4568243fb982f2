package io.hydrant.delivery.ledger;

/**
 * What all entries of one kind add up to.
 *
 * @param entries entries, which for data and error are objects
 * @param records records in them
 * @param storedBytes their size as stored
 * @param uncompressedBytes their size before compression
 */
public record KindTotal(long entries, long records, long storedBytes, long uncompressedBytes) {

    static final KindTotal ZERO = new KindTotal(0, 0, 0, 0);

    KindTotal plus(LedgerEntry entry) {
        return new KindTotal(
                entries + 1,
                records + entry.records(),
                storedBytes + entry.storedBytes(),
                uncompressedBytes + entry.uncompressedBytes());
    }
}
