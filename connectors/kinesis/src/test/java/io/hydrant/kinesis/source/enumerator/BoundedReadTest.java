package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.source.EndConfig;
import io.hydrant.kinesis.source.EndPosition;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.source.consumer.StreamConsumers;
import io.hydrant.kinesis.source.event.ReaderStartedEvent;
import io.hydrant.kinesis.source.event.ShardsFinishedEvent;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.ArnsOnlyDirectory;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** What the enumerator does where reading ends. */
class BoundedReadTest {

    private static final long LONG_ENOUGH = 10_000;

    private final FakeStream stream = FakeStream.create(3);
    private final FakeEnumeratorContext context = new FakeEnumeratorContext(2);

    @Test
    void givesEachShardTheEndAndEndsTheJobBehindTheLast() {
        KinesisEnumerator enumerator = started(context, endNow(), null);
        readersUp(enumerator);
        Instant end = Instant.ofEpochMilli(stream.now()).plusSeconds(1);
        context.tick();
        assertThat(splits(context)).hasSize(3).allMatch(split -> split.end() == end.toEpochMilli());
        assertThat(enumerator.snapshotState(1).end()).isEqualTo(end);

        stream.advance(LONG_ENOUGH);
        context.tick();
        List<KinesisShardSplit> all = List.copyOf(context.assignedTo(0));
        finish(enumerator, 1, context.assignedTo(1).get(0));
        finish(enumerator, 0, all.get(0));
        assertThat(context.ended()).isEmpty();
        finish(enumerator, 0, all.get(1));

        assertThat(context.ended()).containsExactlyInAnyOrder(0, 1);
        context.tick();
        assertThat(context.ended()).hasSize(2);
    }

    /** The task may have finished, and Flink fails a job over a message that does not arrive. */
    @Test
    void sendsNothingToAReaderThatWasToldThatNothingComes() throws Exception {
        KinesisEnumerator enumerator = started(context, endNow(), null);
        readersUp(enumerator);
        context.tick();
        enumerator.snapshotState(1);
        stream.advance(LONG_ENOUGH);
        context.tick();
        for (int subtask : List.of(0, 1)) {
            List.copyOf(context.assignedTo(subtask))
                    .forEach(split -> finish(enumerator, subtask, split));
        }
        assertThat(context.ended()).hasSize(2);

        enumerator.snapshotState(2);

        assertThatCode(() -> enumerator.notifyCheckpointComplete(2)).doesNotThrowAnyException();
    }

    @Test
    void doesNotEndBeforeAListingThatShowsAllShardsFromBeforeTheEnd() {
        KinesisEnumerator enumerator = started(context, endNow(), null);
        readersUp(enumerator);
        context.tick();
        splits(context).forEach(split -> finish(enumerator, 0, split));
        stream.advance(2_999);
        context.tick();
        assertThat(context.ended()).isEmpty();

        stream.advance(1);
        context.tick();

        assertThat(context.ended()).hasSize(2);
    }

    @Test
    void leavesShardsThatAreYoungerThanTheEnd() {
        KinesisEnumerator enumerator = started(context, endNow(), null);
        readersUp(enumerator);
        context.tick();
        stream.advance(LONG_ENOUGH);
        context.tick();
        splits(context).forEach(split -> finish(enumerator, 0, split));
        assertThat(context.ended()).hasSize(2);

        stream.split(stream.shardIds().get(0));
        context.tick();

        assertThat(splits(context)).hasSize(3);
    }

    @Test
    void readsChildrenThatWereFoundMeanwhile() {
        KinesisEnumerator enumerator = started(context, endNow(), null);
        readersUp(enumerator);
        context.tick();
        List<KinesisShardSplit> parents = splits(context);
        List<String> children = stream.split(parents.get(0).shardId());
        stream.advance(LONG_ENOUGH);
        context.tick();

        parents.forEach(split -> finish(enumerator, 0, split));
        assertThat(context.ended()).isEmpty();
        List<KinesisShardSplit> rest =
                splits(context).stream()
                        .filter(split -> children.contains(split.shardId()))
                        .toList();
        assertThat(rest).hasSize(2).allMatch(split -> split.end() == parents.get(0).end());
        rest.forEach(split -> finish(enumerator, 0, split));

        assertThat(context.ended()).hasSize(2);
    }

