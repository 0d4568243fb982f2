package io.hydrant.delivery.processing;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.buffer.PartitionTime;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.delivery.partition.PartitionKeyException;
import io.hydrant.delivery.partition.PartitionKeys;
import io.hydrant.delivery.partition.PrefixTemplate;

import org.apache.flink.util.Collector;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The steps behind the transform: keys, partition, and which part of its record everything is.
 *
 * <pre>
 *   transform's result ─> keys ─> partition ─> parts
 *            └──────────────┴────────┴──> dead letter
 * </pre>
 *
 * <p>Where a transform made several records of one and a single one of them cannot go on, none does
 * and the record goes to the dead letter once: to send it through again then doubles nothing.
 *
 * <p>Takes pieces in the order in which {@link RecordUnpacking} gave them. Not thread-safe.
 */
public final class RecordCompletion {

    private final Clock clock;
    private final KeyQuery query;
    private final PrefixTemplate prefix;
    private final RecentPartitions partitions;
    private final boolean ofEachRecord;

    private final ProcessingMetrics metrics;

    /** Parts of the current record that went on already. */
    private int partsSoFar;

    /** The steps that the configuration asks for. */
    public RecordCompletion(ProcessingConfig config, Clock clock) {
        this(config, clock, ProcessingMetrics.unseen());
    }

    /** The same, counted. */
    public RecordCompletion(ProcessingConfig config, Clock clock, ProcessingMetrics metrics) {
        this.clock = clock;
        this.metrics = metrics;
        this.query = config.query() == null ? null : KeyQueries.compile(config.query());
        ProcessingConfig.Partitioning partitioning = config.partitioning();
        this.prefix =
                partitioning == null
                        ? null
                        : PrefixTemplate.forData(partitioning.prefix(), partitioning.timeZone());
        this.partitions = prefix == null ? null : new RecentPartitions(prefix);
        this.ofEachRecord = partitioning != null && partitioning.time() == PartitionTime.RECORD;
    }

    /** Parts of the record whose pieces are being completed that went on already. */
    public int partsSoFar() {
        return partsSoFar;
    }

    /** Goes on with a record of which that many parts went on before. */
    public void resume(int parts) {
        partsSoFar = parts;
    }

    /**
     * Gives what becomes of a piece to {@code out}, at least one record.
     *
     * @param record the piece as the transform saw it
     * @param original what goes to the dead letter in its place
     * @param isLast whether no piece of its record follows
     */
    public void complete(
            Envelope record,
            Envelope original,
            boolean isLast,
            TransformResult result,
            Collector<DeliveryRecord> out) {
        List<TransformResult.Kept> kept = result.kept();
        if (result.failure() != null) {
            collect(DeliveryRecord.deadLetter(original, result.failure()), isLast, out);
        } else if (kept.isEmpty()) {
            collect(DeliveryRecord.drop(record), isLast, out);
        } else if (kept.size() == 1) {
            TransformResult.Kept one = kept.get(0);
            collect(judged(one, original), isLast, out);
        } else {
            collectAllOrNone(kept, original, isLast, out);
        }
    }

    /**
     * Gives what becomes of a piece that no transform changes to {@code out}; the same as {@link
     * #complete} with the record kept, without the objects that say so.
     */
    public void pass(
            Envelope record, Envelope original, boolean isLast, Collector<DeliveryRecord> out) {
        collect(
                prefix == null
                        ? DeliveryRecord.deliver(record)
                        : partitioned(record, Map.of(), original),
                isLast,
                out);
    }

    private void collectAllOrNone(
            List<TransformResult.Kept> kept,
            Envelope original,
            boolean isLast,
            Collector<DeliveryRecord> out) {
        List<DeliveryRecord> judged = new ArrayList<>(kept.size());
        for (TransformResult.Kept each : kept) {
            DeliveryRecord one = judged(each, original);
            if (one.failure() != null) {
                collect(one, isLast, out);
                return;
            }
            judged.add(one);
        }
        for (int i = 0; i < judged.size(); i++) {
            collect(judged.get(i), isLast && i == judged.size() - 1, out);
        }
    }

    private void collect(DeliveryRecord judged, boolean isLast, Collector<DeliveryRecord> out) {
        Part part = Part.of(partsSoFar, isLast);
        partsSoFar = isLast ? 0 : partsSoFar + 1;
        out.collect(judged.of(part));
    }

    /** A table is chosen only where the destination has some, and then nothing is partitioned. */
    private DeliveryRecord judged(TransformResult.Kept kept, Envelope original) {
        return prefix == null
                ? DeliveryRecord.deliver(kept.record(), kept.route())
                : partitioned(kept.record(), kept.partitionKeys(), original);
    }

    private DeliveryRecord partitioned(
            Envelope record, Map<String, String> transformKeys, Envelope original) {
        try {
            return DeliveryRecord.deliver(record, partition(record, transformKeys));
        } catch (ProcessingException e) {
            return DeliveryRecord.deadLetter(
                    original, new Failure(e.type(), e.code(), e.getMessage(), 1, clock.millis()));
        }
    }

    private String partition(Envelope record, Map<String, String> transformKeys)
            throws ProcessingException {
        Map<String, String> found =
                query == null
                        ? Map.of()
                        : queried(
                                new Bytes(
                                        record.payloadArray(),
                                        record.payloadOffset(),
                                        record.payloadLength()));
        PartitionKeys keys = new PartitionKeys(found, transformKeys);
        try {
            return ofEachRecord
                    ? prefix.partition(keys, record.arrivalMillis())
                    : partitions.of(keys);
        } catch (PartitionKeyException e) {
            throw new ProcessingException(
                    ErrorOutputType.METADATA_EXTRACTION_FAILED, JqKeyQuery.CODE, e.getMessage());
        }
    }

    private Map<String, String> queried(Bytes record) throws ProcessingException {
        if (!metrics.timesNextQuery()) {
            return query.keysOf(record);
        }
        long start = System.nanoTime();
        try {
            return query.keysOf(record);
        } finally {
            metrics.queried(System.nanoTime() - start);
        }
    }
}
