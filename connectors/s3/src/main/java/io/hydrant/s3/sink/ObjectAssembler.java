package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.delivery.buffer.ObjectBuffer;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;

import java.util.List;
import java.util.UUID;

/**
 * Turns the content of open objects into blocks, blocks into parts, and a full object into one that
 * waits for its checkpoint. Never waits itself. Belongs to the subtask's thread.
 */
final class ObjectAssembler {

    private static final byte[] NOTHING = new byte[0];

    private final S3SinkConfig config;
    private final ObjectNaming names;
    private final BlockCodec codec;
    private final FastCodec rowCodec;
    private final Segments segments;
    private final Bundles bundles;
    private final PartUploader uploader;
    private final MemoryBudget budget;
    private final GrowingBytes scratch = new GrowingBytes(0);
    private final SpareArrays spare = new SpareArrays();

    ObjectAssembler(
            S3SinkConfig config,
            S3WriterParts parts,
            ObjectNaming names,
            BlockCodec codec,
            Segments segments,
            Bundles bundles) {
        this.config = config;
        this.names = names;
        this.codec = codec;
        this.rowCodec = parts.rowCodec();
        this.uploader = parts.uploader();
        this.budget = parts.budget();
        this.segments = segments;
        this.bundles = bundles;
    }

    /** A buffer for a new object. */
    ObjectBuffer newBuffer() {
        return spare.buffer();
    }

    /**
     * Makes a block of what is raw. Rows stay as they are while there is room for them: a
     * checkpoint or the budget may ask for them compressed, and mostly their file is written
     * before.
     */
    void endBlock(OpenObject object) {
        if (object.rows == null) {
            compress(object);
            return;
        }
        while (!budget.hasRoom() && compressFirst(object)) {
            stageIfFull(object);
        }
        if (budget.hasRoom()) {
            object.rows.keep(object.buffer.copyRaw());
            budget.hold(object.takeChange());
        } else {
            compress(object);
        }
    }

    /** Compresses rows that are kept, for a checkpoint; those that are raw go into it as such. */
    void compressKept(OpenObject object) {
        while (compressFirst(object)) {
            stageIfFull(object);
        }
    }

    private boolean compressFirst(OpenObject object) {
        byte[] chunk = object.rows.takeFirst();
        if (chunk == null) {
            return false;
        }
        object.buffer.compress(chunk, rowCodec, scratch);
        budget.hold(object.takeChange());
        return true;
    }

    /** Compresses what is raw, and starts a part or a segment once there is enough for one. */
    void compress(OpenObject object) {
        if (object.rows != null) {
            compressKept(object);
        }
        int keep = budget.isRelaxed() ? object.buffer.raw().capacity() : 0;
        object.buffer.compress(object.rows == null ? codec : rowCodec, scratch, keep);
        budget.hold(object.takeChange());
        stageIfFull(object);
    }

    private void stageIfFull(OpenObject object) {
        if (object.buffer.tail().length() < config.partSize()) {
            return;
        }
        if (object.rows != null) {
            segments.stageTail(object);
        } else {
            if (object.upload() == null) {
                object.attach(begin(object.group, object.buffer));
            }
            GrowingBytes part = object.buffer.takeTail();
            // The part stays held until the store has it; the buffer no longer counts it.
            budget.hold(part.capacity());
            budget.hold(object.takeChange());
            uploader.upload(object.upload(), part);
        }
    }

    /** Ends the last block of an object of rows that takes no more; its file is written next. */
    void seal(OpenObject object) {
        if (object.buffer.raw().length() > 0) {
            object.rows.keep(object.buffer.copyRaw());
        }
        object.buffer.takeRaw();
        budget.hold(object.takeChange());
    }

    /** Ends an object; what is left of it waits for the checkpoint in memory. */
    RolledObject roll(OpenObject object) {
        ObjectBuffer buffer = object.buffer;
        buffer.seal(codec, scratch);
        MultipartUpload upload = object.upload();
        MultipartUpload named = upload != null ? upload : begin(object.group, buffer);
        byte[] tail = buffer.tail().toByteArray();
        if (budget.isRelaxed()) {
            spare.keep(buffer.takeRaw(), buffer.takeTail());
        }
        budget.hold(object.takeChange() - buffer.heldBytes());
        budget.hold(tail.length);
        budget.await(tail.length);
        LedgerEntry entry =
                LedgerEntry.ofObject(
                        named.id,
                        kind(object.group),
                        "s3://" + named.bucket + '/' + named.key,
                        buffer.encodedBytes(),
                        buffer.uncompressedBytes(),
                        buffer.tally(),
                        config.naming().streamName(),
                        config.naming().streamVersion());
        return new RolledObject(entry, named.bucket, named.key, upload, tail, List.of(), null);
    }

    private EntryKind kind(Group group) {
        if (group.error() == null) {
            return config.role().kind();
        }
        return group.error().isWaiting() ? EntryKind.WAITING : EntryKind.ERROR;
    }

    /**
     * Uploads what is left of an ended object ahead of the checkpoint, so that it leaves memory: a
     * small one together with others.
     */
    RolledObject stage(RolledObject object) {
        if (object.tail().length == 0) {
            return object;
        }
        budget.await(-object.tail().length);
        if (bundles.takes(object)) {
            return staged(object, null, bundles.add(object.tail()));
        }
        MultipartUpload upload =
                object.upload() != null
                        ? object.upload()
                        : new MultipartUpload(
                                object.bucket(),
                                object.key(),
                                object.entry().id(),
                                object.entry().oldestArrivalMillis(),
                                null,
                                1);
        uploader.upload(upload, GrowingBytes.of(object.tail()));
        return staged(object, upload, null);
    }

    private static RolledObject staged(
            RolledObject object, MultipartUpload upload, Bundle.Place place) {
        return new RolledObject(
                object.entry(),
                object.bucket(),
                object.key(),
                upload,
                NOTHING,
                object.segments(),
                place);
    }

    private MultipartUpload begin(Group group, ObjectBuffer buffer) {
        UUID id = UUID.randomUUID();
        long oldest = buffer.tally().oldestArrivalMillis();
        return new MultipartUpload(
                config.bucket(), names.key(group, oldest, id), id, oldest, null, 1);
    }
}
