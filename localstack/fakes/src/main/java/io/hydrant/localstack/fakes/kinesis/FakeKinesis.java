package io.hydrant.localstack.fakes.kinesis;

import io.hydrant.localstack.fakes.http.FakeServer;
import io.hydrant.localstack.fakes.http.Faults;
import io.hydrant.localstack.fakes.http.Http2Front;
import io.hydrant.localstack.fakes.http.RequestLog;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/**
 * A strict Kinesis in memory, on a loopback port, in JSON and CBOR.
 *
 * <p>It has the actions of streams, shards, records and consumers (enhanced fan-out), keeps
 * everything until its stream is deleted, and is ACTIVE at once after every change. What it does
 * not know (an action, a member) it refuses, where the service might ignore it. Shapes, limits and
 * errors follow the Kinesis Data Streams API reference, version 2013-12-02. It checks no signature.
 *
 * <p>All methods may be called at any time from any thread.
 */
public final class FakeKinesis implements AutoCloseable {

    private static final int MAX_FILLED_BYTES = 1024 * 1024;

    private final KinesisState state;
    private final FakeServer server;
    private final FanOutSwitches fanOut;
    private Http2Front front;

    private FakeKinesis(KinesisState state, FakeServer server) {
        this.state = state;
        this.server = server;
        this.fanOut = new FanOutSwitches(new Subscriptions(state));
    }

    /** Starts on a free port, with the system's clock. */
    public static FakeKinesis start() throws IOException {
        return start(0, InstantSource.system());
    }

    /**
     * Starts on a given port and clock.
     *
     * @param port port to listen on, 0 for any free one
     * @param clock tells arrival times and the age of iterators
     * @throws IOException if the port is taken
     */
    public static FakeKinesis start(int port, InstantSource clock) throws IOException {
        KinesisState state = new KinesisState(clock);
        return new FakeKinesis(
                state, FakeServer.start("fake-kinesis", port, new KinesisService(state)));
    }

    /** Where clients find it; any region, any credentials. */
    public URI endpoint() {
        return server.endpoint();
    }

    /**
     * Where clients find it that subscribe to shards. Takes HTTP/2 without TLS by prior knowledge,
     * for SubscribeToShard alone, and passes everything else on to {@link #endpoint()}.
     */
    public synchronized URI fanOutEndpoint() {
        if (front == null) {
            front = Http2Front.start("fake-kinesis-h2", server, fanOut.subscriptions());
        }
        return front.endpoint();
    }

    /** How subscriptions to shards go. */
    public FanOutSwitches fanOut() {
        return fanOut;
    }

    /** Faults to come, by action, such as {@code GetRecords}. */
    public Faults faults() {
        return server.faults();
    }

    /** What was asked, by action. */
    public RequestLog requests() {
        return server.log();
    }

    /**
     * Holds each shard to five GetRecords calls and 2 MB in a second, or lets go; off at first.
     * Over the limit a call gets {@code ProvisionedThroughputExceededException}.
     */
    public void throttleReads(boolean on) {
        state.throttling = on;
    }

    /** Every iterator given out so far answers {@code ExpiredIteratorException} from now on. */
    public void expireIterators() {
        state.iteratorGeneration.incrementAndGet();
    }

    /**
     * Turns down the next {@code records} records of PutRecords calls whose partition keys fit,
     * while the calls succeed and their other records are taken.
     *
     * @param records how many
     * @param errorCode such as {@code ProvisionedThroughputExceededException} or {@code
     *     InternalFailure}
     * @param partitionKeys which ones
     */
    public void rejectRecords(int records, String errorCode, Predicate<String> partitionKeys) {
        state.rejections.plan(records, errorCode, partitionKeys);
    }

    /**
     * Forgets a shard's records before a sequence number, as retention does.
     *
     * @throws RuntimeException if stream, shard or sequence number are not of this fake
     */
    public void trimBefore(String stream, String shard, String sequenceNumber) {
        state.stream(stream).trimBefore(shard, SequenceNumber.parse(sequenceNumber));
    }

    /**
     * Kinesis records that a stream holds now; an aggregate is one.
     *
     * @throws RuntimeException if this fake has no such stream
     */
    public long recordCount(String stream) {
        return state.stream(stream).recordCount();
    }

    /** GetRecords calls that were refused so far because their shard was read too much. */
    public long refusedReads() {
        return state.refusedReads.get();
    }

    /**
     * Makes a stream that holds records already, as a load to read. The given ones are repeated in
     * turn; their payloads are held once, so a long stream takes little memory. They arrived a
     * millisecond one behind the other, the last one now.
     *
     * @param stream name of the stream, which must not exist
     * @param shards number of its shards
     * @param count records to put into all of them together
     * @param records at least one
     */
    public void fill(String stream, int shards, long count, List<PreparedRecord> records) {
        long now = state.now();
        FakeStream filled = new FakeStream(stream, shards, false, MAX_FILLED_BYTES, now);
        List<BigInteger> hashes =
                records.stream()
                        .map(
                                one ->
                                        one.explicitHashKey() == null
                                                ? HashKeys.of(one.partitionKey())
                                                : HashKeys.parse(
                                                        one.explicitHashKey(), "ExplicitHashKey"))
                        .toList();
        for (long i = 0; i < count; i++) {
            int turn = (int) (i % records.size());
            PreparedRecord one = records.get(turn);
            filled.put(one.partitionKey(), hashes.get(turn), one.data(), now - (count - 1 - i));
        }
        if (state.streams.putIfAbsent(stream, filled) != null) {
            throw new IllegalArgumentException("Stream " + stream + " exists already");
        }
    }

    @Override
    public synchronized void close() {
        if (front != null) {
            front.close();
        }
        server.close();
    }
}
