package io.hydrant.delivery.format;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.buffer.GrowingBytes;

/** Encodes one record at a time into the bytes of an object that is not yet compressed. */
public interface RecordFormat {

    /** Appends the encoded record to {@code out}; never fails for any payload. */
    void encode(Envelope record, GrowingBytes out);
}
