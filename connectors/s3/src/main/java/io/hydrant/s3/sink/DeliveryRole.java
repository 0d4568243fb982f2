package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.EntryKind;

/** What a sink is to its delivery stream; decides the ledger's kind of its objects, and metrics. */
public enum DeliveryRole {
    /** The destination. */
    DESTINATION(EntryKind.DATA, "DeliveryToS3"),
    /** The backup of the records as they came. */
    BACKUP(EntryKind.BACKUP, "BackupToS3");

    private final EntryKind kind;
    private final String metrics;

    DeliveryRole(EntryKind kind, String metrics) {
        this.kind = kind;
        this.metrics = metrics;
    }

    /** What the ledger calls its data objects. */
    EntryKind kind() {
        return kind;
    }

    /** Firehose's name of one of its metrics, such as {@code BackupToS3.Records}. */
    String metric(String name) {
        return metrics + '.' + name;
    }
}
