package io.hydrant.jobs.ingest;

import io.hydrant.jobs.ingest.restream.NumberedRecord;
import io.hydrant.jobs.ingest.tail.LogRecord;

import org.apache.flink.api.common.functions.MapFunction;

import java.util.Arrays;

/** Makes what a route made of lines lines again; a part of one keeps its own name and number. */
final class RoutedLines implements MapFunction<NumberedRecord, LogRecord> {

    private static final long serialVersionUID = 1L;

    private final boolean endsLines;

    /**
     * Makes lines.
     *
     * @param endsLines whether each gets a line feed, unless it has one
     */
    RoutedLines(boolean endsLines) {
        this.endsLines = endsLines;
    }

    @Override
    public LogRecord map(NumberedRecord routed) {
        byte[] data = routed.record().payloadCopy();
        if (endsLines && (data.length == 0 || data[data.length - 1] != '\n')) {
            data = Arrays.copyOf(data, data.length + 1);
            data[data.length - 1] = '\n';
        }
        return new LogRecord(routed.producer(), routed.number(), data);
    }
}
