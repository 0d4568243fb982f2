package io.hydrant.delivery.ledger;

import java.util.Locale;

/** What a ledger entry accounts for. */
public enum EntryKind {
    /** Records delivered to the destination. */
    DATA,
    /** Records written to the error prefix, with the reason. */
    ERROR,
    /** Records that a transform dropped on purpose; they are in no object. */
    DROPPED,
    /**
     * A stretch of a shard that the stream did not hold any more when it was to be read; how many
     * records it had, if any, nobody knows.
     */
    LOST,
    /**
     * Where reading of shards began that was begun at a time, LATEST included: what arrived before
     * was not read, and what arrived then or later was or will be.
     */
    BEGUN,
    /**
     * Records that were read out of an error object and sent through again, or out of one that
     * waited; what came of them is in entries that name this one as their {@link
     * LedgerEntry#redrive()}.
     */
    REDRIVEN,
    /** Records as they came from the stream, kept beside what became of them. */
    BACKUP,
    /**
     * Records that a backup of failed ones leaves out because they did not fail; they are in no
     * object of it.
     */
    NOT_FAILED,
    /**
     * Records in an object that waits to be put into the destination. They are accounted for by it
     * as those of an error object are: once it was, an entry of kind {@link #REDRIVEN} says so.
     */
    WAITING;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** Whether its records are in no object. */
    boolean isWithoutObject() {
        return this == DROPPED || this == NOT_FAILED || isWithoutRecords();
    }

    /** Whether it accounts for no records at all. */
    boolean isWithoutRecords() {
        return this == LOST || this == BEGUN;
    }

    /** Whether it is about a backup and not about the delivery that it stands beside. */
    public boolean isOfBackup() {
        return this == BACKUP || this == NOT_FAILED;
    }

    /** The name as ledger lines spell it, such as {@code data}. */
    public String text() {
        return text;
    }
}
