package io.hydrant.sql.functions.sketch;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Writes a {@link FrequencySketch}. */
public final class FrequencySketchSerializer extends SketchSerializer<FrequencySketch> {

    /** The one instance. */
    public static final FrequencySketchSerializer INSTANCE = new FrequencySketchSerializer();

    private static final long serialVersionUID = 1;

    @Override
    byte[] toBytes(FrequencySketch sketch) {
        return sketch.toBytes();
    }

    @Override
    FrequencySketch fromBytes(byte[] bytes) {
        return FrequencySketch.fromBytes(bytes);
    }

    @Override
    public FrequencySketch createInstance() {
        return new FrequencySketch();
    }

    @Override
    public TypeSerializerSnapshot<FrequencySketch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint says of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<FrequencySketch> {

        /** Flink makes it by this. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
