package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerLine;
import io.hydrant.delivery.ledger.LedgerStore;
import io.hydrant.s3.read.LedgerKeys;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * Writes the ledger lines of one commit as one object. A commit that is repeated writes them again
 * under another key; readers tell repetitions by the entry's id. Closes its store.
 */
final class LedgerWriter implements LedgerStore {

    private final ObjectStore store;
    private final S3Calls calls;
    private final String bucket;
    private final LedgerKeys keys;
    private final Clock clock;

    LedgerWriter(ObjectStore store, S3Calls calls, String bucket, LedgerKeys keys, Clock clock) {
        this.store = store;
        this.calls = calls;
        this.bucket = bucket;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public void write(List<LedgerEntry> entries) throws IOException, InterruptedException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(512 * entries.size());
        for (LedgerEntry entry : entries) {
            LedgerLine.write(entry, lines);
        }
        UUID id = UUID.randomUUID();
        String key = keys.key(clock.instant(), id);
        // A taken key means that a call whose answer was lost has written it: the id is new.
        calls.run(
                S3Action.PUT,
                bucket,
                key,
                () -> store.putIfAbsent(bucket, key, id.toString(), lines.toByteArray()));
    }

    @Override
    public void close() {
        store.close();
    }
}
