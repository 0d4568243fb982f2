package io.hydrant.s3.sink;

import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.s3.store.UploadedPart;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What the committer makes durable: an object, and the ledger line that accounts for it. Opaque to
 * everybody but this room.
 *
 * @param entry the ledger line; an object's identity is its id
 * @param bucket bucket of the object, null if there is only a line to write
 * @param key key of the object, null likewise
 * @param uploadId multipart upload to complete, null to write the object in one piece
 * @param parts parts that the store has, in order; empty without an upload
 * @param tailNumber part number for {@code tail}, 0 without an upload
 * @param tail bytes still to be written: the whole object without an upload, else its last part, or
 *     none
 * @param segments keys of staged segments that nobody needs once the object is there
 * @param bundled where all of the object is staged with others, else null
 */
public record S3Committable(
        LedgerEntry entry,
        String bucket,
        String key,
        String uploadId,
        List<UploadedPart> parts,
        int tailNumber,
        byte[] tail,
        List<String> segments,
        Bundled bundled) {

    private static final byte[] NOTHING = new byte[0];

    /**
     * An object's place in a staged segment that holds several.
     *
     * @param segment key of the segment, in the object's bucket
     * @param offset where in it the object begins
     * @param objects how many the segment holds
     */
    public record Bundled(String segment, int offset, int objects) {

        /** Validates that nothing is missing. */
        public Bundled {
            Objects.requireNonNull(segment, "segment");
        }
    }

    /** An object whose bytes are in parts, or here. */
    public S3Committable(
            LedgerEntry entry,
            String bucket,
            String key,
            String uploadId,
            List<UploadedPart> parts,
            int tailNumber,
            byte[] tail,
            List<String> segments) {
        this(entry, bucket, key, uploadId, parts, tailNumber, tail, segments, null);
    }

    /** Validates that the parts agree with each other. */
    public S3Committable {
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(tail, "tail");
        parts = List.copyOf(parts);
        segments = List.copyOf(segments);
        if (bucket == null ? key != null || uploadId != null : key == null) {
            throw new IllegalArgumentException(
                    "Bucket " + bucket + " does not go with key " + key + ", upload " + uploadId);
        }
        if (uploadId == null ? !parts.isEmpty() : parts.isEmpty() && tail.length == 0) {
            throw new IllegalArgumentException(
                    "Upload " + uploadId + " does not go with " + parts.size() + " parts");
        }
        if (bundled != null && (bucket == null || uploadId != null || tail.length > 0)) {
            throw new IllegalArgumentException(
                    bundled + " does not go with bytes elsewhere, or with no object");
        }
    }

    static S3Committable inOnePiece(LedgerEntry entry, String bucket, String key, byte[] content) {
        return new S3Committable(entry, bucket, key, null, List.of(), 0, content, List.of());
    }

    static S3Committable bundled(LedgerEntry entry, String bucket, String key, Bundled bundled) {
        return new S3Committable(
                entry, bucket, key, null, List.of(), 0, NOTHING, List.of(), bundled);
    }

    static S3Committable ofUpload(
            LedgerEntry entry,
            String bucket,
            String key,
            String uploadId,
            List<UploadedPart> parts,
            int tailNumber,
            byte[] tail) {
        return new S3Committable(entry, bucket, key, uploadId, parts, tailNumber, tail, List.of());
    }

    static S3Committable ofLedgerOnly(LedgerEntry entry) {
        return new S3Committable(entry, null, null, null, List.of(), 0, NOTHING, List.of());
    }

    /** The same, its ledger line being that of records which a redrive read. */
    S3Committable redrivenBy(UUID redrive) {
        return new S3Committable(
                entry.redrivenBy(redrive),
                bucket,
                key,
                uploadId,
                parts,
                tailNumber,
                tail,
                segments,
                bundled);
    }

    /** The same object, made of what those segments hold. */
    S3Committable replacing(List<String> staged) {
        return new S3Committable(
                entry, bucket, key, uploadId, parts, tailNumber, tail, staged, bundled);
    }

    boolean hasObject() {
        return bucket != null;
    }

    @Override
    public String toString() {
        return entry.kind().text()
                + ' '
                + entry.id()
                + (hasObject() ? " at s3://" + bucket + '/' + key : "")
                + ", "
                + entry.records()
                + " records";
    }
}
