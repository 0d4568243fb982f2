package io.hydrant.jobs.ingest.restream;

import io.hydrant.core.record.ImmutableTypeInformation;

/** Flink's type of {@link NumberedRecord}. */
public final class NumberedRecordTypeInformation extends ImmutableTypeInformation<NumberedRecord> {

    private static final long serialVersionUID = 1L;

    /** The one instance. */
    public static final NumberedRecordTypeInformation INSTANCE =
            new NumberedRecordTypeInformation();

    private NumberedRecordTypeInformation() {
        super(NumberedRecord.class, NumberedRecordSerializer.INSTANCE);
    }

    private Object readResolve() {
        return INSTANCE;
    }
}
