package io.hydrant.launcher.soak.source;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.ShardListing;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamDirectory;
import io.hydrant.kinesis.stream.StreamFacts;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Streams behind the API that the source asks, with faults on demand. */
final class SimulatedAccount {

    private static final long ITERATOR_MILLIS = Duration.ofMinutes(5).toMillis();

    private final SimulatedTime time;
    private final Duration retention;
    private final boolean tellsTime;
    private final SimulatedFanOut fanOut;
    private final Map<StreamArn, SimulatedStream> streams = new LinkedHashMap<>();
    private final List<Supplier<RuntimeException>> readFaults = new ArrayList<>();
    private final List<Supplier<RuntimeException>> listFaults = new ArrayList<>();
    private int generation;

    /**
     * An account without streams.
     *
     * @param retention how long streams keep records, null for ever
     * @param random decides how subscriptions go, and whether answers bear their time
     */
    SimulatedAccount(SimulatedTime time, Duration retention, Random random) {
        this.time = time;
        this.retention = retention;
        this.tellsTime = random.nextInt(3) > 0;
        this.fanOut = new SimulatedFanOut(this, time, random);
    }

    /** Enhanced fan-out of its streams. */
    SimulatedFanOut fanOut() {
        return fanOut;
    }

    /** Whether the whole shard of a record has expired. */
    boolean isOfGoneShard(Envelope record) {
        for (SimulatedStream stream : streams.values()) {
            if (stream.arn().stream().equals(record.stream())) {
                return stream.content(record.shard()).isGone(horizonMillis());
            }
        }
        return false;
    }

    /** What arrived before has expired. */
    private long horizonMillis() {
        return retention == null ? 0 : time.millis() - retention.toMillis();
    }

    SimulatedStream create(String name, int shards) {
        StreamArn arn = new StreamArn("aws", "us-east-1", "000000000000", name);
        SimulatedStream stream = new SimulatedStream(arn, shards, time);
        streams.put(arn, stream);
        return stream;
    }

    List<SimulatedStream> streams() {
        return List.copyOf(streams.values());
    }

    void throttleNextRead() {
        readFaults.add(
                () ->
                        ProvisionedThroughputExceededException.builder()
                                .message("Rate exceeded for shard")
                                .build());
    }

    void resetNextRead() {
        readFaults.add(SimulatedAccount::reset);
    }

    void throttleNextListing() {
        listFaults.add(() -> LimitExceededException.builder().message("Rate exceeded").build());
    }

    void resetNextListing() {
        listFaults.add(SimulatedAccount::reset);
    }

    /** Every iterator handed out so far is too old. */
    void expireIterators() {
        generation++;
    }

    /** No fault is left that was asked for. */
    void calm() {
        readFaults.clear();
        listFaults.clear();
        fanOut.calm();
    }

    StreamApi api() {
        return new Api();
    }

    StreamDirectory directory() {
        return new Directory();
    }

    private static RuntimeException reset() {
        return SdkClientException.create("reset", new IOException("connection reset"));
    }

    private static void throwNext(List<Supplier<RuntimeException>> faults) {
        if (!faults.isEmpty()) {
            throw faults.remove(0).get();
        }
    }

    private SimulatedStream stream(StreamArn arn) {
        SimulatedStream stream = streams.get(arn);
        if (stream == null) {
            throw notFound(arn.stream());
        }
        return stream;
    }

    private static RuntimeException notFound(String what) {
        return ResourceNotFoundException.builder().message(what + " not found").build();
    }

    /** Where in a shard a position is. */
    int place(StreamArn stream, String shardId, Position position) {
        SimulatedStream.Content content = content(stream, shardId);
        if (position instanceof Position.TrimHorizon) {
            return 0;
        }
        if (position instanceof Position.AtTimestamp at) {
            int place = 0;
            for (Envelope record : content.records()) {
                place += record.arrivalMillis() < at.time().toEpochMilli() ? 1 : 0;
            }
            return place;
        }
        String sequence =
                position instanceof Position.Behind behind
                        ? behind.sequence()
                        : ((Position.After) position).sequence();
        int place =
                position instanceof Position.Behind
                        ? content.place(sequence)
                        : content.placeBehind(sequence);
        if (place < 0) {
            throw InvalidArgumentException.builder()
                    .message("StartingSequenceNumber " + sequence + " is not in the shard")
                    .build();
        }
        return place;
    }

