package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.ObjectBuffer;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerTally;

import java.util.Objects;

/**
 * What a checkpoint keeps of one object that is not handed over yet. Opaque to everybody but this
 * room.
 *
 * <p>One element per object, so that rescaling hands objects to whichever subtask is there.
 */
public sealed interface S3WriterState {

    /**
     * An object that still takes records.
     *
     * @param group which records it takes
     * @param openedAtMillis processing time of its first record
     * @param compression how its tail is compressed
     * @param raw bytes that are not compressed yet
     * @param tail compressed bytes that are in no part
     * @param tally all its records
     * @param uncompressedBytes size before compression so far
     * @param encodedBytes size after compression so far, without {@code raw}
     * @param upload its multipart upload, null if no part was needed
     * @param checksum what the codec's checksum came to so far
     */
    record Open(
            Group group,
            long openedAtMillis,
            Compression compression,
            byte[] raw,
            byte[] tail,
            LedgerTally tally,
            long uncompressedBytes,
            long encodedBytes,
            UploadState upload,
            int checksum)
            implements S3WriterState {

        static Open of(OpenObject object, Compression compression) {
            ObjectBuffer buffer = object.buffer;
            LedgerTally tally = new LedgerTally();
            tally.merge(buffer.tally());
            return new Open(
                    object.group,
                    object.openedAtMillis,
                    compression,
                    buffer.raw().toByteArray(),
                    buffer.tail().toByteArray(),
                    tally,
                    buffer.uncompressedBytes(),
                    buffer.encodedBytes(),
                    UploadState.of(object.upload()),
                    buffer.checksum());
        }

        Open withChecksum(int other) {
            return new Open(
                    group,
                    openedAtMillis,
                    compression,
                    raw,
                    tail,
                    tally,
                    uncompressedBytes,
                    encodedBytes,
                    upload,
                    other);
        }
    }

    /**
     * An object that takes no more records, but has parts on their way.
     *
     * @param entry what the ledger will say of it
     * @param upload its multipart upload
     * @param tail its last part, possibly empty
     */
    record Rolled(LedgerEntry entry, UploadState upload, byte[] tail) implements S3WriterState {

        /** Validates that nothing is missing. */
        public Rolled {
            Objects.requireNonNull(entry, "entry");
            Objects.requireNonNull(upload, "upload");
        }

        static Rolled of(RolledObject object) {
            return new Rolled(object.entry(), UploadState.of(object.upload()), object.tail());
        }
    }
}
