package io.hydrant.core.record;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's type of {@link Envelope}, so that it never falls back to Kryo. */
public final class EnvelopeTypeInformation extends TypeInformation<Envelope> {

    private static final long serialVersionUID = 1L;

    /** The one instance. */
    public static final EnvelopeTypeInformation INSTANCE = new EnvelopeTypeInformation();

    private EnvelopeTypeInformation() {}

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<Envelope> getTypeClass() {
        return Envelope.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<Envelope> createSerializer(SerializerConfig config) {
        return EnvelopeSerializer.INSTANCE;
    }

    @Override
    public String toString() {
        return "Envelope";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnvelopeTypeInformation;
    }

    @Override
    public int hashCode() {
        return EnvelopeTypeInformation.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof EnvelopeTypeInformation;
    }

    private Object readResolve() {
        return INSTANCE;
    }
}
