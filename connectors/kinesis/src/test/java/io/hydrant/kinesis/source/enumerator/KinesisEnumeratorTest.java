package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.source.EndConfig;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.source.consumer.StreamConsumers;
import io.hydrant.kinesis.source.event.FinishRecordedEvent;
import io.hydrant.kinesis.source.event.ReaderStartedEvent;
import io.hydrant.kinesis.source.event.ShardLeftEvent;
import io.hydrant.kinesis.source.event.ShardsFinishedEvent;
import io.hydrant.kinesis.source.split.Inheritance;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.source.split.SeenProducers;
import io.hydrant.kinesis.stream.ArnsOnlyDirectory;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.ShardSelection;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamException;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KinesisEnumeratorTest {

    private static final Instant CLOCK = Instant.ofEpochSecond(1_234);
    private static final Clock CLOCK_OF_JOB = Clock.fixed(CLOCK, ZoneOffset.UTC);

    private final FakeStream stream = FakeStream.create(4);
    private final FakeEnumeratorContext context = new FakeEnumeratorContext(2);

    @Test
    void spreadsShardsEvenlyAlthoughReadersComeUpOneByOne() {
        KinesisEnumerator enumerator = started("TRIM_HORIZON");
        context.tick();
        assertThat(context.assignedShards()).isEmpty();

        readerUp(enumerator, 1);
        assertThat(context.assignedTo(1)).hasSize(2);
        readerUp(enumerator, 0);

        assertThat(context.assignedTo(0)).hasSize(2);
        assertThat(context.assignedShards()).isEqualTo(stream.shardIds());
    }

    @Test
    void assignsAsSoonAsTheFirstListingIsThereWhenReadersWereFirst() {
        KinesisEnumerator enumerator = started("TRIM_HORIZON");
        readersUp(enumerator);

        context.tick();

        assertThat(context.assignedShards()).isEqualTo(stream.shardIds());
        assertThat(context.assignedTo(0).get(0).position()).isEqualTo(new Position.TrimHorizon());
    }

    @Test
    void resolvesLatestToTheTimeOfTheService() {
        KinesisEnumerator enumerator = started("LATEST");
        readersUp(enumerator);
        Instant now = Instant.ofEpochMilli(stream.now());

        context.tick();

        assertThat(context.assignedTo(0))
                .extracting(KinesisShardSplit::position)
                .containsOnly(new Position.AtTimestamp(now));
        assertThat(stream.listings()).containsExactly(new ShardSelection.Open());
    }

    @Test
    void resolvesLatestByItsOwnClockWhereTheServiceDoesNotSay() {
        stream.hideTime();
        KinesisEnumerator enumerator = started("LATEST");
        readersUp(enumerator);

        context.tick();

        assertThat(context.assignedTo(0).get(0).position())
                .isEqualTo(new Position.AtTimestamp(CLOCK));
    }

    @Test
    void keepsTheTimeOfLatestWhenAFailureComesBeforeTheFirstCheckpoint() {
        ReadingStart start = start("LATEST");
        Instant first = Instant.ofEpochMilli(stream.now());
        KinesisEnumerator failing = enumerator(context, "LATEST", null, start);
        failing.start();
        context.tick();
        stream.advance(60_000);
        stream.split(stream.shardIds().get(0));

        FakeEnumeratorContext again = new FakeEnumeratorContext(1);
        KinesisEnumerator enumerator = enumerator(again, "LATEST", null, start);
        enumerator.start();
        again.tick();
        readerUp(enumerator, 0);

        assertThat(again.assignedTo(0))
                .extracting(KinesisShardSplit::position)
                .containsOnly(new Position.AtTimestamp(first))
                .hasSize(4);
    }

    @Test
    void keepsTheTimeOfLatestInItsState() {
        KinesisEnumerator enumerator = started("LATEST");
        Instant first = Instant.ofEpochMilli(stream.now());
        context.tick();
        KinesisEnumeratorState state = enumerator.snapshotState(1);
        stream.advance(60_000);

        FakeEnumeratorContext again = new FakeEnumeratorContext(1);
        KinesisEnumerator restored = enumerator(again, "LATEST", state, start("LATEST"));
        restored.start();
        again.tick();
        readerUp(restored, 0);

        assertThat(again.assignedTo(0))
                .extracting(KinesisShardSplit::position)
                .containsOnly(new Position.AtTimestamp(first));
    }

    /** What was left for a listing of all may be as old as the one before it was left. */
    @Test
    void knowsSinceWhenShardsCanHoldRecordsThatAListingLeftOut() {
        KinesisEnumerator enumerator = started("TRIM_HORIZON");
        readersUp(enumerator);
        context.tick();
        long first = stream.now();
        stream.advance(60_000);
        String unseen = stream.split(stream.shardIds().get(0)).get(0);
        List<String> youngest = stream.split(unseen);
        stream.expire(unseen);
        stream.advance(60_000);
        context.tick();
        context.tick();
        KinesisShardSplit gone =
                List.of(0, 1).stream()
                        .flatMap(subtask -> context.assignedTo(subtask).stream())
                        .filter(split -> split.shardId().equals(unseen))
                        .findFirst()
                        .orElseThrow();

        enumerator.handleSourceEvent(0, new ShardsFinishedEvent(List.of(gone.splitId())));

        assertThat(
                        List.of(0, 1).stream()
                                .flatMap(subtask -> context.assignedTo(subtask).stream())
                                .filter(split -> youngest.contains(split.shardId())))
                .hasSize(2)
                .allSatisfy(split -> assertThat(split.inheritance().since()).isEqualTo(first));
    }

    @Test
    void givesChildrenWhatTheirParentLeft() {
        KinesisEnumerator enumerator = started("TRIM_HORIZON");
        readersUp(enumerator);
        context.tick();
        List<String> children = stream.split(stream.shardIds().get(0));
        context.tick();
        KinesisShardSplit parent = context.assignedTo(0).get(0);
        Inheritance left =
                new Inheritance(
                        stream.now() + 5,
                        new SeenProducers(
                                List.of(new SeenProducers.Producer("p", 1, 2, new long[] {3}))));

        enumerator.handleSourceEvent(0, new ShardLeftEvent(parent.splitId(), left));
        enumerator.handleSourceEvent(0, new ShardsFinishedEvent(List.of(parent.splitId())));

        assertThat(
                        List.of(0, 1).stream()
                                .flatMap(subtask -> context.assignedTo(subtask).stream())
                                .filter(split -> children.contains(split.shardId())))
                .hasSize(2)
                .allSatisfy(split -> assertThat(split.inheritance()).isEqualTo(left));
    }

    @Test
    void looksOnlyForNewerShardsAfterTheFirstListing() {
        KinesisEnumerator enumerator = started("TRIM_HORIZON");
        readersUp(enumerator);
        context.tick();
        context.tick();

        assertThat(stream.listings())
                .containsExactly(
                        new ShardSelection.Readable(),
                        new ShardSelection.After(stream.shardIds().get(3)));
    }

    @Test
    void handsOutChildrenAtOnceInAJobWithoutCheckpoints() {
        KinesisEnumerator enumerator = started("TRIM_HORIZON");
        readersUp(enumerator);
        context.tick();
        KinesisShardSplit parent = context.assignedTo(0).get(0);
        stream.split(parent.shardId());
        context.tick();

        finish(enumerator, 0, parent);

        assertThat(context.assignedShards()).isEqualTo(stream.shardIds());
        assertThat(context.eventsTo(0))
                .containsExactly(new FinishRecordedEvent(List.of(parent.splitId())));
    }

    @Test
    void handsOutChildrenAndTellsTheReaderOnceTheCheckpointIsComplete() {
        KinesisEnumerator enumerator = started("TRIM_HORIZON");
        readersUp(enumerator);
        context.tick();
        complete(enumerator, 1);
        KinesisShardSplit parent = context.assignedTo(0).get(0);
        stream.split(parent.shardId());
        context.tick();

        finish(enumerator, 0, parent);
        enumerator.snapshotState(2);
        assertThat(context.assignedShards()).hasSize(4);
        assertThat(context.eventsTo(0)).isEmpty();
        enumerator.notifyCheckpointComplete(2);

        assertThat(context.assignedShards()).isEqualTo(stream.shardIds());
        assertThat(context.eventsTo(0))
                .containsExactly(new FinishRecordedEvent(List.of(parent.splitId())));
    }

    /** FLINK-37627: the official connector lost the children of a shard at such a restore. */
    @Test
    void learnsOfAnEndThatOnlyTheRestoredReaderKnows() {
        KinesisEnumerator before = started("TRIM_HORIZON");
        readersUp(before);
        context.tick();
        KinesisShardSplit parent = context.assignedTo(0).get(0);
        List<String> children = stream.split(parent.shardId());
        context.tick();
        KinesisEnumeratorState state = before.snapshotState(1);

        FakeEnumeratorContext rescaled = new FakeEnumeratorContext(1);
        KinesisEnumerator restored =
                enumerator(rescaled, "TRIM_HORIZON", state, start("TRIM_HORIZON"));
        restored.start();
        rescaled.tick();
        restored.handleSourceEvent(0, new ReaderStartedEvent(List.of(), List.of(parent.splitId())));
        complete(restored, 2);

        assertThat(rescaled.assignedShards()).isEqualTo(children);
        assertThat(rescaled.eventsTo(0))
                .containsExactly(new FinishRecordedEvent(List.of(parent.splitId())));
    }

    /** A parent that says more may be gone, or not be waited for. */
    @Test
    void knowsSinceWhenShardsCanHoldRecordsThatWereMadeWhileItWasDown() {
        KinesisEnumerator before = started("TRIM_HORIZON");
        readersUp(before);
        context.tick();
        long listed = stream.now();
        KinesisShardSplit parent = context.assignedTo(0).get(0);
        KinesisEnumeratorState state = before.snapshotState(1);
        stream.advance(60_000);
        List<String> children = stream.split(parent.shardId());
        stream.advance(60_000);

        FakeEnumeratorContext again = new FakeEnumeratorContext(1);
        KinesisEnumerator restored =
                enumerator(again, "TRIM_HORIZON", state, start("TRIM_HORIZON"));
        restored.start();
        again.tick();
        restored.handleSourceEvent(0, new ReaderStartedEvent(List.of(), List.of(parent.splitId())));
        complete(restored, 2);

        assertThat(again.assignedShards()).isEqualTo(children);
        assertThat(again.assignedTo(0))
                .extracting(KinesisShardSplit::readThrough)
                .containsOnly(listed);
    }

    @Test
    void waitsForAllReadersBeforeItSpreadsShardsOfARestoredJob() {
        KinesisEnumerator before = started("TRIM_HORIZON");
        context.tick();
        KinesisEnumeratorState state = before.snapshotState(1);

        FakeEnumeratorContext again = new FakeEnumeratorContext(2);
        KinesisEnumerator restored =
                enumerator(again, "TRIM_HORIZON", state, start("TRIM_HORIZON"));
        restored.start();
        again.tick();
        restored.handleSourceEvent(
                0, new ReaderStartedEvent(List.of("s/x", "s/y", "s/z", "s/w"), List.of()));
        assertThat(again.assignedShards()).isEmpty();
        readerUp(restored, 1);

        assertThat(again.assignedTo(1)).hasSize(4);
    }

    @Test
    void handsOutAgainWhatAFailedSubtaskHadSinceTheCheckpoint() {
        KinesisEnumerator enumerator = started("TRIM_HORIZON");
        readersUp(enumerator);
        context.tick();
        List<KinesisShardSplit> lost = List.copyOf(context.assignedTo(0));

        enumerator.addSplitsBack(lost, 0);
        assertThat(context.assignedTo(0)).hasSize(2);
        readerUp(enumerator, 0);

        assertThat(context.assignedTo(0)).hasSize(4);
        assertThat(context.assignedTo(1)).hasSize(2);
    }

    @Test
    void givesNothingToASubtaskThatFailedAndIsNotBackYet() {
        KinesisEnumerator enumerator = started("TRIM_HORIZON");
        readersUp(enumerator);
        context.tick();
        complete(enumerator, 1);
        KinesisShardSplit parent = context.assignedTo(1).get(0);
        finish(enumerator, 0, context.assignedTo(0).get(0));
        enumerator.snapshotState(2);

        context.unregister(0);
        enumerator.notifyCheckpointComplete(2);
        // Subtask 0 reads fewest, so the children of this shard are for it.
        stream.split(parent.shardId());
        context.tick();
        finish(enumerator, 1, parent);
        complete(enumerator, 3);
        assertThat(context.assignedTo(0)).hasSize(2);
        assertThat(context.eventsTo(0)).isEmpty();

        enumerator.addSplitsBack(List.of(), 0);
        context.register(0);
        readerUp(enumerator, 0);
        assertThat(context.assignedShards()).isEqualTo(stream.shardIds());
    }

    @Test
    void saysWhichStreamDoesNotExistAndWhatToDo() {
        StreamArn missing = new StreamArn("aws", "us-east-1", "000000000000", "nowhere");
        KinesisEnumerator enumerator =
                enumerator(context, StreamSelection.arns(missing), "LATEST", null, start("LATEST"));
        enumerator.start();

        assertThatThrownBy(context::tick)
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("ListShards on stream " + missing)
                .hasMessageContaining("ResourceNotFoundException")
                .hasMessageContaining("create the stream before the job");
    }

    @Test
    void triesAgainWhenTheListingIsThrottled() {
        stream.failNextListing(FakeStream.throttled());
        KinesisEnumerator enumerator = started("TRIM_HORIZON");
        readersUp(enumerator);

        context.tick();
        assertThat(context.assignedShards()).isEmpty();
        context.tick();

        assertThat(context.assignedShards()).hasSize(4);
    }

    @Test
    void leavesOutAListingThatWasAskedForBeforeTheLastOneWasTakenIn() {
        KinesisEnumerator enumerator = started("LATEST");
        readersUp(enumerator);
        String parent = stream.shardIds().get(0);
        Runnable first = context.call();
        List<String> children = stream.split(parent);
        List<String> grandchildren = stream.split(children.get(0));
        Runnable second = context.call();

        first.run();
        second.run();
        context.tick();
        enumerator.handleSourceEvent(
                0,
                new ShardsFinishedEvent(List.of(KinesisShardSplit.splitId(stream.arn(), parent))));

        assertThat(context.assignedShards())
                .contains(children.get(0), children.get(1))
                .doesNotContainAnyElementsOf(grandchildren);
    }

    @Test
    void goesOnWithRestoredShardsWhenTheStreamCannotBeListedAtFirst() {
        KinesisEnumerator before = started("TRIM_HORIZON");
        context.tick();
        KinesisEnumeratorState state = before.snapshotState(1);
        FakeEnumeratorContext again = new FakeEnumeratorContext(2);
        KinesisEnumerator restored =
                enumerator(again, "TRIM_HORIZON", state, start("TRIM_HORIZON"));
        stream.failNextListing(SdkClientException.create("reset", new IOException("reset")));

        restored.start();
        again.tick();
        readersUp(restored);

        assertThat(again.assignedShards()).isEqualTo(stream.shardIds());
    }

    @Test
    void refusesTheStateOfAnotherStream() {
        KinesisEnumeratorState state = started("LATEST").snapshotState(1);
        StreamArn other = new StreamArn("aws", "us-east-1", "000000000000", "other");

        assertThatThrownBy(
                        () ->
                                enumerator(
                                        context,
                                        StreamSelection.arns(other),
                                        "LATEST",
                                        state,
                                        start("LATEST")))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining(stream.arn().toString())
                .hasMessageContaining(other.toString())
                .hasMessageContaining("another uid");
    }

    @Test
    void forgetsEndedShardsThatTheStreamNoLongerLists() {
        KinesisEnumerator enumerator = started("TRIM_HORIZON");
        readersUp(enumerator);
        context.tick();
        KinesisShardSplit parent = context.assignedTo(0).get(0);
        stream.split(parent.shardId());
        context.tick();
        finish(enumerator, 0, parent);
        stream.expire(parent.shardId());

        for (int i = 0; i < 60; i++) {
            context.tick();
        }

        assertThat(enumerator.snapshotState(1).streams().get(0).shards())
                .extracting(tracked -> tracked.shard().id())
                .doesNotContain(parent.shardId())
                .hasSize(5);
    }

    @Test
    void countsShardsThatWaitForNothingButACheckpoint() {
        KinesisEnumerator enumerator = started("TRIM_HORIZON");
        readersUp(enumerator);
        context.tick();
        complete(enumerator, 1);
        KinesisShardSplit parent = context.assignedTo(0).get(0);
        stream.split(parent.shardId());
        context.tick();
        assertThat(context.gauge("heldBackShards")).isEqualTo(0L);

        finish(enumerator, 0, parent);
        context.tick();
        assertThat(context.gauge("heldBackShards")).isEqualTo(2L);

        complete(enumerator, 2);
        assertThat(context.gauge("heldBackShards")).isEqualTo(0L);
    }

    private KinesisEnumerator started(String position) {
        KinesisEnumerator enumerator = enumerator(context, position, null, start(position));
        enumerator.start();
        return enumerator;
    }

    private KinesisEnumerator enumerator(
            FakeEnumeratorContext in,
            String position,
            KinesisEnumeratorState state,
            ReadingStart start) {
        return enumerator(in, StreamSelection.arns(stream.arn()), position, state, start);
    }

    private KinesisEnumerator enumerator(
            FakeEnumeratorContext in,
            StreamSelection selection,
            String position,
            KinesisEnumeratorState state,
            ReadingStart start) {
        return new KinesisEnumerator(
                in,
                selection,
                config(position),
                state,
                start,
                new ReadingEnd(EndConfig.NONE, CLOCK_OF_JOB),
                stream.api(),
                new ArnsOnlyDirectory(),
                StreamConsumers.none());
    }

    private static ReadingStart start(String position) {
        return new ReadingStart(config(position), CLOCK_OF_JOB);
    }

    private static KinesisSourceConfig config(String position) {
        return KinesisSourceConfig.from(
                Configuration.fromMap(Map.of("source.init.position", position)));
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

    private static void complete(KinesisEnumerator enumerator, long checkpointId) {
        enumerator.snapshotState(checkpointId);
        enumerator.notifyCheckpointComplete(checkpointId);
    }
}
