package io.hydrant.launcher.autoscale;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.aggregation.KplDeaggregator;
import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.stream.HashKeyRange;

import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Measures what a shard took in the last while, by reading it: exact where a few calls hold it all,
 * else reckoned from the stretch of time that they hold. Costs read throughput, a tenth of a
 * shard's at the most where it looks once a minute.
 */
final class TrafficSampler {

    /** A call has up to 10 MB; more of them would hold up other readers of the shard. */
    private static final int CALLS = 2;

    private final KinesisClient kinesis;
    private final String stream;
    private final KplDeaggregator deaggregator = new KplDeaggregator(OutOfRange.EMIT);

    TrafficSampler(KinesisClient kinesis, String stream) {
        this.kinesis = kinesis;
        this.stream = stream;
    }

    /** What each of the shards took between then and now. */
    List<ShardLoad> sample(List<OpenShard> shards, Instant from, Instant to) {
        return shards.stream().map(shard -> sample(shard, from, to)).toList();
    }

    private ShardLoad sample(OpenShard shard, Instant from, Instant to) {
        String iterator =
                kinesis.getShardIterator(
                                request ->
                                        request.streamName(stream)
                                                .shardId(shard.id())
                                                .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                                                .timestamp(from))
                        .shardIterator();
        KeyTally keys = new KeyTally();
        long bytes = 0;
        long records = 0;
        Instant last = from;
        boolean isWhole = false;
        for (int call = 0; call < CALLS && iterator != null && !isWhole; call++) {
            String next = iterator;
            GetRecordsResponse page = kinesis.getRecords(request -> request.shardIterator(next));
            for (Record record : page.records()) {
                if (record.approximateArrivalTimestamp().isAfter(to)) {
                    isWhole = true;
                    break;
                }
                records++;
                bytes +=
                        record.data().asByteArrayUnsafe().length
                                + record.partitionKey().getBytes(StandardCharsets.UTF_8).length;
                last = record.approximateArrivalTimestamp();
                tally(record, keys);
            }
            isWhole |= page.millisBehindLatest() != null && page.millisBehindLatest() == 0;
            iterator = page.nextShardIterator();
        }
        double seconds = seconds(from, isWhole || iterator == null ? to : last);
        return new ShardLoad(
                shard, new Load(bytes / seconds, records / seconds), keys.top(), keys.topShare());
    }

    /** Never so few that a handful of records looks like a flood. */
    private static double seconds(Instant from, Instant to) {
        return Math.max(1, Duration.between(from, to).toMillis() / 1000.0);
    }

    private void tally(Record record, KeyTally keys) {
        byte[] payload = record.data().asByteArrayUnsafe();
        deaggregator.deaggregate(
                new Envelope(
                        stream,
                        "",
                        record.sequenceNumber(),
                        0,
                        record.partitionKey(),
                        record.approximateArrivalTimestamp().toEpochMilli(),
                        payload,
                        0,
                        payload.length),
                HashKeyRange.ALL,
                user -> keys.add(user.partitionKey(), user.payloadLength() + 1L));
    }
}
