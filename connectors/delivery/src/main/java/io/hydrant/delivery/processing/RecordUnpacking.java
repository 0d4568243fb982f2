package io.hydrant.delivery.processing;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.core.record.ReadingBegin;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.deadletter.Failure;

import java.time.Clock;
import java.util.Base64;

/**
 * The steps before the transform: what came as one record becomes the records that it holds.
 *
 * <pre>
 *   decompress ─> log messages ─> take apart ─> pieces
 *        └─────────────┴──> dead letter
 * </pre>
 *
 * <p>Taking apart comes behind decompression, since what is compressed cannot be taken apart. Not
 * thread-safe.
 */
public final class RecordUnpacking {

    /** Takes what a record holds. */
    public interface Pieces {

        /**
         * A record for the transform.
         *
         * @param record what the transform sees
         * @param original what goes to the dead letter in its place: the record as the source gave
         *     it where it is one, else the piece
         * @param index place among the pieces of its record, from 0
         * @param isLast whether no piece of its record follows
         */
        void piece(Envelope record, Envelope original, int index, boolean isLast)
                throws InterruptedException;

        /** A record that no transform sees. */
        void judged(DeliveryRecord record) throws InterruptedException;
    }

    private final Clock clock;
    private final Gunzip gunzip;
    private final LogMessages logMessages;
    private final Splitter splitter;
    private final ProcessingMetrics metrics;

    /** The steps that the configuration asks for. */
    public RecordUnpacking(ProcessingConfig config, Clock clock) {
        this(config, clock, ProcessingMetrics.unseen());
    }

    /** The same, counted. */
    public RecordUnpacking(ProcessingConfig config, Clock clock, ProcessingMetrics metrics) {
        this.clock = clock;
        this.metrics = metrics;
        this.gunzip = config.decompression() ? new Gunzip(config.maxDecompressedSize()) : null;
        this.logMessages = config.logMessages() ? new LogMessages(config.appendNewline()) : null;
        this.splitter = splitter(config);
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
     * Gives what the record holds to {@code pieces}, in its order, at least one thing. Markers pass
     * by everything.
     */
    public void unpack(Envelope record, Pieces pieces) throws InterruptedException {
        if (LostRange.isMarker(record)) {
            pieces.judged(DeliveryRecord.lost(record));
            return;
        }
        if (ReadingBegin.isMarker(record)) {
            pieces.judged(DeliveryRecord.begun(record));
            return;
        }
        if (gunzip == null && logMessages == null && splitter == null) {
            pieces.piece(record, record, 0, true);
            return;
        }
        Bytes content =
                new Bytes(record.payloadArray(), record.payloadOffset(), record.payloadLength());
        try {
            if (gunzip != null) {
                content = decompressed(content);
            }
            if (logMessages != null) {
                content = logMessages.extract(content);
            }
        } catch (ProcessingException e) {
            pieces.judged(
                    DeliveryRecord.deadLetter(
                            record,
                            new Failure(e.type(), e.code(), e.getMessage(), 1, clock.millis())));
            return;
        }
        if (content == null) {
            pieces.judged(DeliveryRecord.drop(record));
            return;
        }
        Slices slices = splitter == null ? null : splitter.split(content);
        if (slices == null) {
            pieces.piece(with(record, content), record, 0, true);
        } else if (slices.size() == 0) {
            pieces.judged(DeliveryRecord.drop(record));
        } else {
            for (int i = 0; i < slices.size(); i++) {
                Envelope piece =
                        with(
                                record,
                                splitter.subRecord(content, slices.offset(i), slices.length(i)));
                pieces.piece(piece, piece, i, i == slices.size() - 1);
            }
        }
    }

    private Bytes decompressed(Bytes compressed) throws ProcessingException {
        try {
            Bytes content = gunzip.decompress(compressed);
            metrics.decompressed(content.length());
            return content;
        } catch (ProcessingException e) {
            metrics.notDecompressed(compressed.length());
            throw e;
        }
    }

    private static Envelope with(Envelope record, Bytes content) {
        return record.withPayload(content.array(), content.offset(), content.length());
    }
}
