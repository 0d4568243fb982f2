package io.hydrant.delivery.ledger;

import java.util.List;

/**
 * What the audit of one shard found.
 *
 * @param stream name of the stream
 * @param shard id of the shard
 * @param inStream records that the stream still holds
 * @param accounted those of them that entries account for, each exactly once
 * @param missing records that were certainly not delivered, pending ones not counted
 * @param doubled deliveries that were certainly one too many
 * @param exchanged stretches that hold as many records as the stream, but not the same ones
 * @param pending records behind the last one that any entry covers: not delivered yet
 * @param pendingSinceMillis arrival of the oldest pending record, milliseconds since the epoch; 0
 *     where none is pending
 * @param beyondRetention records that entries account for and the stream no longer holds, so that
 *     nothing can be said of them
 * @param findings the first disagreements, in the shard's order
 * @param unlistedFindings disagreements behind those
 */
public record ShardAudit(
        String stream,
        String shard,
        long inStream,
        long accounted,
        long missing,
        long doubled,
        long exchanged,
        long pending,
        long pendingSinceMillis,
        long beyondRetention,
        List<Finding> findings,
        long unlistedFindings) {

    /** Validates that nothing is missing. */
    public ShardAudit {
        findings = List.copyOf(findings);
    }

    /** Whether stream and ledger agree wherever both speak; pending records are no disagreement. */
    public boolean consistent() {
        return missing == 0 && doubled == 0 && exchanged == 0;
    }
}
