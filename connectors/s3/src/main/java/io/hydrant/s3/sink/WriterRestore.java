package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.delivery.buffer.ObjectBuffer;
import io.hydrant.delivery.conversion.ConversionConfig;
import io.hydrant.delivery.conversion.columnar.ColumnarConfig;
import io.hydrant.delivery.conversion.schema.HiveType;
import io.hydrant.delivery.conversion.schema.HiveTypeParser;
import io.hydrant.delivery.format.BlockCodec;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.partition.NamingConfig;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Takes over what a checkpoint left of a writer's objects, or of several writers' after rescaling.
 *
 * <p>One open object per group goes on; the others end here. So does one that was compressed in
 * another way than objects are now: it is finished as it was begun.
 */
final class WriterRestore {

    private final S3SinkConfig config;
    private final S3WriterParts parts;
    private final ObjectAssembler assembler;
    private final Segments segments;
    private final Bundles bundles;
    private final ColumnarFiles files;
    private final UploadRestore uploads;

    WriterRestore(
            S3SinkConfig config,
            S3WriterParts parts,
            ObjectAssembler assembler,
            Segments segments,
            Bundles bundles,
            ColumnarFiles files) {
        this.config = config;
        this.parts = parts;
        this.assembler = assembler;
        this.segments = segments;
        this.bundles = bundles;
        this.files = files;
        this.uploads = new UploadRestore(parts.uploader(), parts.budget(), new SecureRandom());
    }

    void restore(Collection<S3WriterState> states, OpenObjects open, RolledObjects rolled) {
        List<OpenObject> restored = new ArrayList<>();
        List<S3WriterState> all = StatePacks.unpacked(states);
        // What had ended was written before what is open, wherever it stands in the state.
        for (S3WriterState state : all) {
            if (state instanceof S3WriterState.Rolled object) {
                rolled.add(rolledObject(object));
            }
        }
        for (S3WriterState state : all) {
            if (state instanceof S3WriterState.Open object) {
                if (goesOn(object)) {
                    restored.add(openObject(object));
                } else {
                    rolled.add(finishAsBegun(object));
                }
            } else if (state instanceof S3WriterState.OpenRows object) {
                OpenObject rows = openRows(object);
                if (goesOn(object)) {
                    restored.add(rows);
                } else {
                    build(rows, namesWith(object.format().extension()));
                }
            }
        }
        for (OpenObject spare : open.restore(restored)) {
            if (spare.rows != null) {
                build(spare, parts.names());
            } else {
                rolled.add(assembler.roll(spare));
            }
        }
        rolled.stageWhile(parts.budget()::isTooMuchWaiting);
    }

    private boolean goesOn(S3WriterState.Open state) {
        boolean isForRows = config.conversion() != null && state.group().error() == null;
        return !isForRows && state.compression() == config.format().compression();
    }

    private boolean goesOn(S3WriterState.OpenRows state) {
        ConversionConfig conversion = config.conversion();
        return conversion != null
                && conversion.file().format() == state.format()
                && conversion.columns().text().equals(state.columns());
    }

    private void build(OpenObject object, ObjectNaming names) {
        assembler.seal(object);
        files.build(object, names);
    }

    /** An object of rows for the columns that it was begun with. */
    private OpenObject openRows(S3WriterState.OpenRows state) {
        ConversionConfig conversion = config.conversion();
        boolean isSameFormat = conversion != null && conversion.file().format() == state.format();
        RowLog rows =
                new RowLog(
                        (HiveType.Struct) HiveTypeParser.parse(state.columns()),
                        isSameFormat
                                ? conversion.file()
                                : ColumnarConfig.defaultOf(state.format()));
        for (S3WriterState.OpenRows.Staged staged : state.segments()) {
            if (staged.pending() == null) {
                rows.segments.add(Segment.stored(staged.key(), staged.length()));
            } else {
                Segment segment = Segment.begun(staged.key(), staged.pending());
                rows.segments.add(segment);
                segments.send(segment);
            }
        }
        OpenObject object =
                new OpenObject(
                        state.group(),
                        ObjectBuffer.restored(
                                state.raw(),
                                RowBlocks.renewed(state.tail(), parts.rowCodec()),
                                state.tally(),
                                state.uncompressedBytes(),
                                state.encodedBytes(),
                                0),
                        rows,
                        state.openedAtMillis());
        parts.budget().hold(object.takeChange());
        return object;
    }

    private OpenObject openObject(S3WriterState.Open state) {
        OpenObject object =
                new OpenObject(
                        state.group(),
                        ObjectBuffer.restored(
                                state.raw(),
                                state.tail(),
                                state.tally(),
                                state.uncompressedBytes(),
                                state.encodedBytes(),
                                state.checksum()),
                        null,
                        state.openedAtMillis());
        if (state.upload() != null) {
            object.attach(uploads.restore(state.upload()));
        }
        parts.budget().hold(object.takeChange());
        return object;
    }

    private RolledObject rolledObject(S3WriterState.Rolled state) {
        MultipartUpload upload = uploads.restore(state.upload());
        MemoryBudget budget = parts.budget();
        budget.hold(state.tail().length);
        budget.await(state.tail().length);
        return new RolledObject(
                state.entry(),
                upload.bucket,
                upload.key,
                upload.isBegun() ? upload : null,
                state.tail(),
                state.segments(),
                null);
    }

    private RolledObject finishAsBegun(S3WriterState.Open state) {
        Compression compression = state.compression();
        ObjectNaming names =
                new ObjectNaming(
                        namingFor(compression.extension(), compression.extension()),
                        config.buffer().partitionTime());
        try (BlockCodec codec = compression.codec(config.format().level())) {
            return new ObjectAssembler(config, parts, names, codec, segments, bundles)
                    .roll(openObject(state));
        }
    }

    private ObjectNaming namesWith(String extension) {
        return new ObjectNaming(
                namingFor(extension, config.format().compression().extension()),
                config.buffer().partitionTime());
    }

    /** The names of now, with the extension of then unless the user chose one. */
    private NamingConfig namingFor(String dataExtension, String errorExtension) {
        NamingConfig now = config.naming();
        boolean isChosen = !now.dataExtension().equals(config.defaultExtension());
        return new NamingConfig(
                now.streamName(),
                now.streamVersion(),
                now.prefix(),
                now.errorPrefix(),
                now.timeZone(),
                isChosen ? now.dataExtension() : dataExtension,
                errorExtension);
    }
}
