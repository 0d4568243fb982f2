package io.hydrant.delivery;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's type of {@link DeliveryRecord}, so that it never falls back to Kryo. */
public final class DeliveryRecordTypeInformation extends TypeInformation<DeliveryRecord> {

    private static final long serialVersionUID = 1L;

    /** The one instance. */
    public static final DeliveryRecordTypeInformation INSTANCE =
            new DeliveryRecordTypeInformation();

    private DeliveryRecordTypeInformation() {}

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
    public Class<DeliveryRecord> getTypeClass() {
        return DeliveryRecord.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<DeliveryRecord> createSerializer(SerializerConfig config) {
        return DeliveryRecordSerializer.INSTANCE;
    }

    @Override
    public String toString() {
        return "DeliveryRecord";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeliveryRecordTypeInformation;
    }

    @Override
    public int hashCode() {
        return DeliveryRecordTypeInformation.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof DeliveryRecordTypeInformation;
    }

    private Object readResolve() {
        return INSTANCE;
    }
}
