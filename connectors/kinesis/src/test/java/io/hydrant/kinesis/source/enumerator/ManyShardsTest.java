package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.source.EndConfig;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.source.consumer.StreamConsumers;
import io.hydrant.kinesis.source.event.ReaderStartedEvent;
import io.hydrant.kinesis.source.event.ShardsFinishedEvent;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.ArnsOnlyDirectory;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.ShardSelection;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** A stream with 10,000 closed shards, whose discovery and state stay small. */
class ManyShardsTest {

    private static final int READERS = 8;
    private static final int BYTES_OF_A_SHARD = 160;

    private final FakeStream stream = FakeStream.create(4_000);
    private final FakeEnumeratorContext context = new FakeEnumeratorContext(READERS);
    private final Set<String> closed = new HashSet<>();
    private final int[] taken = new int[READERS];

    @Test
    void areListedOnceReadInTurnAndForgotten() throws Exception {
        mergeAll();
        splitAll();
        mergeAll();
        assertThat(closed).hasSize(10_000);
        KinesisEnumerator enumerator = start();
        context.tick();
        assertThat(size(enumerator.snapshotState(1))).isLessThan(12_000 * BYTES_OF_A_SHARD);

        int generations = 0;
        for (long checkpoint = 2; finishClosed(enumerator); checkpoint++) {
            assertReadEvenly();
            enumerator.snapshotState(checkpoint);
            enumerator.notifyCheckpointComplete(checkpoint);
            context.tick();
            generations++;
        }

        KinesisEnumeratorState end = enumerator.snapshotState(generations + 2);
        assertThat(generations).isEqualTo(3);
        assertThat(end.streams().get(0).shards())
                .as("only shards that are being read are remembered")
                .hasSize(2_000)
                .extracting(TrackedShard::status)
                .containsOnly(ShardStatus.ASSIGNED);
        assertThat(size(end)).isLessThan(2_000 * BYTES_OF_A_SHARD);
        assertThat(stream.listings().get(0)).isEqualTo(new ShardSelection.Readable());
        assertThat(stream.listings().subList(1, stream.listings().size()))
                .as("later listings ask for what is new only")
                .hasSize(generations)
                .containsOnly(new ShardSelection.After(end.streams().get(0).newestShardId()));
    }

    private KinesisEnumerator start() {
        KinesisSourceConfig config =
                KinesisSourceConfig.from(
                        Configuration.fromMap(Map.of("source.init.position", "TRIM_HORIZON")));
        KinesisEnumerator enumerator =
                new KinesisEnumerator(
                        context,
                        StreamSelection.arns(stream.arn()),
                        config,
                        null,
                        new ReadingStart(config, Clock.systemUTC()),
                        new ReadingEnd(EndConfig.NONE, Clock.systemUTC()),
                        stream.api(),
                        new ArnsOnlyDirectory(),
                        StreamConsumers.none());
        enumerator.start();
        for (int subtask = 0; subtask < READERS; subtask++) {
            enumerator.handleSourceEvent(subtask, new ReaderStartedEvent(List.of(), List.of()));
        }
        return enumerator;
    }

    /** Readers come to the end of all closed shards that they have; false when there are none. */
    private boolean finishClosed(KinesisEnumerator enumerator) {
        boolean any = false;
        for (int subtask = 0; subtask < READERS; subtask++) {
            List<KinesisShardSplit> assigned = context.assignedTo(subtask);
            List<String> ended = new ArrayList<>();
            for (KinesisShardSplit split : assigned.subList(taken[subtask], assigned.size())) {
                if (closed.contains(split.shardId())) {
                    ended.add(split.splitId());
                }
            }
            taken[subtask] = assigned.size();
            enumerator.handleSourceEvent(subtask, new ShardsFinishedEvent(ended));
            any |= !ended.isEmpty();
        }
        return any;
    }

    private void assertReadEvenly() {
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int subtask = 0; subtask < READERS; subtask++) {
            least = Math.min(least, context.assignedTo(subtask).size());
            most = Math.max(most, context.assignedTo(subtask).size());
        }
        assertThat(most - least).isLessThanOrEqualTo(1);
    }

    private void mergeAll() {
        List<Shard> open = open();
        for (int i = 0; i + 1 < open.size(); i += 2) {
            stream.merge(open.get(i).id(), open.get(i + 1).id());
            closed.add(open.get(i).id());
            closed.add(open.get(i + 1).id());
        }
    }

    private void splitAll() {
        for (Shard shard : open()) {
            stream.split(shard.id());
            closed.add(shard.id());
        }
    }

    private List<Shard> open() {
        return stream.allShards().stream().filter(shard -> !shard.closed()).toList();
    }

    private static int size(KinesisEnumeratorState state) throws Exception {
        return new KinesisEnumeratorStateSerializer().serialize(state).length;
    }
}
