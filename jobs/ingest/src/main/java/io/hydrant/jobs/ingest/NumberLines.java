package io.hydrant.jobs.ingest;

import io.hydrant.core.record.Envelope;
import io.hydrant.jobs.ingest.restream.NumberedRecord;
import io.hydrant.jobs.ingest.tail.LogRecord;

import org.apache.flink.api.common.functions.MapFunction;

/**
 * Makes lines of objects the records that routes of streams take: the object is their shard, the
 * line feed no part of them. {@link RoutedLines} is the way back.
 */
final class NumberLines implements MapFunction<LogRecord, NumberedRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public NumberedRecord map(LogRecord record) {
        byte[] data = record.data();
        boolean endsLine = data.length > 0 && data[data.length - 1] == '\n';
        return new NumberedRecord(
                new Envelope(
                        "",
                        record.producer(),
                        Long.toString(record.number()),
                        0,
                        record.producer(),
                        System.currentTimeMillis(),
                        data,
                        0,
                        endsLine ? data.length - 1 : data.length),
                record.producer(),
                record.number());
    }
}