    @Test
    void keepsTheTimeOfNowInItsState() {
        KinesisEnumerator before = started(context, endNow(), null);
        context.tick();
        KinesisEnumeratorState state = before.snapshotState(1);
        stream.advance(LONG_ENOUGH);

        FakeEnumeratorContext again = new FakeEnumeratorContext(2);
        KinesisEnumerator restored = started(again, endNow(), state);
        again.tick();
        readersUp(restored);

        assertThat(splits(again)).hasSize(3).allMatch(s -> s.end() == state.end().toEpochMilli());
    }

    @Test
    void endsAReaderThatIsBackFromAFailureBehindTheEnd() {
        KinesisEnumerator enumerator = started(context, endNow(), null);
        readersUp(enumerator);
        context.tick();
        stream.advance(LONG_ENOUGH);
        context.tick();
        splits(context).forEach(split -> finish(enumerator, 0, split));
        assertThat(context.ended()).hasSize(2);

        enumerator.addSplitsBack(List.of(), 1);
        readerUp(enumerator, 1);

        assertThat(context.ended()).hasSize(3).endsWith(1);
    }

    @Test
    void givesWhatAFailedReaderHadToItselfWhenTheOthersAreThrough() {
        KinesisEnumerator enumerator = started(context, endNow(), null);
        readersUp(enumerator);
        context.tick();
        stream.advance(LONG_ENOUGH);
        context.tick();
        List<KinesisShardSplit> lost = List.copyOf(context.assignedTo(0));
        lost.forEach(split -> finish(enumerator, 0, split));
        int others = context.assignedTo(1).size();
        context.assignedTo(1).forEach(split -> finish(enumerator, 1, split));

        context.unregister(0);
        enumerator.addSplitsBack(lost, 0);
        context.register(0);
        readerUp(enumerator, 0);

        assertThat(context.assignedTo(1)).hasSize(others);
        assertThat(context.assignedTo(0)).hasSize(2 * lost.size());
        assertThat(context.ended()).hasSize(2);
        lost.forEach(split -> finish(enumerator, 0, split));
        assertThat(context.ended()).hasSize(3).endsWith(0);
    }

    private KinesisEnumerator started(
            FakeEnumeratorContext in, ReadingEnd end, KinesisEnumeratorState state) {
        KinesisSourceConfig config =
                KinesisSourceConfig.from(
                        Configuration.fromMap(Map.of("source.init.position", "TRIM_HORIZON")));
        KinesisEnumerator enumerator =
                new KinesisEnumerator(
                        in,
                        StreamSelection.arns(stream.arn()),
                        config,
                        state,
                        new ReadingStart(config, Clock.systemUTC()),
                        end,
                        stream.api(),
                        new ArnsOnlyDirectory(),
                        StreamConsumers.none());
        enumerator.start();
        return enumerator;
    }

    private static ReadingEnd endNow() {
        return new ReadingEnd(new EndConfig(EndPosition.NOW, null), Clock.systemUTC());
    }

    private static List<KinesisShardSplit> splits(FakeEnumeratorContext in) {
        return Stream.of(in.assignedTo(0), in.assignedTo(1)).flatMap(List::stream).toList();
    }

    private static void readersUp(KinesisEnumerator enumerator) {
        readerUp(enumerator, 0);
        readerUp(enumerator, 1);
    }

    private static void readerUp(KinesisEnumerator enumerator, int subtask) {
        enumerator.addReader(subtask);
        enumerator.handleSourceEvent(subtask, new ReaderStartedEvent(List.of(), List.of()));
    }

    private static void finish(KinesisEnumerator enumerator, int subtask, KinesisShardSplit split) {
        enumerator.handleSourceEvent(subtask, new ShardsFinishedEvent(List.of(split.splitId())));
    }
}
