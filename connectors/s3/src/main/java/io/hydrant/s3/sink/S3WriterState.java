package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.buffer.ObjectBuffer;
import io.hydrant.delivery.conversion.columnar.ColumnarFormat;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.delivery.ledger.LedgerTally;

import java.util.List;
import java.util.Objects;

/**
 * What a checkpoint keeps of one object that is not handed over yet. Opaque to everybody but this
 * room.
 *
 * <p>One element per object, or per few small ones, so that rescaling hands objects to whichever
 * subtask is there.
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
     * An object of rows that becomes a columnar file, whether it still takes rows or its file is
     * being written. Its columns are kept with it, so that it is finished for those that its rows
     * were made for, whatever the table has become.
     *
     * @param group which records it takes
     * @param openedAtMillis processing time of its first record
     * @param format what it becomes
     * @param columns its columns, as one type of Hive
     * @param raw rows that are not compressed yet
     * @param tail compressed rows that are in no segment
     * @param tally all its records
     * @param uncompressedBytes size of its records so far
     * @param encodedBytes size of its compressed rows so far, without {@code raw}
     * @param segments its rows that are staged, in their order
     */
    record OpenRows(
            Group group,
            long openedAtMillis,
            ColumnarFormat format,
            String columns,
            byte[] raw,
            byte[] tail,
            LedgerTally tally,
            long uncompressedBytes,
            long encodedBytes,
            List<Staged> segments)
            implements S3WriterState {

        /** Copies the list. */
        public OpenRows {
            segments = List.copyOf(segments);
        }

        /**
         * A segment.
         *
         * @param key its key
         * @param length its size
         * @param pending its bytes, null once the store has them
         */
        record Staged(String key, int length, byte[] pending) {

            private static Staged of(Segment segment) {
                return new Staged(segment.key, segment.length, segment.pending());
            }
        }

        /** A file that is being written reads the rows that are kept, so they stay as they are. */
        static OpenRows of(OpenObject object, BlockCodec codec) {
            ObjectBuffer buffer = object.buffer;
            GrowingBytes tail = GrowingBytes.of(buffer.tail().toByteArray());
            int stored = tail.length();
            for (byte[] chunk : object.rows.kept()) {
                codec.encode(chunk, 0, chunk.length, tail);
            }
            LedgerTally tally = new LedgerTally();
            tally.merge(buffer.tally());
            return new OpenRows(
                    object.group,
                    object.openedAtMillis,
                    object.rows.file.format(),
                    object.rows.columns.text(),
                    buffer.raw().toByteArray(),
                    tail.toByteArray(),
                    tally,
                    buffer.uncompressedBytes(),
                    buffer.encodedBytes() + tail.length() - stored,
                    object.rows.segments.stream().map(Staged::of).toList());
        }
    }

    /**
     * An object that takes no more records, but has parts on their way.
     *
     * @param entry what the ledger will say of it
     * @param upload its multipart upload
     * @param tail its last part, possibly empty
     * @param segments keys of its staged segments
     */
    record Rolled(LedgerEntry entry, UploadState upload, byte[] tail, List<String> segments)
            implements S3WriterState {

        /** Validates that nothing is missing. */
        public Rolled {
            segments = List.copyOf(segments);
            Objects.requireNonNull(entry, "entry");
            Objects.requireNonNull(upload, "upload");
        }

        static Rolled of(RolledObject object) {
            Bundle.Place place = object.place();
            return new Rolled(
                    object.entry(),
                    place == null ? UploadState.of(object.upload()) : UploadState.notBegun(object),
                    place == null ? object.tail() : place.content(),
                    object.segments());
        }
    }

    /**
     * Open objects together, compressed: much of each is the same in all of them.
     *
     * @param version of the form that they are written in
     * @param bytes what {@link StatePacks} made of them
     */
    record Packed(int version, byte[] bytes) implements S3WriterState {}
}
