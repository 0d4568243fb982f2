package io.hydrant.s3.sink;

import io.hydrant.delivery.buffer.GrowingBytes;
import io.hydrant.delivery.format.Compression;
import io.hydrant.delivery.format.Decompression;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Puts small open objects together for a checkpoint. What they hold is mostly records that are not
 * compressed yet, of which each is like the next; a checkpoint of many open objects gets several
 * times smaller by that, and Flink copies it twice before it is written.
 *
 * <p>Not thread-safe.
 */
final class StatePacks {

    /** More compresses a little better, and leaves less to share out when a job is rescaled. */
    private static final int LARGEST = 64 * 1024;

    private final DataOutputSerializer pack = new DataOutputSerializer(2 * LARGEST);
    private final GrowingBytes compressed = new GrowingBytes(0);
    private final FastCodec codec;
    private final List<S3WriterState> states = new ArrayList<>();

    StatePacks(FastCodec codec) {
        this.codec = codec;
    }

    /** Adds an object; a large one stays by itself. */
    void add(S3WriterState object) {
        if (S3WriterStateSerializer.bytesOf(object) >= LARGEST) {
            states.add(object);
            return;
        }
        try {
            S3WriterStateSerializer.write(object, pack);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (pack.length() >= LARGEST) {
            end();
        }
    }

    /** All that were added. */
    List<S3WriterState> finish() {
        if (pack.length() > 0) {
            end();
        }
        return states;
    }

    private void end() {
        compressed.clear();
        codec.encode(pack.getSharedBuffer(), 0, pack.length(), compressed);
        states.add(
                new S3WriterState.Packed(
                        S3WriterStateSerializer.VERSION, compressed.toByteArray()));
        pack.clear();
    }

    /** The same states with objects in place of their packs. */
    static List<S3WriterState> unpacked(Collection<S3WriterState> states) {
        List<S3WriterState> unpacked = new ArrayList<>(states.size());
        for (S3WriterState state : states) {
            if (state instanceof S3WriterState.Packed pack) {
                unpacked.addAll(unpacked(pack));
            } else {
                unpacked.add(state);
            }
        }
        return unpacked;
    }

    private static List<S3WriterState> unpacked(S3WriterState.Packed pack) {
        try (InputStream content =
                Decompression.of(new ByteArrayInputStream(pack.bytes()), Compression.GZIP)) {
            DataInputDeserializer in = new DataInputDeserializer(content.readAllBytes());
            List<S3WriterState> objects = new ArrayList<>();
            while (in.available() > 0) {
                objects.add(S3WriterStateSerializer.read(pack.version(), in));
            }
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException("State is damaged: a pack of objects cannot be read", e);
        }
    }
}
