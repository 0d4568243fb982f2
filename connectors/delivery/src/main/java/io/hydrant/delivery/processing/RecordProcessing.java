package io.hydrant.delivery.processing;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.buffer.PartitionTime;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.delivery.partition.PartitionKeyException;
import io.hydrant.delivery.partition.PartitionKeys;
import io.hydrant.delivery.partition.PrefixTemplate;

import org.apache.flink.util.Collector;

import java.time.Clock;
import java.util.Base64;
import java.util.Map;

/**
 * Does to a record what Firehose's processors do, in its order.
 *
 * <pre>
 *   decompress ─> log messages ─> take apart ─> transform ─> keys ─> partition
 *        └─────────────┴──────────────────────────┴────────────┴──> dead letter
 * </pre>
 *
 * <p>Taking apart comes behind decompression, since what is compressed cannot be taken apart. A
 * record that is one goes to the dead letter as the source gave it, so compressed where it was; of
 * one that was taken apart only the part that failed goes there.
 *
 * <p>Source: Firehose developer guide, "Data delivery" and "Apply dynamic partitioning to
 * aggregated data". Unlike there, a record may hold any number of records. Not thread-safe.
 */
public final class RecordProcessing {

    /** The transform, which never fails but for an interruption. */
    public interface Transform {

        /** What becomes of a record. */
        DeliveryRecord apply(Envelope record) throws InterruptedException;

        /** The partitioning keys that it gave the last record. */
        Map<String, String> keys();
    }

    private final Transform transform;
    private final Clock clock;
    private final Gunzip gunzip;
    private final LogMessages logMessages;
    private final Splitter splitter;
    private final KeyQuery query;
    private final PrefixTemplate prefix;
    private final boolean ofEachRecord;

    /** The steps that the configuration asks for, around a transform. */
    public RecordProcessing(ProcessingConfig config, Transform transform, Clock clock) {
        this.transform = transform;
        this.clock = clock;
        this.gunzip = config.decompression() ? new Gunzip(config.maxDecompressedSize()) : null;
        this.logMessages = config.logMessages() ? new LogMessages(config.appendNewline()) : null;
        this.splitter = splitter(config);
        this.query = config.query() == null ? null : KeyQueries.compile(config.query());
        ProcessingConfig.Partitioning partitioning = config.partitioning();
        this.prefix =
                partitioning == null
                        ? null
                        : PrefixTemplate.forData(partitioning.prefix(), partitioning.timeZone());
        this.ofEachRecord = partitioning != null && partitioning.time() == PartitionTime.RECORD;
    }

    private static Splitter splitter(ProcessingConfig config) {
        if (config.subRecordType() == null) {
            return null;
        }
        return switch (config.subRecordType()) {
            case JSON -> new JsonSplitter();
            case DELIMITED -> new DelimiterSplitter(Base64.getDecoder().decode(config.delimiter()));
        };
    }

    /**
     * Gives what becomes of the record to {@code out}: its parts, in their order, at least one. The
     * marker of a loss passes by everything.
     */
    public void process(Envelope record, Collector<DeliveryRecord> out)
            throws InterruptedException {
        if (LostRange.isMarker(record)) {
            out.collect(DeliveryRecord.lost(record));
            return;
        }
        if (gunzip == null && logMessages == null && splitter == null) {
            out.collect(judged(record, record));
            return;
        }
        Bytes content =
                new Bytes(record.payloadArray(), record.payloadOffset(), record.payloadLength());
        try {
            if (gunzip != null) {
                content = gunzip.decompress(content);
            }
            if (logMessages != null) {
                content = logMessages.extract(content);
            }
        } catch (ProcessingException e) {
            out.collect(deadLetter(record, e));
            return;
        }
        Slices slices = splitter == null ? null : splitter.split(content);
        if (slices == null) {
            out.collect(judged(with(record, content), record));
        } else if (slices.size() == 0) {
            out.collect(DeliveryRecord.drop(record));
        } else {
            collectParts(record, content, slices, out);
        }
    }

    private void collectParts(
            Envelope record, Bytes content, Slices slices, Collector<DeliveryRecord> out)
            throws InterruptedException {
        for (int i = 0; i < slices.size(); i++) {
            Envelope part =
                    with(record, splitter.subRecord(content, slices.offset(i), slices.length(i)));
            out.collect(judged(part, part).of(Part.of(i, i == slices.size() - 1)));
        }
    }

    /**
     * What becomes of a record behind these steps.
     *
     * @param original what goes to the dead letter in its place
     */
    private DeliveryRecord judged(Envelope record, Envelope original) throws InterruptedException {
        DeliveryRecord judged = transform.apply(record);
        if (judged.disposition() == Disposition.DEAD_LETTER) {
            return DeliveryRecord.deadLetter(original, judged.failure());
        }
        if (judged.disposition() == Disposition.DROP || prefix == null) {
            return judged;
        }
        try {
            return judged.in(partition(judged.envelope()));
        } catch (ProcessingException e) {
            return deadLetter(original, e);
        }
    }

    private String partition(Envelope record) throws ProcessingException {
        Map<String, String> found =
                query == null
                        ? Map.of()
                        : query.keysOf(
                                new Bytes(
                                        record.payloadArray(),
                                        record.payloadOffset(),
                                        record.payloadLength()));
        PartitionKeys keys = new PartitionKeys(found, transform.keys());
        try {
            return ofEachRecord
                    ? prefix.partition(keys, record.arrivalMillis())
                    : prefix.partition(keys);
        } catch (PartitionKeyException e) {
            throw new ProcessingException(
                    ErrorOutputType.METADATA_EXTRACTION_FAILED, JqKeyQuery.CODE, e.getMessage());
        }
    }

    private DeliveryRecord deadLetter(Envelope record, ProcessingException reason) {
        return DeliveryRecord.deadLetter(
                record,
                new Failure(reason.type(), reason.code(), reason.getMessage(), 1, clock.millis()));
    }

    private static Envelope with(Envelope record, Bytes content) {
        return record.withPayload(content.array(), content.offset(), content.length());
    }
}
