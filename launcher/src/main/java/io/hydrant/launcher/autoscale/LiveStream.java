package io.hydrant.launcher.autoscale;

import io.hydrant.launcher.autoscale.ScalingStep.Merge;
import io.hydrant.launcher.autoscale.ScalingStep.Resize;
import io.hydrant.launcher.autoscale.ScalingStep.Split;

import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The shards of a stream that is there. */
final class LiveStream {

    private final KinesisClient kinesis;
    private final String stream;

    LiveStream(KinesisClient kinesis, String stream) {
        this.kinesis = kinesis;
        this.stream = stream;
    }

    /** Whether it takes a change now. */
    boolean isActive() {
        return summary().streamStatus() == StreamStatus.ACTIVE;
    }

    /** Whether somebody else fits its shards to the traffic. */
    boolean isOnDemand() {
        return summary().streamModeDetails() != null
                && summary().streamModeDetails().streamMode() == StreamMode.ON_DEMAND;
    }

    private StreamDescriptionSummary summary() {
        return kinesis.describeStreamSummary(request -> request.streamName(stream))
                .streamDescriptionSummary();
    }

    /** Its open shards in the order of their hash keys. */
    List<OpenShard> openShards() {
        List<OpenShard> open = new ArrayList<>();
        String next = null;
        do {
            ListShardsRequest.Builder request = ListShardsRequest.builder();
            // A token stands for the stream.
            ListShardsResponse page =
                    kinesis.listShards(
                            (next == null ? request.streamName(stream) : request.nextToken(next))
                                    .build());
            for (Shard shard : page.shards()) {
                if (shard.sequenceNumberRange().endingSequenceNumber() == null) {
                    open.add(
                            new OpenShard(
                                    shard.shardId(),
                                    new BigInteger(shard.hashKeyRange().startingHashKey()),
                                    new BigInteger(shard.hashKeyRange().endingHashKey())));
                }
            }
            next = page.nextToken();
        } while (next != null);
        open.sort(Comparator.comparing(OpenShard::first));
        return open;
    }

    /** Asks for a step; the stream is UPDATING while it is carried out. */
    void apply(ScalingStep step) {
        if (step instanceof Resize resize) {
            kinesis.updateShardCount(
                    request ->
                            request.streamName(stream)
                                    .targetShardCount(resize.shards())
                                    .scalingType(ScalingType.UNIFORM_SCALING));
        } else if (step instanceof Split split) {
            kinesis.splitShard(
                    request ->
                            request.streamName(stream)
                                    .shardToSplit(split.shard().id())
                                    .newStartingHashKey(split.upperStart().toString()));
        } else if (step instanceof Merge merge) {
            kinesis.mergeShards(
                    request ->
                            request.streamName(stream)
                                    .shardToMerge(merge.lower().id())
                                    .adjacentShardToMerge(merge.upper().id()));
        }
    }
}
