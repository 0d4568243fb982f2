package io.hydrant.redshift;

import java.util.List;

/**
 * What a COPY did.
 *
 * @param rows how many it made
 * @param refused rows that the table does not take
 */
record Copied(long rows, List<RefusedRow> refused) {

    /** Keeps its own copy. */
    Copied {
        refused = List.copyOf(refused);
    }
}
