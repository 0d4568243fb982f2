package io.hydrant.delivery;

import io.hydrant.core.record.ImmutableTypeInformation;

/** Flink's type of {@link DeliveryRecord}. */
public final class DeliveryRecordTypeInformation extends ImmutableTypeInformation<DeliveryRecord> {

    private static final long serialVersionUID = 1L;

    /** The one instance. */
    public static final DeliveryRecordTypeInformation INSTANCE =
            new DeliveryRecordTypeInformation();

    private DeliveryRecordTypeInformation() {
        super(DeliveryRecord.class, DeliveryRecordSerializer.INSTANCE);
    }

    private Object readResolve() {
        return INSTANCE;
    }
}
