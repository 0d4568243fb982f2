package io.hydrant.jobs.ingest;

import io.hydrant.jobs.ingest.convert.Conversion;
import io.hydrant.jobs.ingest.convert.ConversionException;
import io.hydrant.jobs.ingest.tail.LogRecord;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Applies a flow's conversions, and cuts what is too long for the stream.
 *
 * <p>As the agent does, a record that cannot be converted goes on as it was read, and one that is
 * too long loses its end and gets the terminator there; here, no character is cut in two.
 */
final class ConvertRecords extends RichFlatMapFunction<LogRecord, LogRecord> {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ConvertRecords.class);

    /** Failures that the log has in full; further ones are counted. */
    private static final int LOGGED = 10;

    private final List<Conversion> conversions;
    private final int mostBytes;
    private final byte[] terminator;

    private transient Counter skipped;
    private transient Counter failed;
    private transient Counter cut;

    ConvertRecords(List<Conversion> conversions, int mostBytes, byte[] terminator) {
        this.conversions = List.copyOf(conversions);
        this.mostBytes = mostBytes;
        this.terminator = terminator;
    }

    @Override
    public void open(OpenContext context) {
        skipped = getRuntimeContext().getMetricGroup().counter("skippedRecords");
        failed = getRuntimeContext().getMetricGroup().counter("unconvertedRecords");
        cut = getRuntimeContext().getMetricGroup().counter("truncatedRecords");
        conversions.forEach(Conversion::open);
    }

    @Override
    public void flatMap(LogRecord record, Collector<LogRecord> out) {
        byte[] data = record.data();
        try {
            data = converted(data, conversions);
        } catch (ConversionException e) {
            failed.inc();
            if (failed.getCount() <= LOGGED) {
                LOG.warn("{} is sent as it is: {}", record, e.getMessage());
            }
        }
        if (data == null) {
            skipped.inc();
            return;
        }
        if (data.length > mostBytes) {
            cut.inc();
            data = cut(data, mostBytes, terminator);
        }
        out.collect(data == record.data() ? record : record.withData(data));
    }

    /** What the conversions make of a record, or null to leave it out. */
    static byte[] converted(byte[] data, List<Conversion> conversions) throws ConversionException {
        if (conversions.isEmpty()) {
            return data;
        }
        String text = new String(data, StandardCharsets.UTF_8);
        for (Conversion conversion : conversions) {
            String body =
                    conversion.endsLine() && text.endsWith("\n")
                            ? text.substring(0, text.length() - 1)
                            : text;
            text = conversion.convert(body);
            if (text == null) {
                return null;
            }
            if (conversion.endsLine()) {
                text += "\n";
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The beginning of a record with the terminator behind it, in so many bytes at the most. */
    static byte[] cut(byte[] data, int most, byte[] terminator) {
        int keep = most - terminator.length;
        while (keep > 0 && (data[keep] & 0xC0) == 0x80) {
            keep--;
        }
        byte[] shorter = Arrays.copyOf(data, keep + terminator.length);
        System.arraycopy(terminator, 0, shorter, keep, terminator.length);
        return shorter;
    }
}
