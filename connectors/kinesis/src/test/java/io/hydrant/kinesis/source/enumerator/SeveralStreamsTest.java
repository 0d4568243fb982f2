package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.FakeAccount;
import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.source.EndConfig;
import io.hydrant.kinesis.source.EndPosition;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.source.consumer.StreamConsumers;
import io.hydrant.kinesis.source.event.FinishRecordedEvent;
import io.hydrant.kinesis.source.event.ReaderStartedEvent;
import io.hydrant.kinesis.source.event.ShardsFinishedEvent;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.RecordDistribution;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamException;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.AccessDeniedException;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SeveralStreamsTest {

    private static final StreamSelection BY_PATTERN = StreamSelection.pattern("orders-.*");
    private static final Instant CREATED = Instant.parse("2026-11-21T08:00:00Z");
    private static final Position BEGINNING = new Position.TrimHorizon();

    private final FakeAccount account = new FakeAccount();
    private final FakeEnumeratorContext context = new FakeEnumeratorContext(2);
    private final FakeStream first = account.create("orders-1", 2);

    @Test
    void readsStreamsByArnWithoutAskingForThem() {
        account.create("orders-2", 1);
        start(StreamSelection.arns(FakeAccount.arn("orders-1"), FakeAccount.arn("orders-2")));

        assertThat(splits())
                .containsExactlyInAnyOrder(
                        "orders-1/shardId-000000000000",
                        "orders-1/shardId-000000000001",
                        "orders-2/shardId-000000000000");
        assertThat(account.asked()).isZero();
    }

    @Test
    void spreadsTheShardsOfEachStreamAndOfAllEvenly() {
        account.create("orders-2", 3);
        account.create("orders-3", 3);
        start(StreamSelection.names("orders-1", "orders-2", "orders-3"));

        assertThat(context.assignedTo(0)).hasSize(4);
        assertThat(context.assignedTo(1)).hasSize(4);
        for (int subtask = 0; subtask < 2; subtask++) {
            assertThat(context.assignedTo(subtask))
                    .extracting(split -> split.stream().stream())
                    .contains("orders-1", "orders-2", "orders-3");
        }
    }

    @Test
    void asksForTheArnOfANameOnce() {
        start(StreamSelection.names("orders-1"));
        context.tick();
        context.tick();

        assertThat(splits()).hasSize(2);
        assertThat(account.asked()).isEqualTo(1);
    }

    @Test
    void namesTheStreamThatDoesNotExistAtTheStart() {
        assertThatThrownBy(() -> start(StreamSelection.names("orders-1", "nowhere")))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("DescribeStreamSummary for stream nowhere")
                .hasMessageContaining("create the stream before the job");
        StreamSelection byArn = StreamSelection.arns(first.arn(), FakeAccount.arn("nowhere"));
        ReadingStart start = new ReadingStart(config(), Clock.systemUTC());
        assertThatThrownBy(() -> start(new FakeEnumeratorContext(2), byArn, null, start))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("ListShards on stream " + FakeAccount.arn("nowhere"))
                .hasMessageContaining("create the stream before the job");
    }

    @Test
    void saysWhatPermissionTheSearchNeeds() {
        account.failNextSearch(AccessDeniedException.builder().message("not authorized").build());

        assertThatThrownBy(() -> start(BY_PATTERN))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("ListStreams for streams that match orders-.* failed")
                .hasMessageContaining("Allow this identity kinesis:ListStreams");
    }

    @Test
    void searchesAgainWhenTheServiceWasBusy() {
        account.failNextSearch(FakeStream.throttled());
        start(BY_PATTERN);
        assertThat(splits()).isEmpty();

        context.tick();

        assertThat(splits()).hasSize(2);
    }

    @Test
    void readsStreamsThatAreMadeWhileItRunsFromTheirFirstRecord() {
        account.create("clicks", 1);
        start(BY_PATTERN);
        assertThat(splits()).hasSize(2);
        FakeStream born = account.create("orders-2", 1);
        born.put("key", new byte[1]);
        for (int i = 0; i < 6; i++) {
            context.tick();
        }

        assertThat(positions("orders-1"))
                .containsOnly(new Position.AtTimestamp(Instant.ofEpochMilli(first.now())));
        assertThat(positions("orders-2")).containsExactly(BEGINNING);
        assertThat(account.asked()).as("one search a minute").isEqualTo(2);
        assertThat(context.gauge("followedStreams")).isEqualTo(2);
    }

    /** A failure may go back to a checkpoint that was begun before the stream was found. */
    @Test
    void keepsTheOrderOfAStreamThatIsFoundInAJobWithCheckpoints() {
        KinesisEnumerator enumerator = start(BY_PATTERN);
        enumerator.snapshotState(1);
        FakeStream born = account.create("orders-2", 1);
        for (int i = 0; i < 6; i++) {
            context.tick();
        }
        String parent = born.shardIds().get(0);
        List<String> children = born.split(parent);
        context.tick();
        enumerator.handleSourceEvent(
                0, new ShardsFinishedEvent(List.of(KinesisShardSplit.splitId(born.arn(), parent))));
        enumerator.notifyCheckpointComplete(1);
        assertThat(positions("orders-2")).hasSize(1);

        enumerator.snapshotState(2);
        enumerator.notifyCheckpointComplete(2);

        assertThat(splits()).contains("orders-2/" + children.get(0), "orders-2/" + children.get(1));
    }

    @Test
    void waitsForTheFirstStreamThatMatches() {
        start(StreamSelection.pattern("clicks-.*"));
        assertThat(splits()).isEmpty();
        account.create("clicks-1", 1);
        for (int i = 0; i < 6; i++) {
            context.tick();
        }

        assertThat(positions("clicks-1")).containsExactly(BEGINNING);
    }

    @Test
    void waitsForNoStreamThatWouldComeBehindTheEnd() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-23T00:00:00Z"), ZoneOffset.UTC);
        StreamSelection none = StreamSelection.pattern("clicks-.*");
        EndConfig past = new EndConfig(EndPosition.AT_TIMESTAMP, clock.instant());
        EndConfig later = new EndConfig(EndPosition.AT_TIMESTAMP, clock.instant().plusSeconds(1));

        for (EndConfig end : List.of(new EndConfig(EndPosition.NOW, null), past)) {
            assertThatThrownBy(() -> start(none, new ReadingEnd(end, clock)))
                    .isInstanceOf(StreamException.class)
                    .hasMessageStartingWith(
                            "There are no streams that match clicks-.*, and reading ends, by source.end.position");
        }
        start(none, new ReadingEnd(later, clock));
        assertThat(splits()).isEmpty();
    }

    @Test
    void remembersWhichStreamsWereThereWhenAFailureComesBeforeTheFirstCheckpoint() {
        ReadingStart start = new ReadingStart(config(), Clock.systemUTC());
        start(context, BY_PATTERN, null, start);
        account.create("orders-2", 1);

        FakeEnumeratorContext again = new FakeEnumeratorContext(2);
        start(again, BY_PATTERN, null, start);

        assertThat(positions(again, "orders-2")).containsExactly(BEGINNING);
        assertThat(positions(again, "orders-1"))
                .containsOnly(new Position.AtTimestamp(Instant.ofEpochMilli(first.now())));
    }

    @Test
    void readsAStreamThatWasMadeWhileTheJobWasDownSinceTheJobBegan() {
        KinesisEnumeratorState state = start(BY_PATTERN).snapshotState(1);
        Instant began = Instant.ofEpochMilli(first.now());
        FakeStream born = account.create("orders-2", 1);
        born.advance(60_000);

        FakeEnumeratorContext again = restore(BY_PATTERN, state);

        assertThat(positions(again, "orders-2")).containsExactly(new Position.AtTimestamp(began));
    }

    @Test
    void beginsAStreamThatWasAddedToTheSelectionAtTheInitialPosition() {
        KinesisEnumeratorState state = start(StreamSelection.arns(first.arn())).snapshotState(1);
        FakeStream added = account.create("orders-2", 1);
        added.advance(60_000);

        FakeEnumeratorContext again =
                restore(StreamSelection.arns(first.arn(), added.arn()), state);

        assertThat(positions(again, "orders-2"))
                .containsExactly(new Position.AtTimestamp(Instant.ofEpochMilli(added.now())));
        assertThat(positions(again, "orders-1")).as("held by readers already").isEmpty();
    }

    @Test
    void dropsTheStateOfAStreamThatIsNoLongerSelected() {
        FakeStream second = account.create("orders-2", 1);
        KinesisEnumerator before = start(StreamSelection.names("orders-1", "orders-2"));
        KinesisEnumeratorState state = before.snapshotState(1);

        FakeEnumeratorContext again = new FakeEnumeratorContext(2);
        KinesisEnumerator restored =
                start(
                        again,
                        StreamSelection.names("orders-1"),
                        state,
                        new ReadingStart(config(), Clock.systemUTC()));

        assertThat(restored.snapshotState(2).streams())
                .extracting(StreamProgress::stream)
                .containsExactly(first.arn());
        String gone = KinesisShardSplit.splitId(second.arn(), second.shardIds().get(0));
        restored.handleSourceEvent(0, new ShardsFinishedEvent(List.of(gone)));
        assertThat(again.eventsTo(0)).containsExactly(new FinishRecordedEvent(List.of(gone)));
    }

    @Test
    void goesOnWithTheOthersWhenAStreamVanishesAndWithItWhenItIsBack() {
        account.create("orders-2", 1);
        start(StreamSelection.names("orders-1", "orders-2"));
        account.delete("orders-1");
        context.tick();
        context.tick();

        assertThat(context.gauge("vanishedStreams")).isEqualTo(1);
        account.create("orders-1", 3);
        context.tick();

        assertThat(context.gauge("vanishedStreams")).isEqualTo(0);
        assertThat(splits()).contains("orders-1/shardId-000000000002");
    }

    @Test
    void tellsAStreamThatWasCreatedAgainAtARestore() {
        account.createdAt("orders-1", CREATED);
        StreamSelection one = StreamSelection.names("orders-1");
        KinesisEnumeratorState state = start(one).snapshotState(1);
        assertThat(created(state)).isEqualTo(CREATED);
        account.createdAt("orders-1", CREATED.plusSeconds(1));
        assertThat(created(stateAfter(one, state))).isEqualTo(CREATED);

        account.createdAt("orders-1", CREATED.plusSeconds(60));

        assertThatThrownBy(() -> restore(one, state))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining(first.arn() + " was deleted and created again at")
                .hasMessageContaining("is of the stream created at " + CREATED)
                .hasMessageContaining("Restore once without this stream in the selection");
    }

    @Test
    void learnsWhenAStreamWasCreatedWhereTheStateDoesNotSay() {
        StreamSelection one = StreamSelection.names("orders-1");
        KinesisEnumeratorState silent = start(one).snapshotState(1);
        assertThat(created(silent)).isNull();
        account.createdAt("orders-1", CREATED);

        assertThat(created(stateAfter(one, silent))).isEqualTo(CREATED);
    }

    @Test
    void tellsAStreamThatWasCreatedAgainWhileTheJobRuns() {
        account.create("orders-2", 1);
        account.createdAt("orders-1", CREATED);
        start(StreamSelection.names("orders-1", "orders-2"));
        account.delete("orders-1");
        context.tick();
        account.create("orders-1", 3);
        account.createdAt("orders-1", CREATED.plusSeconds(60));

        assertThatThrownBy(context::tick)
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("was deleted and created again");
    }

    @Test
    void failsWhenTheLastOfTheNamedStreamsVanishes() {
        start(StreamSelection.names("orders-1"));
        account.delete("orders-1");

        assertThatThrownBy(context::tick)
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("ListShards on stream " + first.arn());
    }

    @Test
    void waitsWhenTheLastStreamOfAPatternVanishes() {
        start(BY_PATTERN);
        account.delete("orders-1");
        context.tick();

        assertThat(context.gauge("vanishedStreams")).isEqualTo(1);
    }

    @Test
    void goesOnWhenAVanishedStreamIsMissingAtARestoreToo() {
        account.create("orders-2", 1);
        StreamSelection both = StreamSelection.names("orders-1", "orders-2");
        KinesisEnumeratorState state = start(both).snapshotState(1);
        account.delete("orders-1");

        FakeEnumeratorContext again = restore(both, state);

        assertThat(again.gauge("vanishedStreams")).isEqualTo(1);
    }

    @Test
    void keepsATroubledStreamFromHoldingUpTheOthers() {
        FakeStream second = account.create("orders-2", 1);
        start(StreamSelection.names("orders-1", "orders-2"));
        String parent = second.shardIds().get(0);
        second.split(parent);
        first.failNextListing(SdkClientException.create("reset", new IOException("reset")));
        context.tick();

        assertThat(context.gauge("unassignedSplits")).isEqualTo(2L);
    }

    @Test
    void countsStreamsWhoseRecordsOfOneKeyHaveNoOrder() {
        account.create("orders-2", 1);
        account.distribute("orders-1", RecordDistribution.AUTO);
        account.distribute("orders-2", RecordDistribution.BY_PARTITION_KEY);
        start(BY_PATTERN);
        context.tick();

        assertThat(context.gauge("streamsWithoutKeyOrder")).isEqualTo(1);
    }

    private KinesisEnumerator start(StreamSelection selection) {
        return start(context, selection, null, new ReadingStart(config(), Clock.systemUTC()));
    }

    private KinesisEnumerator start(StreamSelection selection, ReadingEnd end) {
        ReadingStart start = new ReadingStart(config(), Clock.systemUTC());
        return start(new FakeEnumeratorContext(2), selection, null, start, end);
    }

    /** The readers of a job that is restored hold all that was assigned in it before. */
    private FakeEnumeratorContext restore(StreamSelection selection, KinesisEnumeratorState state) {
        FakeEnumeratorContext again = new FakeEnumeratorContext(2);
        start(again, selection, state, new ReadingStart(config(), Clock.systemUTC()));
        return again;
    }

    /** The state that a job has soon after it was restored. */
    private KinesisEnumeratorState stateAfter(
            StreamSelection selection, KinesisEnumeratorState state) {
        ReadingStart start = new ReadingStart(config(), Clock.systemUTC());
        return start(new FakeEnumeratorContext(2), selection, state, start).snapshotState(2);
    }

    private static Instant created(KinesisEnumeratorState state) {
        return state.streams().get(0).created();
    }

    private KinesisEnumerator start(
            FakeEnumeratorContext in,
            StreamSelection selection,
            KinesisEnumeratorState state,
            ReadingStart start) {
        ReadingEnd none = new ReadingEnd(EndConfig.NONE, Clock.systemUTC());
        return start(in, selection, state, start, none);
    }

    private KinesisEnumerator start(
            FakeEnumeratorContext in,
            StreamSelection selection,
            KinesisEnumeratorState state,
            ReadingStart start,
            ReadingEnd end) {
        KinesisEnumerator enumerator =
                new KinesisEnumerator(
                        in,
                        selection,
                        config(),
                        state,
                        start,
                        end,
                        account.api(),
                        account.directory(),
                        StreamConsumers.none());
        enumerator.start();
        for (int subtask = 0; subtask < 2; subtask++) {
            enumerator.addReader(subtask);
            enumerator.handleSourceEvent(subtask, new ReaderStartedEvent(List.of(), List.of()));
        }
        in.tick();
        return enumerator;
    }

    private List<String> splits() {
        List<String> all = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            context.assignedTo(subtask)
                    .forEach(split -> all.add(split.stream().stream() + "/" + split.shardId()));
        }
        return all;
    }

    private List<Position> positions(String stream) {
        return positions(context, stream);
    }

    private static List<Position> positions(FakeEnumeratorContext in, String stream) {
        StreamArn arn = FakeAccount.arn(stream);
        List<Position> all = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            in.assignedTo(subtask).stream()
                    .filter(split -> split.stream().equals(arn))
                    .forEach(split -> all.add(split.position()));
        }
        return all;
    }

    private static KinesisSourceConfig config() {
        return KinesisSourceConfig.from(
                Configuration.fromMap(Map.of("source.init.position", "LATEST")));
    }
}
