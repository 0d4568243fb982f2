package io.hydrant.delivery.format;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.buffer.GrowingBytes;

/**
 * Lays payloads end to end as they are, each with a newline behind it or none.
 *
 * <p>Firehose delivers without any delimiter unless the processor {@code AppendDelimiterToRecord}
 * is on; then every record gets one newline, also a record that already ends with one. Source:
 * Firehose developer guide, "Data delivery in Amazon Data Firehose" and "Add a new line delimiter".
 */
public final class JsonLinesFormat implements RecordFormat {

    private final boolean appendNewline;

    /** A format that appends a newline to every record, or nothing. */
    public JsonLinesFormat(boolean appendNewline) {
        this.appendNewline = appendNewline;
    }

    @Override
    public void encode(Envelope record, GrowingBytes out) {
        out.reserve(record.payloadLength() + 1);
        out.write(record.payloadArray(), record.payloadOffset(), record.payloadLength());
        if (appendNewline) {
            out.write('\n');
        }
    }
}
