package io.hydrant.kinesis.sink;

import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamException;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Fills a stream from a plain program: collects records, puts them in batches from a few threads,
 * and puts again exactly those that failed, after a growing pause. Records that wait out a pause
 * hold up no others, until all room is taken.
 *
 * <p>At least once for everything that was given before a {@link #flush} that returned: a call
 * whose answer is lost is made again. Records of one call may land in any order, and a record that
 * is put again lands behind younger ones.
 *
 * <p>Gives up with an exception that says what to mend when the service refuses for good (no such
 * stream, no permission, no key), or when a record failed too often for other reasons than
 * throttling.
 *
 * <p>Thread-safe. Memory: at most the records and bytes that may be pending, and once more what is
 * being sent.
 */
public final class BatchPutter implements AutoCloseable {

    private final PutApi api;
    private final StreamArn stream;
    private final BatchSender sender;
    private final PutCounters counters = new PutCounters();
    private final PendingEntries pending;
    private final ExponentialBackoff backoff;
    private final int maxAttempts;
    private final int maxRecordBytes;
    private final boolean aggregates;
    private final RejectedRecords rejected;
    private final PutThreads threads;

    private BatchPutter(Builder builder) {
        api = builder.api;
        stream = builder.stream;
        sender = new BatchSender(api, stream, builder.aggregation, RecordRules.DEFAULT, counters);
        aggregates = builder.aggregation != null;
        pending =
                new PendingEntries(
                        builder.maxBatchRecords,
                        builder.maxBatchBytes,
                        builder.maxPendingRecords,
                        builder.maxPendingBytes,
                        builder.linger);
        backoff = builder.backoff;
        maxAttempts = builder.maxAttempts;
        maxRecordBytes = builder.maxRecordBytes;
        rejected = builder.rejected;
        threads = new PutThreads(stream.stream(), builder.maxInFlight, pending, this::put);
    }

    /**
     * Begins to describe a putter.
     *
     * @param api the API to put with; the putter takes it over, and closes it with itself
     */
    public static Builder builder(PutApi api, StreamArn stream) {
        return new Builder(api, stream);
    }

    /** Gives a record that goes to the shard of its partition key; see {@link #put(PutEntry)}. */
    public void put(String partitionKey, byte[] data) throws IOException, InterruptedException {
        String problem = PutLimits.problemWithKeys(partitionKey, null);
        if (problem != null) {
            rejected.rejected(partitionKey, data, problem);
            return;
        }
        put(new PutEntry(partitionKey, data));
    }

    /**
     * Gives a record to put, and returns soon; waits only while too much is pending.
     *
     * @throws IllegalArgumentException when the record is too large, unless {@link
     *     Builder#rejected} says otherwise
     * @throws StreamException when putting was given up, also of earlier records
     * @throws IllegalStateException when this was closed
     */
    public void put(PutEntry entry) throws IOException, InterruptedException {
        String problem = PutLimits.problemWithSize(entry, aggregates, maxRecordBytes);
        if (problem != null) {
            rejected.rejected(entry.partitionKey(), entry.data(), problem);
            return;
        }
        pending.add(entry);
    }

    /**
     * Waits until the stream has taken every record that was given before.
     *
     * @throws StreamException when putting was given up
     * @throws IllegalStateException when this was closed meanwhile
     */
    public void flush() throws InterruptedException {
        pending.awaitEmpty();
    }

    /** How far it has come. */
    public PutStats stats() {
        return pending.stats(counters);
    }

    /** Stops at once: what is pending is given up. Call {@link #flush} before to wait for it. */
    @Override
    public void close() {
        try {
            threads.stop();
        } finally {
            api.close();
        }
    }

    private void put(List<PendingEntry> batch) {
        PutRound round = sender.put(PendingEntry.entries(batch));
        if (round.fatal() != null) {
            pending.fail(round.fatal());
            return;
        }
        List<PendingEntry> again = round.again(batch);
        int rounds = 0;
        int attempts = 0;
        for (PendingEntry member : again) {
            rounds = Math.max(rounds, ++member.rounds);
            if (!round.throttledOnly()) {
                attempts = Math.max(attempts, ++member.failures);
            }
        }
        if (attempts >= maxAttempts) {
            pending.fail(
                    new StreamException(
                            "PutRecords on stream "
                                    + stream
                                    + " failed "
                                    + attempts
                                    + " times for the same record, the last time with: "
                                    + round.reason()
                                    + ". Check the endpoint, the network and the aws.* options",
                            null));
            return;
        }
        Duration pause =
                again.isEmpty()
                        ? Duration.ZERO
                        : backoff.delay(rounds, ThreadLocalRandom.current());
        pending.done(batch, again, pause);
    }

    /** Describes a {@link BatchPutter}; every setting has a default that suits a real stream. */
    public static final class Builder {

        private final PutApi api;
        private final StreamArn stream;
        private Aggregation aggregation;
        private int maxBatchRecords = PutLimits.CALL_RECORDS;
        private int maxBatchBytes = 5 * 1024 * 1024;
        private int maxInFlight = 4;
        private int maxPendingRecords = 20_000;
        private long maxPendingBytes = 64L * 1024 * 1024;
        private int maxRecordBytes = PutLimits.RECORD_BYTES;
        private Duration linger = Duration.ofMillis(100);
        private ExponentialBackoff backoff =
                new ExponentialBackoff(Duration.ofMillis(100), Duration.ofSeconds(5), 2, 0.2);
        private int maxAttempts = 20;
        private RejectedRecords rejected = RejectedRecords.FAIL;

        private Builder(PutApi api, StreamArn stream) {
            this.api = Objects.requireNonNull(api, "api");
            this.stream = Objects.requireNonNull(stream, "stream");
        }

        /**
         * Packs user records into KPL aggregates. A batch then holds as many user records as fit,
         * unless {@link #maxBatchRecords} is set afterwards.
         *
         * @param limits limits of an aggregate, such as {@link Aggregation#DEFAULT}
         */
        public Builder aggregate(Aggregation limits) {
            aggregation = Objects.requireNonNull(limits, "limits");
            maxBatchRecords = 5_000;
            return this;
        }

        /** User records of a batch at the most; 500, or 5,000 with aggregation. */
        public Builder maxBatchRecords(int records) {
            maxBatchRecords = positive("maxBatchRecords", records);
            return this;
        }

        /** Bytes of a batch at the most; 5 MiB, and at least one record. */
        public Builder maxBatchBytes(int bytes) {
            maxBatchBytes = positive("maxBatchBytes", bytes);
            return this;
        }

        /** Calls at the same time; 4. */
        public Builder maxInFlight(int calls) {
            maxInFlight = positive("maxInFlight", calls);
            return this;
        }

        /** User records that are given but not yet taken, at the most; 20,000. */
        public Builder maxPendingRecords(int records) {
            maxPendingRecords = positive("maxPendingRecords", records);
            return this;
        }

        /** Bytes of those at the most; 64 MiB, and at least one record. */
        public Builder maxPendingBytes(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException(
                        "maxPendingBytes must be at least 1, but is " + bytes);
            }
            maxPendingBytes = bytes;
            return this;
        }

        /**
         * Bytes of one record at the most, payload and partition key: 1 MiB, up to 10 MiB where the
         * stream's maximum record size was raised.
         */
        public Builder maxRecordBytes(int bytes) {
            if (bytes < 1 || bytes > PutLimits.LARGEST_RECORD_BYTES) {
                throw new IllegalArgumentException(
                        "maxRecordBytes must be from 1 to "
                                + PutLimits.LARGEST_RECORD_BYTES
                                + ", but is "
                                + bytes);
            }
            maxRecordBytes = bytes;
            return this;
        }

        /** How long a batch that is not full waits for more records; 100 ms, may be zero. */
        public Builder linger(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("linger must not be negative, but is " + time);
            }
            linger = time;
            return this;
        }

        /** Pause before records are put again; 100 ms, doubled each time, up to 5 s. */
        public Builder backoff(ExponentialBackoff pauses) {
            backoff = Objects.requireNonNull(pauses, "pauses");
            return this;
        }

        /**
         * How often a record may fail for other reasons than throttling before putting is given up;
         * 20.
         */
        public Builder maxAttempts(int attempts) {
            maxAttempts = positive("maxAttempts", attempts);
            return this;
        }

        /**
         * What becomes of records that the service would never take; {@link RejectedRecords#FAIL}.
         */
        public Builder rejected(RejectedRecords handler) {
            rejected = Objects.requireNonNull(handler, "handler");
            return this;
        }

        /** A putter that is ready; close it. */
        public BatchPutter build() {
            return new BatchPutter(this);
        }

        private static int positive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
            }
            return value;
        }
    }
}
