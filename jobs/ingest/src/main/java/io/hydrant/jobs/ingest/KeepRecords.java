package io.hydrant.jobs.ingest;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.processing.ProcessingException;
import io.hydrant.jobs.ingest.restream.RecordFilter;
import io.hydrant.jobs.ingest.tail.LogRecord;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Objects;

/**
 * Leaves out the records of which a flow's filter says no, behind its conversions. As a record that
 * cannot be converted goes on as it was, so does one that the filter cannot judge: it is counted,
 * and not lost.
 */
final class KeepRecords extends RichFilterFunction<LogRecord> {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(KeepRecords.class);

    /** Failures that the log has in full; further ones are counted. */
    private static final int LOGGED = 10;

    private final String predicate;

    private transient RecordFilter filter;
    private transient Counter filtered;
    private transient Counter unjudged;

    /** Keeps those for which the predicate, in jq, holds. */
    KeepRecords(String predicate) {
        this.predicate = Objects.requireNonNull(predicate, "predicate");
    }

    @Override
    public void open(OpenContext context) {
        filter = RecordFilter.compile(predicate);
        filtered = getRuntimeContext().getMetricGroup().counter("filteredRecords");
        unjudged = getRuntimeContext().getMetricGroup().counter("unjudgedRecords");
    }

    @Override
    public boolean filter(LogRecord record) {
        try {
            boolean keeps = filter.keeps(envelope(record));
            if (!keeps) {
                filtered.inc();
            }
            return keeps;
        } catch (ProcessingException e) {
            unjudged.inc();
            if (unjudged.getCount() <= LOGGED) {
                LOG.warn("{} is sent though the filter fails for it: {}", record, e.getMessage());
            }
            return true;
        }
    }

    /** The record as filters of streams take it; its place is that in its object. */
    private static Envelope envelope(LogRecord record) {
        byte[] data = record.data();
        return new Envelope(
                "",
                record.producer(),
                Long.toString(record.number()),
                0,
                record.producer(),
                0,
                data,
                0,
                data.length);
    }
}
