package io.hydrant.jobs.delivery.staged;

import io.hydrant.core.retry.RetryClock;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.ShardTally;
import io.hydrant.s3.sink.LedgerConfig;
import io.hydrant.s3.sink.S3Committable;
import io.hydrant.s3.stage.WaitingObject;
import io.hydrant.s3.stage.WaitingObjects;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Calls;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What waits in a store, and what a commit makes of it. */
final class Notes {

    private Notes() {}

    static WaitingObjects in(ObjectStore store) {
        return new WaitingObjects(
                store,
                new S3Calls(Duration.ofMillis(1), RetryClock.SYSTEM),
                new LedgerConfig(true, "lake", "ledger/"),
                "orders",
                0,
                1);
    }

    static WaitingObject object(int number) {
        return WaitingObject.of(committable(EntryKind.WAITING, number));
    }

    /** An object whose oldest record arrived at that number. */
    static S3Committable committable(EntryKind kind, int number) {
        return new S3Committable(
                new LedgerEntry(
                        new UUID(7, number),
                        kind,
                        "s3://lake/o-" + number,
                        3,
                        3,
                        2,
                        number,
                        number,
                        List.of(new ShardTally("in", "shard-0", "1", 0, "2", 0, 2, 77, 0)),
                        "orders",
                        "1"),
                "lake",
                "o-" + number,
                null,
                List.of(),
                0,
                new byte[] {1, 2, 3},
                List.of());
    }
}
