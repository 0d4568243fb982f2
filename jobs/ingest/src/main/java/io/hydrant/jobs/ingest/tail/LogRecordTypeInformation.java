package io.hydrant.jobs.ingest.tail;

import io.hydrant.core.record.ImmutableTypeInformation;

/** Flink's type of {@link LogRecord}. */
public final class LogRecordTypeInformation extends ImmutableTypeInformation<LogRecord> {

    private static final long serialVersionUID = 1L;

    /** The one instance. */
    public static final LogRecordTypeInformation INSTANCE = new LogRecordTypeInformation();

    private LogRecordTypeInformation() {
        super(LogRecord.class, LogRecordSerializer.INSTANCE);
    }

    private Object readResolve() {
        return INSTANCE;
    }
}
