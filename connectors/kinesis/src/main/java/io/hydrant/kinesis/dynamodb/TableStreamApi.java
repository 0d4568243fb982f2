package io.hydrant.kinesis.dynamodb;

import io.hydrant.core.aws.AwsClientConfig;
import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordPage;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.ShardListing;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamApi;
import io.hydrant.kinesis.stream.StreamArn;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The streams of changes of DynamoDB tables as {@link StreamApi} has streams: what their API lacks
 * is made up for here, so that enumerator and readers know one kind of stream.
 *
 * <ul>
 *   <li>Shards are listed with {@code DescribeStream}, page by page.
 *   <li>A time to begin at, which the API does not know, is the oldest record held, and records
 *       that were created before are left out.
 *   <li>A position that has expired is refused with {@code TrimmedDataAccessException}. Kinesis
 *       reads on at the oldest record held instead, and the reader finds out what that loses; so
 *       does this.
 *   <li>How far behind a page ended is told by the age of its last record, and that nothing is left
 *       by several pages without a record, one after the other.
 * </ul>
 *
 * <p>Repeats nothing by itself, as {@link io.hydrant.kinesis.stream.SdkStreamApi} does not.
 */
public final class TableStreamApi implements StreamApi {

    /** The service's limit. */
    private static final int MAX_RECORDS = 1000;

    /**
     * Pages that one call reads at the most: hours of a busy shard may lie before the time to begin
     * at, but the other shards of the thread are to be read, too.
     */
    private static final int MAX_PAGES = 25;

    /** Records may expire between the two calls that it takes. */
    private static final int ATTEMPTS_AT_OLDEST = 3;

    private static final String TRIM_HORIZON = "TRIM_HORIZON";

    private final Function<String, TableStreamCalls> open;
    private final Map<String, TableStreamCalls> regions = new ConcurrentHashMap<>();

    /** Opens connections as streams need them; regions are theirs where config has none. */
    public TableStreamApi(AwsClientConfig config) {
        this(region -> TableStreamCalls.open(config, region));
    }

    /**
     * An API over connections of the caller's.
     *
     * @param open makes that of a region
     */
    TableStreamApi(Function<String, TableStreamCalls> open) {
        this.open = Objects.requireNonNull(open, "open");
    }

    @Override
    public ShardListing listShards(StreamArn stream, ShardSelection selection) {
        if (selection instanceof ShardSelection.After after) {
            try {
                return list(stream, after.shardId());
            } catch (ResourceNotFoundException | InvalidArgumentException e) {
                // The shard may have expired; if it is the stream, the next call says so.
                return list(stream, null);
            }
        }
        ShardListing all = list(stream, null);
        return selection instanceof ShardSelection.Open
                ? new ShardListing(
                        all.shards().stream().filter(shard -> !shard.closed()).toList(),
                        all.serverTime())
                : all;
    }

    private ShardListing list(StreamArn stream, String after) {
        List<Shard> shards = new ArrayList<>();
        Instant begun = null;
        String last = after;
        do {
            String from = last;
            TableStreamCalls.Answer answer =
                    calls(stream)
                            .call(
                                    "DescribeStream",
                                    out -> {
                                        out.writeStringField("StreamArn", stream.toString());
                                        if (from != null) {
                                            out.writeStringField("ExclusiveStartShardId", from);
                                        }
                                    });
            begun = begun == null ? answer.serverTime() : begun;
            TableShards page = decode("DescribeStream", () -> TableShards.read(answer.body()));
            shards.addAll(page.shards());
            last = page.last();
        } while (last != null);
        return new ShardListing(shards, begun);
    }

    @Override
    public String shardIterator(StreamArn stream, String shardId, Position position) {
        if (position instanceof Position.TrimHorizon) {
            return oldest(stream, shardId, 0).toString();
        }
        if (position instanceof Position.AtTimestamp at) {
            return oldest(stream, shardId, at.time().toEpochMilli()).toString();
        }
        String iterator;
        try {
            if (position instanceof Position.Behind behind) {
                iterator = iterator(stream, shardId, "AT_SEQUENCE_NUMBER", behind.sequence());
            } else if (position instanceof Position.After after) {
                iterator = iterator(stream, shardId, "AFTER_SEQUENCE_NUMBER", after.sequence());
            } else {
                throw new IllegalArgumentException("Nothing can be read from " + position);
            }
        } catch (AwsServiceException e) {
            if (!TableStreamErrors.isTrimmed(e)) {
                throw e;
            }
            return oldest(stream, shardId, 0).toString();
        }
        return ReadingToken.unread(iterator, 0).toString();
    }

    private ReadingToken oldest(StreamArn stream, String shardId, long from) {
        return ReadingToken.unread(iterator(stream, shardId, TRIM_HORIZON, null), from);
    }

    private String iterator(StreamArn stream, String shardId, String type, String sequence) {
        TableStreamCalls.Answer answer =
                calls(stream)
                        .call(
                                "GetShardIterator",
                                out -> {
                                    out.writeStringField("StreamArn", stream.toString());
                                    out.writeStringField("ShardId", shardId);
                                    out.writeStringField("ShardIteratorType", type);
                                    if (sequence != null) {
                                        out.writeStringField("SequenceNumber", sequence);
                                    }
                                });
        return decode("GetShardIterator", () -> readIterator(answer.body()));
    }

