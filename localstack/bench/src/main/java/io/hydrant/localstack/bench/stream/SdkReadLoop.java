package io.hydrant.localstack.bench.stream;

import io.hydrant.core.aws.AwsClients;
import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.aggregation.KplDeaggregator;
import io.hydrant.kinesis.aggregation.OutOfRange;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.localstack.bench.measure.Measured;
import io.hydrant.localstack.bench.measure.ProcessMeter;

import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The limit of a reader: one thread that reads a page from each shard in turn and counts. It keeps
 * no position and hands nothing to anybody.
 */
final class SdkReadLoop {

    private static final int PAGE = 10_000;

    private final KinesisClient client;
    private final StreamCaseSettings settings;
    private final KplDeaggregator deaggregator = new KplDeaggregator(OutOfRange.DROP);
    private long records;

    private SdkReadLoop(KinesisClient client, StreamCaseSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** Where a shard is read on; no iterator yet where it was not read. */
    private record Cursor(String shardId, HashKeyRange range, String iterator) {}

    static Measured run(StreamCaseSettings settings) {
        try (KinesisClient client =
                AwsClients.create(KinesisClient.builder(), HydrantStream.aws(settings.kinesis()))) {
            long start = System.currentTimeMillis();
            SdkReadLoop loop = new SdkReadLoop(client, settings);
            Progress progress = new Progress(settings.records());
            loop.read(progress);
            long end = System.currentTimeMillis();
            return new Measured(
                    start,
                    0,
                    progress.warmMillis(),
                    progress.warmRecords(),
                    end,
                    loop.records,
                    ProcessMeter.heapAfterCollection(),
                    0,
                    0,
                    0);
        }
    }

    private void read(Progress progress) {
        Queue<Cursor> turns = new ArrayDeque<>();
        for (Shard shard : shards()) {
            turns.add(
                    new Cursor(
                            shard.shardId(),
                            HashKeyRange.parse(
                                    shard.hashKeyRange().startingHashKey(),
                                    shard.hashKeyRange().endingHashKey()),
                            null));
        }
        while (!progress.at(records)) {
            Cursor cursor = turns.remove();
            String iterator =
                    cursor.iterator() == null ? iterator(cursor.shardId()) : cursor.iterator();
            GetRecordsResponse page = client.getRecords(r -> r.shardIterator(iterator).limit(PAGE));
            for (Record record : page.records()) {
                take(record, cursor);
            }
            turns.add(new Cursor(cursor.shardId(), cursor.range(), page.nextShardIterator()));
        }
    }

    private void take(Record record, Cursor cursor) {
        if (!settings.load().isAggregated()) {
            records++;
            return;
        }
        byte[] data = record.data().asByteArrayUnsafe();
        deaggregator.deaggregate(
                new Envelope(
                        settings.streamArn(),
                        cursor.shardId(),
                        record.sequenceNumber(),
                        0,
                        record.partitionKey(),
                        record.approximateArrivalTimestamp().toEpochMilli(),
                        data,
                        0,
                        data.length),
                cursor.range(),
                userRecord -> records++);
    }

    private List<Shard> shards() {
        ListShardsResponse page = client.listShards(r -> r.streamARN(settings.streamArn()));
        List<Shard> shards = new ArrayList<>(page.shards());
        while (page.nextToken() != null) {
            String token = page.nextToken();
            page = client.listShards(r -> r.nextToken(token));
            shards.addAll(page.shards());
        }
        return shards;
    }

    private String iterator(String shardId) {
        return client.getShardIterator(
                        r ->
                                r.streamARN(settings.streamArn())
                                        .shardId(shardId)
                                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
    }
}
