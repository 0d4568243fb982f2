package io.hydrant.redshift;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.deadletter.DeadLetterFormat;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.format.Decompression;
import io.hydrant.delivery.partition.ObjectNames;
import io.hydrant.s3.store.ObjectStore;
import io.hydrant.s3.store.S3Action;
import io.hydrant.s3.store.S3Calls;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Takes rows that the warehouse refused out of their staged objects and writes them to the error
 * prefix, with their text and the reason: one error object for each staged one, under a key that an
 * attempt which is repeated finds taken.
 *
 * <p>Which record a row was the staged object does not say; the row's identity is the object's
 * address and its line, as an archive's records have it.
 */
final class RefusedRows {

    private final ObjectStore store;
    private final S3Calls calls;
    private final RedshiftConfig config;
    private final ObjectNames names;
    private final Clock clock;
    private final DeadLetterFormat format = new DeadLetterFormat();

    RefusedRows(ObjectStore store, S3Calls calls, RedshiftConfig config, Clock clock) {
        this.store = store;
        this.calls = calls;
        this.config = config;
        this.names = new ObjectNames(config.staging().naming());
        this.clock = clock;
    }

    /**
     * Writes the rows to the error prefix.
     *
     * @return how many there are of which file
     */
    Map<UUID, Long> write(List<StagedFile> files, List<RefusedRow> rows)
            throws IOException, InterruptedException {
        Map<String, TreeMap<Long, RefusedRow>> byName = new HashMap<>();
        for (RefusedRow row : rows) {
            byName.computeIfAbsent(row.file(), name -> new TreeMap<>()).put(row.line(), row);
        }
        Map<UUID, Long> counts = new HashMap<>();
        for (StagedFile file : files) {
            TreeMap<Long, RefusedRow> refused = byName.get(file.nameInErrors());
            if (refused != null) {
                counts.put(file.id(), (long) refused.size());
                write(file, refused);
            }
        }
        return counts;
    }

    private void write(StagedFile file, SortedMap<Long, RefusedRow> refused)
            throws IOException, InterruptedException {
        UUID id =
                UUID.nameUUIDFromBytes(
                        ("refused rows of " + file.id()).getBytes(StandardCharsets.UTF_8));
        String key =
                names.errorKey(ErrorOutputType.REDSHIFT_FAILED, file.oldestArrivalMillis(), id);
        byte[] content = compressed(deadLetters(file, refused));
        calls.run(
                S3Action.PUT,
                config.bucket(),
                key,
                () -> store.putIfAbsent(config.bucket(), key, id.toString(), content));
    }

    private GrowingBytes deadLetters(StagedFile file, SortedMap<Long, RefusedRow> refused)
            throws IOException, InterruptedException {
        GrowingBytes out = new GrowingBytes(1024);
        Compression compression = config.staging().format().compression();
        InputStream stored =
                calls.call(
                        S3Action.GET,
                        file.bucket(),
                        file.key(),
                        () -> store.get(file.bucket(), file.key()));
        try (InputStream in =
                new BufferedInputStream(Decompression.of(stored, compression), 1 << 16)) {
            long line = 1;
            for (RefusedRow row : refused.values()) {
                while (line < row.line()) {
                    line(in, false);
                    line++;
                }
                ByteArrayOutputStream text = new ByteArrayOutputStream(1024);
                for (int more = 0; more < row.lines(); more++) {
                    if (more > 0) {
                        text.write('\n');
                    }
                    text.writeBytes(line(in, true));
                    line++;
                }
                format.encode(
                        envelope(file, row.line(), text.toByteArray()),
                        Part.WHOLE,
                        failure(row),
                        TableRouter.routeTo(config.table()),
                        out);
            }
        }
        return out;
    }

    private static byte[] line(InputStream in, boolean isWanted) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(isWanted ? 1024 : 0);
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (isWanted) {
                line.write(b);
            }
        }
        return line.toByteArray();
    }

    private Envelope envelope(StagedFile file, long line, byte[] text) {
        return new Envelope(
                config.deliveryStream(),
                file.url(),
                Long.toString(line),
                0,
                "",
                file.oldestArrivalMillis(),
                text,
                0,
                text.length);
    }

    private Failure failure(RefusedRow row) {
        String column = row.column() == null || row.column().isEmpty() ? "" : row.column() + ": ";
        return new Failure(
                ErrorOutputType.REDSHIFT_FAILED,
                LoadFailure.DATA_LOAD_FAILED.code(config.access().dialect()),
                column + row.reason(),
                1,
                clock.millis());
    }

    /** Of the compressions that COPY knows, one block is a whole file. */
    private byte[] compressed(GrowingBytes lines) {
        GrowingBytes out = new GrowingBytes(lines.length());
        try (BlockCodec codec = config.staging().format().codec()) {
            codec.encode(lines.array(), 0, lines.length(), out);
        }
        return out.toByteArray();
    }
}