    private static String readIterator(byte[] body) throws IOException {
        String iterator = null;
        try (JsonParser in = WireJson.FACTORY.createParser(body)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                if (name.equals("ShardIterator")) {
                    iterator = in.getValueAsString();
                } else {
                    in.skipChildren();
                }
            }
        }
        if (iterator == null) {
            throw new IOException("the answer is not one of GetShardIterator");
        }
        return iterator;
    }

    @Override
    public RecordPage getRecords(StreamArn stream, String shardId, String iterator, int limit) {
        ReadingToken token = ReadingToken.parse(iterator);
        try {
            return read(stream, shardId, token, limit);
        } catch (AwsServiceException e) {
            if (!TableStreamErrors.isTrimmed(e)) {
                throw e;
            }
            if (!token.isUnread()) {
                // Asked for again at the last position, it shows what is lost.
                throw TableStreamErrors.asExpiredIterator(e);
            }
            return readOldest(stream, shardId, token.from(), limit);
        }
    }

    /**
     * Reads the oldest records held, where those of an iterator that nothing was read with have
     * expired. A shard that is closed and whose oldest records have expired whenever they are asked
     * for holds none any more, though it is still listed.
     */
    private RecordPage readOldest(StreamArn stream, String shardId, long from, int limit) {
        AwsServiceException trimmed = null;
        for (int attempt = 0; attempt < ATTEMPTS_AT_OLDEST; attempt++) {
            try {
                return read(stream, shardId, oldest(stream, shardId, from), limit);
            } catch (AwsServiceException e) {
                if (!TableStreamErrors.isTrimmed(e)) {
                    throw e;
                }
                trimmed = e;
            }
        }
        ShardListing listing = list(stream, null);
        boolean open =
                listing.shards().stream()
                        .anyMatch(shard -> shard.id().equals(shardId) && !shard.closed());
        if (open) {
            throw TableStreamErrors.asExpiredIterator(trimmed);
        }
        return new RecordPage(new ArrayList<>(), 0, null, 0, listing.serverTime());
    }

    /** Reads once, or on through pages that are left out whole. */
    private RecordPage read(StreamArn stream, String shardId, ReadingToken token, int limit) {
        RecordPage page = readPage(stream, shardId, token, limit);
        for (int pages = 1; pages < MAX_PAGES && page.nextIterator() != null; pages++) {
            ReadingToken next = ReadingToken.parse(page.nextIterator());
            if (!next.leftOutPage()) {
                return page;
            }
            page = readPage(stream, shardId, next, limit);
        }
        return page;
    }

    private RecordPage readPage(StreamArn stream, String shardId, ReadingToken token, int limit) {
        TableStreamCalls.Answer answer =
                calls(stream)
                        .call(
                                "GetRecords",
                                out -> {
                                    out.writeStringField("ShardIterator", token.iterator());
                                    out.writeNumberField("Limit", Math.min(limit, MAX_RECORDS));
                                });
        return page(
                token,
                decode("GetRecords", () -> TableRecords.read(answer.body(), stream, shardId)),
                answer.serverTime());
    }

    private static RecordPage page(ReadingToken token, TableRecords.Page read, Instant answered) {
        List<Envelope> records = read.records();
        List<Envelope> wanted = records.subList(before(records, token.from()), records.size());
        ReadingToken next = token.after(read.nextIterator(), !records.isEmpty(), !wanted.isEmpty());
        long bytes = 0;
        for (Envelope record : wanted) {
            bytes += record.payloadLength();
        }
        return new RecordPage(
                wanted,
                bytes,
                read.nextIterator() == null ? null : next.toString(),
                millisBehind(records, next, answered),
                answered);
    }

    /** How many records at the beginning were created before a time. */
    private static int before(List<Envelope> records, long time) {
        int count = 0;
        while (count < records.size() && records.get(count).arrivalMillis() < time) {
            count++;
        }
        return count;
    }

    /** Never 0 but where nothing is left. */
    private static long millisBehind(List<Envelope> records, ReadingToken next, Instant answered) {
        if (records.isEmpty()) {
            return next.isAtTip() ? 0 : 1;
        }
        long now = answered == null ? System.currentTimeMillis() : answered.toEpochMilli();
        return Math.max(1, now - records.get(records.size() - 1).arrivalMillis());
    }

    /** Source: DynamoDB developer guide, "Change data capture for DynamoDB Streams". */
    @Override
    public Duration retention(StreamArn stream) {
        return Duration.ofHours(24);
    }

    @Override
    public void close() {
        regions.values().forEach(TableStreamCalls::close);
    }

    private TableStreamCalls calls(StreamArn stream) {
        return regions.computeIfAbsent(stream.region(), open);
    }

    /** Reads an answer. */
    @FunctionalInterface
    private interface Decoder<T> {
        T decode() throws IOException;
    }

    private static <T> T decode(String action, Decoder<T> decoder) {
        try {
            return decoder.decode();
        } catch (IOException e) {
            // As an answer that was cut off: it may come whole when it is asked for again.
            throw SdkClientException.create(
                    "Unable to read the answer of " + action + ": " + e.getMessage(), e);
        }
    }
}
