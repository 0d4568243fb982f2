package io.hydrant.kinesis.sink;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.aggregation.KplDeaggregator;
import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.stream.HashKey;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.StreamArn;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A stream in memory: shards that split and merge, and faults on demand. */
final class FakePutStream implements PutApi {

    static final StreamArn ARN =
            StreamArn.parse("arn:aws:kinesis:us-east-1:123456789012:stream/fake");

    static final String THROTTLED = "ProvisionedThroughputExceededException";

    /** Decides the fate of a record, before it is taken. */
    @FunctionalInterface
    interface RecordFault {
        /** An error code, or null to let the record in. */
        String of(int call, String shardId, PutEntry entry);
    }

    /** Decides the fate of a call, before any record of it is looked at. */
    @FunctionalInterface
    interface CallFault {
        /** An exception to throw, or null to go on. */
        RuntimeException of(int call);
    }

    private final Map<String, Shard> shards = new LinkedHashMap<>();
    private final Map<String, List<PutEntry>> stored = new LinkedHashMap<>();
    private final List<Integer> callSizes = new ArrayList<>();
    private RecordFault recordFault = (call, shard, entry) -> null;
    private CallFault callFault = call -> null;
    private CallFault answerFault = call -> null;
    private RuntimeException listingFault;
    private Random shuffle;
    private int calls;
    private int listings;
    private boolean closed;

    /** A stream with that many shards of about the same range. */
    FakePutStream(int shardCount) {
        BigInteger end = BigInteger.ONE.shiftLeft(128);
        for (int i = 0; i < shardCount; i++) {
            BigInteger first =
                    end.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(shardCount));
            BigInteger last =
                    end.multiply(BigInteger.valueOf(i + 1L))
                            .divide(BigInteger.valueOf(shardCount))
                            .subtract(BigInteger.ONE);
            open(List.of(), HashKeyRange.parse(first.toString(), last.toString()));
        }
    }

    synchronized void faultOfRecords(RecordFault fault) {
        recordFault = fault;
    }

    /** Takes the records of a call in an order of its own from now on, as the service may. */
    synchronized void shuffleCalls(Random random) {
        shuffle = random;
    }

    synchronized void faultOfCalls(CallFault fault) {
        callFault = fault;
    }

    /** Calls that are carried out, but whose answers are lost. */
    synchronized void faultOfAnswers(CallFault fault) {
        answerFault = fault;
    }

    synchronized void faultOfListing(RuntimeException fault) {
        listingFault = fault;
    }

    /** An exception as the SDK throws it. */
    static RuntimeException serviceError(int status, String code) {
        return KinesisException.builder()
                .statusCode(status)
                .message(code)
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode(code).errorMessage("said so").build())
                .build();
    }

    @Override
    public synchronized List<PutResult> putRecords(StreamArn stream, List<PutEntry> entries) {
        int call = ++calls;
        RuntimeException fault = callFault.of(call);
        if (fault != null) {
            throw fault;
        }
        callSizes.add(entries.size());
        PutResult[] results = new PutResult[entries.size()];
        for (int place : places(entries.size())) {
            PutEntry entry = entries.get(place);
            Shard shard = openShardOf(entry.hashKey());
            String error = recordFault.of(call, shard.id(), entry);
            if (error == null) {
                List<PutEntry> records = stored.get(shard.id());
                records.add(entry);
                results[place] = PutResult.delivered(shard.id(), String.valueOf(records.size()));
            } else {
                results[place] = PutResult.failed(error, "on demand");
            }
        }
        notifyAll();
        RuntimeException lost = answerFault.of(call);
        if (lost != null) {
            throw lost;
        }
        return List.of(results);
    }

    private List<Integer> places(int count) {
        List<Integer> places = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            places.add(i);
        }
        if (shuffle != null) {
            Collections.shuffle(places, shuffle);
        }
        return places;
    }

    @Override
    public synchronized List<Shard> listShards(StreamArn stream) {
        listings++;
        if (listingFault != null) {
            throw listingFault;
        }
        return new ArrayList<>(shards.values());
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    /** Closes a shard and opens its two halves. */
    synchronized void split(String shardId) {
        Shard parent = closeShard(shardId);
        BigInteger first = new BigInteger(parent.hashKeys().first().decimal());
        BigInteger last = new BigInteger(parent.hashKeys().last().decimal());
        BigInteger middle = first.add(last).shiftRight(1);
        open(List.of(shardId), HashKeyRange.parse(first.toString(), middle.toString()));
        open(
                List.of(shardId),
                HashKeyRange.parse(middle.add(BigInteger.ONE).toString(), last.toString()));
    }

    /** Closes two neighbours and opens one shard in their place. */
    synchronized void merge(String lower, String upper) {
        HashKey first = closeShard(lower).hashKeys().first();
        HashKey last = closeShard(upper).hashKeys().last();
        open(List.of(lower, upper), new HashKeyRange(first, last));
    }

    /** Id of the shard that takes records with the partition key now. */
    synchronized String shardOf(String partitionKey) {
        return openShardOf(HashKey.ofPartitionKey(partitionKey)).id();
    }

    /** Splits an open shard, or merges two that are neighbours. */
    synchronized void reshard(Random random) {
        List<Shard> open =
                shards.values().stream()
                        .filter(shard -> !shard.closed())
                        .sorted(Comparator.comparing(shard -> shard.hashKeys().first()))
                        .toList();
        int place = random.nextInt(open.size());
        if (place + 1 < open.size() && random.nextBoolean()) {
            merge(open.get(place).id(), open.get(place + 1).id());
        } else {
            split(open.get(place).id());
        }
    }

    synchronized int calls() {
        return calls;
    }

    synchronized int listings() {
        return listings;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Records of each call that was answered. */
    synchronized List<Integer> callSizes() {
        return List.copyOf(callSizes);
    }

    /** What the shard holds, as it was put. */
    synchronized List<PutEntry> stored(String shardId) {
        return List.copyOf(stored.get(shardId));
    }

    /** What all shards hold, as it was put. */
    synchronized List<PutEntry> stored() {
        List<PutEntry> all = new ArrayList<>();
        stored.values().forEach(all::addAll);
        return all;
    }

    /** The payloads that a reader gets out of all shards, as text. */
    synchronized List<String> read(OutOfRange outOfRange) {
        KplDeaggregator deaggregator = new KplDeaggregator(outOfRange);
        List<String> payloads = new ArrayList<>();
        stored.forEach(
                (shardId, entries) -> {
                    for (PutEntry entry : entries) {
                        deaggregator.deaggregate(
                                new Envelope(
                                        ARN.stream(),
                                        shardId,
                                        "1",
                                        0,
                                        entry.partitionKey(),
                                        0,
                                        entry.data(),
                                        0,
                                        entry.data().length),
                                shards.get(shardId).hashKeys(),
                                record ->
                                        payloads.add(
                                                new String(
                                                        record.payloadCopy(),
                                                        StandardCharsets.UTF_8)));
                    }
                });
        return payloads;
    }

    private Shard openShardOf(HashKey key) {
        return shards.values().stream()
                .filter(shard -> !shard.closed() && shard.hashKeys().contains(key))
                .findFirst()
                .orElseThrow();
    }

    private void open(List<String> parents, HashKeyRange range) {
        String id = "shardId-%012d".formatted(shards.size());
        shards.put(id, new Shard(id, parents, range, false));
        stored.put(id, new ArrayList<>());
    }

    private Shard closeShard(String id) {
        Shard shard = shards.get(id);
        shards.put(id, new Shard(id, shard.parents(), shard.hashKeys(), true));
        return shard;
    }
}
