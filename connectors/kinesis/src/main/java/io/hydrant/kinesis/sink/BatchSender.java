package io.hydrant.kinesis.sink;

import io.hydrant.core.outcome.Outcome;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamException;
import io.hydrant.kinesis.stream.StreamFailure;

import software.amazon.awssdk.awscore.exception.AwsServiceException;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts a batch once: packs it, puts it in as many calls as it takes, and finds out which user
 * records have to be put again. Waiting and putting again is the caller's.
 *
 * <p>Thread-safe; a batch is put by the thread that asks.
 */
final class BatchSender {

    private final PutApi api;
    private final StreamArn stream;
    private final Packing packing;
    private final SinkOrder order;
    private final PutCounters counters;

    /**
     * Puts to one stream.
     *
     * @param aggregation how to aggregate, or null to put each user record for itself
     * @param rules how single records are treated
     */
    BatchSender(
            PutApi api,
            StreamArn stream,
            Aggregation aggregation,
            RecordRules rules,
            PutCounters counters) {
        this.api = api;
        this.stream = stream;
        this.packing = packing(aggregation, rules.producerIdentity());
        this.order = rules.order();
        this.counters = counters;
    }

    private Packing packing(Aggregation aggregation, boolean stamped) {
        if (aggregation != null) {
            return new AggregatePacking(
                    aggregation, () -> api.listShards(stream), System::nanoTime);
        }
        return stamped ? new StampedPacking() : Packing.PLAIN;
    }

    /**
     * Puts every record of the batch once, or leaves it out behind another of its key that failed.
     */
    PutRound put(List<PutEntry> batch) {
        List<PackedEntry> packed = packing.pack(batch);
        return order == SinkOrder.NONE ? putAll(packed, batch) : putInOrder(packed, batch);
    }

    private PutRound putInOrder(List<PackedEntry> packed, List<PutEntry> batch) {
        OrderedCalls calls = new OrderedCalls(packed, batch);
        Judgement judgement = new Judgement(batch, calls::failed);
        List<PackedEntry> next = calls.next();
        while (!next.isEmpty() && judgement.fatal == null) {
            call(next, judgement);
            next = calls.next();
        }
        calls.heldBack().forEach(judgement::holdBack);
        return judgement.round();
    }

    private PutRound putAll(List<PackedEntry> packed, List<PutEntry> batch) {
        Judgement judgement = new Judgement(batch, failed -> {});
        int from = 0;
        while (from < packed.size() && judgement.fatal == null) {
            int to = endOfCall(packed, from);
            call(packed.subList(from, to), judgement);
            from = to;
        }
        return judgement.round();
    }

    private static int endOfCall(List<PackedEntry> packed, int from) {
        int to = from;
        long bytes = 0;
        while (to < packed.size() && to - from < PutLimits.CALL_RECORDS) {
            bytes += packed.get(to).entry().sizeBytes();
            if (bytes > PutLimits.CALL_BYTES && to > from) {
                break;
            }
            to++;
        }
        return to;
    }

    private void call(List<PackedEntry> packed, Judgement judgement) {
        List<PutEntry> entries = new ArrayList<>(packed.size());
        for (PackedEntry entry : packed) {
            entries.add(entry.entry());
        }
        List<PutResult> results;
        counters.calls.increment();
        long started = System.nanoTime();
        try {
            results = api.putRecords(stream, entries);
        } catch (RuntimeException e) {
            judgement.ofCall(packed, e);
            return;
        } finally {
            counters.requestTook((System.nanoTime() - started) / 1_000_000);
        }
        if (results.size() != packed.size()) {
            judgement.fatal =
                    new StreamException(
                            "PutRecords on stream "
                                    + stream
                                    + " answered "
                                    + results.size()
                                    + " results to "
                                    + packed.size()
                                    + " records. Check that the endpoint is a Kinesis endpoint",
                            null);
            return;
        }
        for (int i = 0; i < results.size(); i++) {
            judgement.ofRecord(packed.get(i), results.get(i));
        }
    }

    /** Collects what the calls of one batch came to. */
    private final class Judgement {

        private final List<PutEntry> batch;
        private final Consumer<PackedEntry> onFailure;
        private final BitSet again = new BitSet();
        private boolean throttledOnly = true;
        private String reason;
        private RuntimeException fatal;

        Judgement(List<PutEntry> batch, Consumer<PackedEntry> onFailure) {
            this.batch = batch;
            this.onFailure = onFailure;
        }

        void ofCall(List<PackedEntry> packed, RuntimeException error) {
            StreamFailure failure = StreamFailure.of(error);
            counters.error(code(error));
            if (PutClassifier.ofCall(failure) == Outcome.FATAL) {
                fatal = StreamException.of("PutRecords", stream, null, error);
                return;
            }
            for (PackedEntry entry : packed) {
                putAgain(entry, failure == StreamFailure.THROTTLED, error.toString());
            }
        }

        void ofRecord(PackedEntry packed, PutResult result) {
            if (result.errorCode() != null) {
                counters.error(result.errorCode());
            }
            switch (PutClassifier.ofRecord(result.errorCode())) {
                case DELIVERED -> {
                    if (packing.readable(packed, batch, result.shardId())) {
                        delivered(packed);
                    } else {
                        putAgain(packed, false, "the stream was resharded");
                    }
                }
                case RETRY ->
                        putAgain(
                                packed,
                                PutClassifier.isThrottling(result.errorCode()),
                                answer(result));
                default ->
                        fatal =
                                new StreamException(
                                        "PutRecords on stream "
                                                + stream
                                                + " failed: "
                                                + answer(result)
                                                + ". Check that the stream exists, that this identity may"
                                                + " kinesis:PutRecords on it, and that it may"
                                                + " kms:GenerateDataKey with the stream's key, where it has one",
                                        null);
            }
        }

        PutRound round() {
            return fatal != null
                    ? PutRound.fatal(fatal)
                    : new PutRound(again, throttledOnly && !again.isEmpty(), reason, null);
        }

        /** It was not put; has to be once those before it are. */
        void holdBack(PackedEntry packed) {
            for (int member : packed.members()) {
                again.set(member);
            }
        }

        private void delivered(PackedEntry packed) {
            counters.kinesisRecords.increment();
            counters.kinesisBytes.add(packed.entry().sizeBytes());
            counters.records.add(packed.members().length);
            long bytes = 0;
            for (int member : packed.members()) {
                bytes += batch.get(member).sizeBytes();
            }
            counters.bytes.add(bytes);
        }

        private void putAgain(PackedEntry packed, boolean throttled, String why) {
            int count = packed.members().length;
            holdBack(packed);
            onFailure.accept(packed);
            counters.retriedRecords.add(count);
            if (throttled) {
                counters.throttledRecords.add(count);
            } else {
                throttledOnly = false;
            }
            reason = why;
        }

        private static String code(RuntimeException error) {
            return error instanceof AwsServiceException service && service.awsErrorDetails() != null
                    ? service.awsErrorDetails().errorCode()
                    : error.getClass().getSimpleName();
        }

        private String answer(PutResult result) {
            return result.errorCode()
                    + (result.errorMessage() == null ? "" : " (" + result.errorMessage() + ")");
        }
    }
}
