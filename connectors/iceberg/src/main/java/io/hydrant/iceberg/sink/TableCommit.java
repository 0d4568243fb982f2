package io.hydrant.iceberg.sink;

import io.hydrant.delivery.ledger.LedgerEntry;

import java.util.List;
import java.util.Objects;

/**
 * What is to be committed to a table for a checkpoint. The files are listed in manifests of their
 * own beside the table's, so that state stays small whatever was written.
 *
 * @param table full name of the table
 * @param mark names the commit
 * @param rows rows in it
 * @param steps manifests as Iceberg encodes references to them, by step; those of a later one may
 *     delete rows of an earlier one
 * @param entry what the ledger says of it; null in a commit of a release that kept none
 */
record TableCommit(
        String table, CommitMark mark, long rows, List<List<byte[]>> steps, LedgerEntry entry) {

    TableCommit {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(mark, "mark");
        steps = List.copyOf(steps);
    }
}