    /** What a shard holds that has not gone as a whole. */
    SimulatedStream.Content content(StreamArn stream, String shardId) {
        SimulatedStream.Content content = stream(stream).content(shardId);
        if (content == null || content.isGone(horizonMillis())) {
            throw notFound("Shard " + shardId + " in stream " + stream.stream());
        }
        return content;
    }

    /** The first record of a shard that has not expired. */
    int firstHeld(SimulatedStream.Content content) {
        return content.firstHeld(horizonMillis());
    }

    /** A sequence number behind all that a shard holds now. */
    String mark(StreamArn stream, SimulatedStream.Content content) {
        return stream(stream).mark(content);
    }

    /**
     * What a read of a shard returns.
     *
     * @param next names the place to read on at
     */
    RecordPage page(
            SimulatedStream.Content content, int place, int limit, IntFunction<String> next) {
        List<Envelope> records = content.records();
        int from = Math.max(place, firstHeld(content));
        int to = Math.min(records.size(), from + limit);
        List<Envelope> page = new ArrayList<>(records.subList(from, to));
        boolean end = content.shard().closed() && to == records.size();
        return new RecordPage(
                page,
                page.stream().mapToLong(Envelope::payloadLength).sum(),
                end ? null : next.apply(to),
                to == records.size() ? 0 : time.millis() - records.get(to).arrivalMillis(),
                now());
    }

    /** The time as answers bear it. */
    private Instant now() {
        return tellsTime ? Instant.ofEpochMilli(time.millis()) : null;
    }

    private final class Api implements StreamApi {

        @Override
        public ShardListing listShards(StreamArn stream, ShardSelection selection) {
            throwNext(listFaults);
            return new ShardListing(
                    stream(stream).contents().stream()
                            .filter(content -> !content.isGone(horizonMillis()))
                            .filter(content -> selected(content, selection))
                            .map(SimulatedStream.Content::shard)
                            .toList(),
                    now());
        }

        @Override
        public String shardIterator(StreamArn stream, String shardId, Position position) {
            throwNext(readFaults);
            return iterator(place(stream, shardId, position));
        }

        @Override
        public RecordPage getRecords(StreamArn stream, String shardId, String iterator, int limit) {
            throwNext(readFaults);
            SimulatedStream.Content content = content(stream, shardId);
            String[] parts = iterator.split("\\|", -1);
            if (Integer.parseInt(parts[1]) != generation
                    || time.millis() - Long.parseLong(parts[2]) > ITERATOR_MILLIS) {
                throw ExpiredIteratorException.builder().message("Iterator expired").build();
            }
            return page(content, Integer.parseInt(parts[0]), limit, this::iterator);
        }

        @Override
        public Duration retention(StreamArn stream) {
            return retention;
        }

        @Override
        public void close() {
            // Nothing to let go of.
        }

        private String iterator(int place) {
            return place + "|" + generation + "|" + time.millis();
        }

        private boolean selected(SimulatedStream.Content content, ShardSelection selection) {
            if (selection instanceof ShardSelection.Open) {
                return !content.shard().closed();
            }
            if (selection instanceof ShardSelection.Since since) {
                return content.closedAt() >= since.time().toEpochMilli();
            }
            return !(selection instanceof ShardSelection.After after)
                    || content.shard().id().compareTo(after.shardId()) > 0;
        }
    }

    private final class Directory implements StreamDirectory {

        @Override
        public StreamArn arnOf(String name) {
            throw new UnsupportedOperationException("The simulation reads streams by a pattern");
        }

        @Override
        public List<StreamArn> matching(Pattern name) {
            throwNext(listFaults);
            return streams.keySet().stream()
                    .filter(arn -> name.matcher(arn.stream()).matches())
                    .toList();
        }

        @Override
        public StreamFacts describe(StreamArn stream) {
            return StreamFacts.UNKNOWN;
        }

        @Override
        public void close() {
            // Nothing to let go of.
        }
    }
}
