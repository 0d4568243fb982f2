package io.hydrant.redshift;

import java.util.List;

/**
 * Ledger and table as they were at one time.
 *
 * @param lines of the ledger, none where there is no ledger yet
 * @param rows how many the table has, null where nobody asked
 */
record LedgerState(List<LedgerLine> lines, Long rows) {

    /** Keeps its own copy. */
    LedgerState {
        lines = List.copyOf(lines);
    }
}
