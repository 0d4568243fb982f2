package io.hydrant.kinesis.sink;

import io.hydrant.core.retry.ExponentialBackoff;
import io.hydrant.kinesis.aggregation.ProducerStamp;
import io.hydrant.kinesis.sink.RecordReceipt.Fate;
import io.hydrant.kinesis.stream.StreamArn;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts records for many callers at a time, and says to each of them which of its records the stream
 * has. Records of several callers share calls and aggregates; those that failed are put again until
 * their time is over.
 *
 * <p>A record whose receipt says {@link Fate#DELIVERED} is in the stream, because the service said
 * so for the call that had it. One with another receipt may be there all the same, where an answer
 * was lost. Where records carry their identity, a reader can leave out the copies that putting
 * again makes; a caller that gives a record again makes a new one.
 *
 * <p>Trouble with the stream is told in receipts and never ends the putter. Thread-safe. Memory: at
 * most the records and bytes that may be pending, and once more what is being sent.
 */
public final class AcknowledgingPutter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AcknowledgingPutter.class);
    private static final Duration REFUSAL_LOG_PAUSE = Duration.ofSeconds(10);
    private static final long NEVER = Long.MIN_VALUE;

    private final PutApi api;
    private final StreamArn stream;
    private final AcknowledgingPutterConfig config;
    private final BatchSender sender;
    private final PutCounters counters = new PutCounters();
    private final PendingEntries pending;
    private final PutThreads threads;
    private final Set<AwaitedPut> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong refusalLogged = new AtomicLong(NEVER);
    private final Object identityLock = new Object();
    private ProducerIdentity identity = ProducerIdentity.random();
    private long given;

    /**
     * A putter that is ready; close it.
     *
     * @param api the API to put with; the putter takes it over, and closes it with itself
     */
    public AcknowledgingPutter(PutApi api, StreamArn stream, AcknowledgingPutterConfig config) {
        this.api = api;
        this.stream = stream;
        this.config = config;
        this.sender =
                new BatchSender(
                        api,
                        stream,
                        config.aggregation(),
                        new RecordRules(
                                null, SinkOrder.NONE, Rejection.FAIL, config.producerIdentity()),
                        counters);
        this.pending =
                new PendingEntries(
                        config.aggregation() == null ? PutLimits.CALL_RECORDS : 5_000,
                        config.batchBytes(),
                        config.maxPendingRecords(),
                        config.maxPendingBytes(),
                        config.linger());
        this.threads =
                new PutThreads(stream.stream(), config.maxInFlight(), pending, this::putOnce);
    }

    /**
     * Gives records to put, and returns at once.
     *
     * @param records one or more, each of a size that the stream takes together with its identity
     * @return one receipt for each, in the same order, when each has one; null where there is no
     *     room for them now
     * @throws IllegalArgumentException when a record is too large
     * @throws IllegalStateException when this was closed
     */
    public CompletableFuture<List<RecordReceipt>> put(List<PutEntry> records) {
        long now = System.nanoTime();
        AwaitedPut put;
        synchronized (identityLock) {
            String[] recordIds = new String[records.size()];
            List<PutEntry> numbered = new ArrayList<>(records.size());
            for (int i = 0; i < recordIds.length; i++) {
                PutEntry entry = records.get(i);
                ProducerStamp stamp = nextStamp();
                recordIds[i] = stamp.producer() + '-' + stamp.number();
                PutEntry stamped =
                        new PutEntry(
                                entry.partitionKey(), entry.explicitHashKey(), entry.data(), stamp);
                String problem = PutLimits.problemWithSize(stamped, true, PutLimits.RECORD_BYTES);
                if (problem != null) {
                    throw new IllegalArgumentException(problem);
                }
                numbered.add(stamped);
            }
            put =
                    new AwaitedPut(
                            numbered, recordIds, given, now, now + config.patience().toNanos());
            given += recordIds.length;
        }
        open.add(put);
        // What it ends in, the answer has; this future says nothing more.
        Future<?> unused = put.answer().thenRun(() -> open.remove(put));
        boolean hasRoom = false;
        try {
            hasRoom = pending.offer(put.entries());
        } finally {
            if (!hasRoom) {
                open.remove(put);
                release(put.entries());
            }
        }
        return hasRoom ? put.answer() : null;
    }

    /**
     * A stamp for another record. Where the oldest record on its way holds up the numbers, a new
     * producer begins: the one before then has no more records than its window.
     */
    private ProducerStamp nextStamp() {
        if (identity.isFull()) {
            identity = ProducerIdentity.random();
        }
        return identity.next();
    }

    /** How far it has come. */
    public PutStats stats() {
        return pending.stats(counters);
    }

    /** Stops at once: what is open is told to have failed. */
    @Override
    public void close() {
        try {
            threads.stop();
        } finally {
            open.forEach(put -> put.settleRest(Fate.FAILED, "This server stops"));
            api.close();
        }
    }

    /** Puts a batch once; what fails for no reason that a receipt could tell fails alone. */
    private void putOnce(List<PendingEntry> batch) {
        PutRound round;
        try {
            round = sender.put(PendingEntry.entries(batch));
        } catch (RuntimeException | Error e) {
            // Left to this thread alone, its callers would wait for ever.
            LOG.error("Putting to {} failed", stream, e);
            finish(batch, Fate.FAILED, e.toString());
            return;
        }
        if (round.fatal() != null) {
            logRefusal(round.fatal());
            finish(batch, Fate.REFUSED, round.fatal().getMessage());
            return;
        }
        settle(batch, round);
    }

    /** Every batch may be refused until somebody mends the stream; once in a while is enough. */
    private void logRefusal(RuntimeException refusal) {
        long now = System.nanoTime();
        long last = refusalLogged.get();
        boolean isDue = last == NEVER || now - last > REFUSAL_LOG_PAUSE.toNanos();
        if (isDue && refusalLogged.compareAndSet(last, now)) {
            LOG.error("Putting to {} is refused", stream, refusal);
        }
    }

    /**
     * What failed is put once more while there is time for it, and given up then. There is room for
     * others before anybody is told: who gives a record when it has the receipt of the one before
     * has to find the place of that.
     */
    private void settle(List<PendingEntry> batch, PutRound round) {
        List<PendingEntry> delivered = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            if (!round.again().get(i)) {
                delivered.add(batch.get(i));
            }
        }
        List<PendingEntry> again = new ArrayList<>();
        List<PendingEntry> givenUp = new ArrayList<>();
        long now = System.nanoTime();
        for (PendingEntry member : round.again(batch)) {
            AwaitedPut.Entry entry = (AwaitedPut.Entry) member;
            member.rounds++;
            if (entry.put.deadlineNanos() - now > 0) {
                again.add(member);
            } else {
                givenUp.add(member);
            }
        }
        release(givenUp);
        release(delivered);
        pending.done(batch, again, pause(again));
        tell(givenUp, round.throttledOnly() ? Fate.THROTTLED : Fate.FAILED, round.reason());
        tell(delivered, Fate.DELIVERED, null);
    }

    private void finish(List<PendingEntry> batch, Fate fate, String reason) {
        release(batch);
        pending.done(batch, List.of(), Duration.ZERO);
        tell(batch, fate, reason);
    }

    private static void tell(List<PendingEntry> members, Fate fate, String reason) {
        for (PendingEntry member : members) {
            AwaitedPut.Entry entry = (AwaitedPut.Entry) member;
            entry.put.settle(entry.place, fate, reason);
        }
    }

    /** No more copies of these will be put. */
    private void release(List<? extends PendingEntry> members) {
        if (members.isEmpty()) {
            return;
        }
        List<PutEntry> entries = PendingEntry.entries(members);
        synchronized (identityLock) {
            identity.delivered(entries);
        }
    }

    private Duration pause(List<PendingEntry> again) {
        int rounds = 0;
        for (PendingEntry member : again) {
            rounds = Math.max(rounds, member.rounds);
        }
        ExponentialBackoff backoff = config.backoff();
        return rounds == 0 ? Duration.ZERO : backoff.delay(rounds, ThreadLocalRandom.current());
    }
}
