package io.hydrant.delivery.redrive;

import io.hydrant.delivery.ledger.LedgerEntry;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What comes of the records of one error object beside objects, ready to be committed.
 *
 * @param entries what the ledger is to say of it
 * @param bytes what {@link RedriveCommits#commit} needs, with a version of its own
 */
public record PreparedCommits(List<LedgerEntry> entries, byte[] bytes) {

    /** Keeps a list of its own; the bytes belong to it from now on. */
    public PreparedCommits {
        entries = List.copyOf(entries);
        Objects.requireNonNull(bytes, "bytes");
    }

    /** The same, whose ledger entries say which redrive they are of. */
    public PreparedCommits redrivenBy(UUID redrive) {
        return new PreparedCommits(
                entries.stream().map(entry -> entry.redrivenBy(redrive)).toList(), bytes);
    }
}
