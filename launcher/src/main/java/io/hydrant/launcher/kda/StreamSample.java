package io.hydrant.launcher.kda;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.aggregation.KplDeaggregator;
import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.stream.HashKeyRange;

import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Takes sample records from a stream, from several shards in turn; aggregates are taken apart. */
final class StreamSample {

    /** Enough to meet every kind of record, and few enough to ask within a second. */
    private static final int SHARDS = 10;

    private static final int LARGEST_CALL = 1000;

    /** A shard answers five calls a second. */
    private static final long PAUSE_MILLIS = 250;

    private StreamSample() {}

    /**
     * Reads until there are enough records or the time is over.
     *
     * @param begin where each shard is begun with
     * @param records how many to take at most
     * @param patience how long to wait for them
     * @throws IOException if there is no such stream
     */
    static List<byte[]> take(
            KinesisClient kinesis,
            String stream,
            ShardIteratorType begin,
            int records,
            Duration patience)
            throws IOException, InterruptedException {
        Deque<String> iterators = iterators(kinesis, stream, begin);
        int share = Math.min(LARGEST_CALL, Math.max(1, records / Math.max(1, iterators.size())));
        List<byte[]> samples = new ArrayList<>();
        KplDeaggregator deaggregator = new KplDeaggregator(OutOfRange.EMIT);
        Instant end = Instant.now().plus(patience);
        int idle = 0;
        while (samples.size() < records && !iterators.isEmpty()) {
            String iterator = iterators.remove();
            GetRecordsResponse answer =
                    kinesis.getRecords(request -> request.shardIterator(iterator).limit(share));
            for (Record each : answer.records()) {
                deaggregator.deaggregate(
                        envelope(stream, each),
                        HashKeyRange.ALL,
                        record -> samples.add(record.payloadCopy()));
            }
            if (answer.nextShardIterator() != null) {
                iterators.add(answer.nextShardIterator());
            }
            idle = answer.records().isEmpty() ? idle + 1 : 0;
            if (Instant.now().isAfter(end)) {
                break;
            }
            if (idle >= iterators.size() && !iterators.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                idle = 0;
            }
        }
        return samples.size() > records ? samples.subList(0, records) : samples;
    }

    private static Deque<String> iterators(
            KinesisClient kinesis, String stream, ShardIteratorType begin) throws IOException {
        List<Shard> shards;
        try {
            shards = kinesis.listShards(request -> request.streamName(stream)).shards();
        } catch (ResourceNotFoundException missing) {
            throw new IOException("The stream " + stream + " does not exist", missing);
        }
        Deque<String> iterators = new ArrayDeque<>();
        int step = Math.max(1, (shards.size() + SHARDS - 1) / SHARDS);
        for (int i = 0; i < shards.size(); i += step) {
            String shard = shards.get(i).shardId();
            iterators.add(
                    kinesis.getShardIterator(
                                    request ->
                                            request.streamName(stream)
                                                    .shardId(shard)
                                                    .shardIteratorType(begin))
                            .shardIterator());
        }
        return iterators;
    }

    private static Envelope envelope(String stream, Record record) {
        byte[] payload = record.data().asByteArrayUnsafe();
        return new Envelope(
                stream,
                "",
                record.sequenceNumber(),
                0,
                record.partitionKey(),
                record.approximateArrivalTimestamp().toEpochMilli(),
                payload,
                0,
                payload.length);
    }
}
