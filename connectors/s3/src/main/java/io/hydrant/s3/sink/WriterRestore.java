package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.delivery.buffer.ObjectBuffer;
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
    private final UploadRestore uploads;

    WriterRestore(S3SinkConfig config, S3WriterParts parts, ObjectAssembler assembler) {
        this.config = config;
        this.parts = parts;
        this.assembler = assembler;
        this.uploads = new UploadRestore(parts.uploader(), parts.budget(), new SecureRandom());
    }

    void restore(Collection<S3WriterState> states, OpenObjects open, RolledObjects rolled) {
        List<OpenObject> restored = new ArrayList<>();
        for (S3WriterState state : states) {
            if (state instanceof S3WriterState.Rolled object) {
                rolled.add(rolledObject(object));
            } else if (state instanceof S3WriterState.Open object) {
                if (object.compression() == config.format().compression()) {
                    restored.add(openObject(object));
                } else {
                    rolled.add(finishAsBegun(object));
                }
            }
        }
        for (OpenObject spare : open.restore(restored)) {
            rolled.add(assembler.roll(spare));
        }
        rolled.stageWhile(parts.budget()::isTooMuchWaiting);
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
        return new RolledObject(state.entry(), upload.bucket, upload.key, upload, state.tail());
    }

    private RolledObject finishAsBegun(S3WriterState.Open state) {
        Compression compression = state.compression();
        ObjectNaming names =
                new ObjectNaming(namingFor(compression), config.buffer().partitionTime());
        try (BlockCodec codec = compression.codec(config.format().level())) {
            return new ObjectAssembler(config, names, codec, parts.uploader(), parts.budget())
                    .roll(openObject(state));
        }
    }

    /** The names of now, with the extension of then unless the user chose one. */
    private NamingConfig namingFor(Compression compression) {
        NamingConfig now = config.naming();
        boolean isChosen = !now.dataExtension().equals(config.format().compression().extension());
        return new NamingConfig(
                now.streamName(),
                now.streamVersion(),
                now.prefix(),
                now.errorPrefix(),
                now.timeZone(),
                isChosen ? now.dataExtension() : compression.extension(),
                compression.extension());
    }
}
