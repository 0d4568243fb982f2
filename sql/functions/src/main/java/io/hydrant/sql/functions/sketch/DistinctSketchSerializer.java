package io.hydrant.sql.functions.sketch;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Writes a {@link DistinctSketch}. */
public final class DistinctSketchSerializer extends SketchSerializer<DistinctSketch> {

    /** The one instance. */
    public static final DistinctSketchSerializer INSTANCE = new DistinctSketchSerializer();

    private static final long serialVersionUID = 1;

    @Override
    byte[] toBytes(DistinctSketch sketch) {
        return sketch.toBytes();
    }

    @Override
    DistinctSketch fromBytes(byte[] bytes) {
        return DistinctSketch.fromBytes(bytes);
    }

    @Override
    public DistinctSketch createInstance() {
        return new DistinctSketch();
    }

    @Override
    public TypeSerializerSnapshot<DistinctSketch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint says of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DistinctSketch> {

        /** Flink makes it by this. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
