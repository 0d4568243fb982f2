package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.delivery.conversion.columnar.ColumnarFile;
import io.hydrant.delivery.conversion.row.RowInput;
import io.hydrant.delivery.ledger.EntryKind;
import io.hydrant.delivery.ledger.LedgerEntry;
import io.hydrant.s3.store.UploadedPart;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/**
 * Writes the files of objects that take no more rows, one at a time and beside the subtask's
 * thread, so that neither records nor checkpoints wait for it.
 *
 * <p>A columnar file cannot be resumed, so it is not begun before its last row is there: what is
 * open are rows, which a checkpoint keeps compressed, and an object whose file is not done yet is
 * still open for the checkpoint. Only one file of a subtask is in memory at any time, however many
 * partitions are open.
 */
final class ColumnarFiles {

    private static final byte[] NOTHING = new byte[0];

    /**
     * Share of the records' bytes that a file in the making takes, with its pages and the finished
     * bytes; measured with JSON it is less.
     */
    private static final int SHARE = 2;

    private static final int MOST_PARTS = UploadedPart.MAX_NUMBER / 2;

    private final S3SinkConfig config;
    private final PartUploader uploader;
    private final Segments segments;
    private final MemoryBudget budget;
    private final RolledObjects rolled;
    private final Deque<Ended> waiting = new ArrayDeque<>();
    private boolean isBuilding;

    ColumnarFiles(
            S3SinkConfig config, S3WriterParts parts, Segments segments, RolledObjects rolled) {
        this.config = config;
        this.uploader = parts.uploader();
        this.segments = segments;
        this.budget = parts.budget();
        this.rolled = rolled;
        segments.whenStored(this::buildNext);
    }

    private record Ended(OpenObject object, ObjectNaming names, int held) {}

    /**
     * The file, with its bytes or their parts.
     *
     * @param length its size
     * @param bytes all of it, empty where it is uploaded in parts
     */
    private record Built(int length, byte[] bytes) {}

    /**
     * Begins the file of an object whose rows are sealed, once those before it are done.
     *
     * @param names names the object
     */
    void build(OpenObject object, ObjectNaming names) {
        int held = object.heldBytes();
        budget.hold(object.takeChange());
        budget.leave(held);
        waiting.add(new Ended(object, names, held));
        buildNext();
    }

    /** Objects whose file is not done yet; for a checkpoint they are open. */
    Collection<OpenObject> unfinished() {
        return waiting.stream().map(Ended::object).toList();
    }

    private void buildNext() {
        Ended next = waiting.peek();
        // A segment on its way might come after the file is committed, and nobody would remove it.
        if (next == null || isBuilding || !next.object().rows.isAllStored()) {
            return;
        }
        isBuilding = true;
        OpenObject object = next.object();
        UUID id = UUID.randomUUID();
        long oldest = object.buffer.tally().oldestArrivalMillis();
        MultipartUpload upload =
                new MultipartUpload(
                        config.bucket(),
                        next.names().key(object.group, oldest, id),
                        id,
                        oldest,
                        null,
                        1);
        long room = object.buffer.uncompressedBytes() / SHARE;
        budget.hold(room);
        budget.leave(room);
        List<String> staged = object.rows.keys();
        uploader.background()
                .run(
                        "Columnar file written",
                        () -> build(object, staged, upload),
                        built -> {
                            budget.leave(-room);
                            budget.hold(-room);
                            done(next, upload, built);
                        });
    }

    /** Runs beside the subtask's thread; nothing changes the object meanwhile. */
    private Built build(OpenObject object, List<String> staged, MultipartUpload upload)
            throws IOException, InterruptedException {
        GrowingBytes bytes;
        try (ColumnarFile file = object.rows.file.open(object.rows.columns)) {
            for (String key : staged) {
                byte[] rows = segments.read(key);
                append(rows, rows.length, file);
            }
            GrowingBytes tail = object.buffer.tail();
            append(tail.array(), tail.length(), file);
            RowInput kept = new RowInput();
            for (byte[] chunk : object.rows.kept()) {
                kept.over(chunk, 0, chunk.length);
                append(kept, file);
            }
            bytes = file.finish();
        }
        if (bytes.length() < config.partSize()) {
            return new Built(bytes.length(), bytes.toByteArray());
        }
        uploader.uploadAll(upload, bytes, Math.max(config.partSize(), bytes.length() / MOST_PARTS));
        return new Built(bytes.length(), NOTHING);
    }

    private static void append(byte[] rows, int length, ColumnarFile file) throws IOException {
        if (length == 0) {
            return;
        }
        try (InputStream content = RowBlocks.content(rows, length)) {
            append(new RowInput(content), file);
        }
    }

    private static void append(RowInput rows, ColumnarFile file) throws IOException {
        while (!rows.isAtEnd()) {
            file.append(rows);
        }
    }

    private void done(Ended ended, MultipartUpload upload, Built built) {
        OpenObject object = ended.object();
        budget.leave(-ended.held());
        object.buffer.takeTail();
        object.rows.forget();
        budget.hold(object.takeChange() - object.heldBytes());
        budget.hold(built.bytes().length);
        budget.await(built.bytes().length);
        LedgerEntry entry =
                LedgerEntry.ofObject(
                        upload.id,
                        EntryKind.DATA,
                        "s3://" + upload.bucket + '/' + upload.key,
                        built.length(),
                        object.buffer.uncompressedBytes(),
                        object.buffer.tally(),
                        config.naming().streamName(),
                        config.naming().streamVersion());
        rolled.add(
                new RolledObject(
                        entry,
                        upload.bucket,
                        upload.key,
                        built.bytes().length == 0 ? upload : null,
                        built.bytes(),
                        object.rows.keys(),
                        null));
        rolled.stageWhile(budget::isTooMuchWaiting);
        waiting.remove();
        isBuilding = false;
        buildNext();
    }
}
