package io.hydrant.launcher.soak;

import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Splits and merges shards of the soak's stream. */
final class Resharding {

    private static final int MOST_SHARDS = 4;

    private final KinesisClient kinesis;
    private final String stream;

    Resharding(KinesisClient kinesis, String stream) {
        this.kinesis = kinesis;
        this.stream = stream;
    }

    /** Splits a shard, or merges two where there are many; says which. */
    String next(Random random) {
        List<Shard> open =
                kinesis
                        .listShards(
                                request ->
                                        request.streamName(stream)
                                                .shardFilter(
                                                        f -> f.type(ShardFilterType.AT_LATEST)))
                        .shards()
                        .stream()
                        .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                        .sorted(
                                Comparator.comparing(
                                        shard ->
                                                new BigInteger(
                                                        shard.hashKeyRange().startingHashKey())))
                        .toList();
        String done;
        if (open.size() >= MOST_SHARDS) {
            int left = random.nextInt(open.size() - 1);
            kinesis.mergeShards(
                    request ->
                            request.streamName(stream)
                                    .shardToMerge(open.get(left).shardId())
                                    .adjacentShardToMerge(open.get(left + 1).shardId()));
            done = "two shards merged";
        } else {
            Shard shard = open.get(random.nextInt(open.size()));
            BigInteger from = new BigInteger(shard.hashKeyRange().startingHashKey());
            BigInteger to = new BigInteger(shard.hashKeyRange().endingHashKey());
            kinesis.splitShard(
                    request ->
                            request.streamName(stream)
                                    .shardToSplit(shard.shardId())
                                    .newStartingHashKey(from.add(to).shiftRight(1).toString()));
            done = "a shard split";
        }
        kinesis.waiter().waitUntilStreamExists(request -> request.streamName(stream));
        return done;
    }
}
