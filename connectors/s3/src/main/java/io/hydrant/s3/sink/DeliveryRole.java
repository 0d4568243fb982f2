package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.EntryKind;

/** What a sink is to its delivery stream; decides the ledger's kind of its objects, and metrics. */
public enum DeliveryRole {
    /** The destination. */
    DESTINATION(EntryKind.DATA, EntryKind.DROPPED, "DeliveryToS3"),
    /** The backup of the records as they came. */
    BACKUP(EntryKind.BACKUP, EntryKind.NOT_FAILED, "BackupToS3"),
    /** The backup of the records that failed. */
    FAILED_BACKUP(EntryKind.BACKUP, EntryKind.NOT_FAILED, "BackupToS3");

    private final EntryKind kind;
    private final EntryKind droppedKind;
    private final String metrics;

    DeliveryRole(EntryKind kind, EntryKind droppedKind, String metrics) {
        this.kind = kind;
        this.droppedKind = droppedKind;
        this.metrics = metrics;
    }

    /** What the ledger calls its data objects. */
    EntryKind kind() {
        return kind;
    }

    /** What the ledger calls records that it puts into no object. */
    EntryKind droppedKind() {
        return droppedKind;
    }

    /** Whether it is a backup beside a delivery. */
    public boolean isBackup() {
        return kind == EntryKind.BACKUP;
    }

    /** Firehose's name of one of its metrics, such as {@code BackupToS3.Records}. */
    String metric(String name) {
        return metrics + '.' + name;
    }
}
