package io.hydrant.s3.read;

import io.hydrant.delivery.ledger.CorruptLedgerException;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerLine;
import io.hydrant.s3.store.ListedObject;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;
import io.hydrant.s3.store.S3FailedException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Reads the ledger of one delivery stream, entry by entry, in the order of the commits.
 *
 * <p>Holds one page of keys and one line in memory. An entry whose commit was repeated comes as
 * often as it was written, always with the same content; its id tells.
 */
public final class LedgerReader {

    private final ObjectStore store;
    private final S3Calls calls;
    private final String bucket;
    private final LedgerKeys keys;

    /** A reader of the ledger that lies in a bucket under these keys; the store stays open. */
    public LedgerReader(ObjectStore store, S3Calls calls, String bucket, LedgerKeys keys) {
        this.store = store;
        this.calls = calls;
        this.bucket = bucket;
        this.keys = keys;
    }

    /** Takes entries, one by one. */
    @FunctionalInterface
    public interface EntryConsumer {

        /** Takes one entry. */
        void accept(LedgerEntry entry) throws IOException;
    }

    /**
     * Gives every entry to the consumer.
     *
     * @return the number of ledger objects that were read; 0 means that there is no ledger
     * @throws IOException if a line cannot be read; the message names object and line
     * @throws S3FailedException if the store cannot be read; the message says what to mend
     */
    public long forEach(EntryConsumer consumer) throws IOException, InterruptedException {
        return listing().forEach(object -> read(object, consumer));
    }

    /**
     * Gives every entry that came since the last call to the consumer, to follow a delivery that
     * runs. Lists the whole ledger, but reads only what is new.
     *
     * @param seen keys of the ledger objects that were read already; those read now are added
     * @return the number of ledger objects that were read
     * @throws IOException if a line cannot be read; the message names object and line
     * @throws S3FailedException if the store cannot be read; the message says what to mend
     */
    public long forEachNew(Set<String> seen, EntryConsumer consumer)
            throws IOException, InterruptedException {
        int before = seen.size();
        listing()
                .forEach(
                        object -> {
                            if (!seen.contains(object.key())) {
                                read(object, consumer);
                                seen.add(object.key());
                            }
                        });
        return (long) seen.size() - before;
    }

    private ObjectListing listing() {
        return new ObjectListing(store, calls, bucket, keys.folder());
    }

    private void read(ListedObject object, EntryConsumer consumer)
            throws IOException, InterruptedException {
        int number = 0;
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                calls.call(
                                        S3Action.GET,
                                        bucket,
                                        object.key(),
                                        () -> store.get(bucket, object.key())),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                consumer.accept(LedgerLine.read(line));
            }
        } catch (CorruptLedgerException e) {
            throw new IOException(
                    "s3://"
                            + bucket
                            + '/'
                            + object.key()
                            + ", line "
                            + number
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }
}
