package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.source.ShardOrder;
import io.hydrant.kinesis.source.split.Inheritance;
import io.hydrant.kinesis.source.split.SeenProducers;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.StreamArn;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class ShardTrackerTest {

    private static final Position START = new Position.AtTimestamp(Instant.ofEpochSecond(5));
    private static final Position BEGINNING = new Position.TrimHorizon();

    private final FakeStream stream = FakeStream.create(2);
    private final ShardTracker tracker = new ShardTracker(ShardOrder.PARENTS_FIRST);
    private final String parent = stream.shardIds().get(0);
    private final String neighbour = stream.shardIds().get(1);

    @Test
    void handsOutAllShardsOfANewStreamAtTheStart() {
        tracker.begin(stream.allShards(), START);

        assertThat(ready()).containsExactly(parent, neighbour);
        assertThat(tracker.ready()).extracting(TrackedShard::start).containsOnly(START);
    }

    @Test
    void readsListedChildrenFromTheirBeginningAndOnlyAfterTheirParents() {
        List<String> children = stream.split(parent);
        tracker.begin(stream.allShards(), START);

        assertThat(ready()).containsExactly(parent, neighbour);
        tracker.assigned(parent);
        tracker.assigned(neighbour);
        assertThat(ready()).isEmpty();

        assertThat(tracker.finished(parent, 0)).isTrue();
        assertThat(ready()).containsExactlyElementsOf(children);
        assertThat(tracker.ready()).extracting(TrackedShard::start).containsOnly(BEGINNING);
    }

    @Test
    void keepsChildrenUntilTheEndOfTheirParentIsInACompletedCheckpoint() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        tracker.snapshot(1);
        tracker.completed(1);
        List<String> children = stream.split(parent);
        tracker.found(stream.allShards(), false);

        assertThat(tracker.finished(parent, 3)).isFalse();
        assertThat(ready()).isEmpty();
        tracker.snapshot(2);
        assertThat(ready()).isEmpty();

        assertThat(tracker.completed(2)).isEqualTo(Map.of(parent, 3));
        assertThat(ready()).containsExactlyElementsOf(children);
    }

    @Test
    void doesNotTakeAnEndThatCameAfterTheCheckpointBeganForRecorded() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        stream.split(parent);
        tracker.found(stream.allShards(), false);
        tracker.snapshot(1);
        tracker.finished(parent, 0);

        assertThat(tracker.completed(1)).isEmpty();
        assertThat(ready()).isEmpty();
    }

    @Test
    void recordsWithALaterCheckpointWhatAnAbortedOneMissed() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        tracker.snapshot(1);
        tracker.finished(parent, 0);
        tracker.snapshot(2);
        tracker.snapshot(3);

        assertThat(tracker.completed(3)).containsOnlyKeys(parent);
        assertThat(tracker.completed(4)).isEmpty();
    }

    @Test
    void waitsForBothParentsOfAMerge() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        String child = stream.merge(parent, neighbour);
        tracker.found(stream.allShards(), false);

        tracker.finished(parent, 0);
        assertThat(ready()).isEmpty();
        tracker.finished(neighbour, 1);
        assertThat(ready()).containsExactly(child);
    }

    @Test
    void doesNotReadAgainWhatItTookInFromAListingThatLeftShardsOut() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        String child = stream.split(parent).get(0);
        String leftOut = stream.split(neighbour).get(0);
        stream.split(child);
        stream.split(leftOut);
        List<Shard> most =
                stream.allShards().stream().filter(shard -> !shard.id().equals(leftOut)).toList();
        assertThat(tracker.found(most, false)).isFalse();
        tracker.finished(parent, 0);
        tracker.snapshot(1);
        tracker.completed(1);
        tracker.finished(child, 0);
        tracker.snapshot(2);
        tracker.completed(2);

        tracker.found(stream.allShards(), true);

        assertThat(ready()).doesNotContain(child);
    }

    /** Their reader finds that they are gone, and says so. */
    @Test
    void takesInShardsThatWereMadeAndExpiredWhileNobodyLooked() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        String unseen = stream.split(parent).get(0);
        List<String> youngest = stream.split(unseen);
        stream.expire(unseen);
        assertThat(tracker.found(stream.allShards(), false)).isFalse();

        assertThat(tracker.found(stream.allShards(), true)).isTrue();

        assertThat(ready()).containsExactly(unseen);
        tracker.assigned(unseen);
        tracker.finished(unseen, 0);
        assertThat(ready()).containsExactlyElementsOf(youngest);
    }

    @Test
    void handsOnWhatAShardLeavesToBothChildrenOfASplit() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        List<String> children = stream.split(parent);
        tracker.found(stream.allShards(), false);
        tracker.left(parent, left(70, "p"));
        assertThat(inherited(children.get(0))).isEqualTo(Inheritance.NONE);

        tracker.finished(parent, 0);

        assertThat(inherited(children.get(0))).isEqualTo(left(70, "p"));
        assertThat(inherited(children.get(1))).isEqualTo(left(70, "p"));
    }

    @Test
    void handsOnWhatBothParentsOfAMergeLeave() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        String child = stream.merge(parent, neighbour);
        tracker.found(stream.allShards(), false);
        tracker.left(parent, left(70, "p"));
        tracker.left(neighbour, left(90, "q"));
        tracker.finished(parent, 0);
        tracker.finished(neighbour, 1);

        assertThat(inherited(child))
                .isEqualTo(left(70, "p").plus(left(90, "q")))
                .satisfies(
                        both -> {
                            assertThat(both.since()).isEqualTo(90);
                            assertThat(both.producers().producers()).hasSize(2);
                        });
    }

    @Test
    void handsNothingOnFromAnEndThatWasUndone() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        tracker.snapshot(1);
        String child = stream.split(parent).get(0);
        tracker.found(stream.allShards(), false);
        tracker.left(parent, left(70, "p"));
        tracker.finished(parent, 0);

        tracker.subtaskReset(0);

        assertThat(inherited(child)).isEqualTo(Inheritance.NONE);
    }

    @Test
    void remembersWhatAForgottenShardLeft() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        tracker.snapshot(1);
        List<String> children = stream.split(parent);
        tracker.found(stream.allShards(), false);
        tracker.left(parent, left(70, "p"));
        tracker.finished(parent, 0);
        tracker.snapshot(2);
        tracker.completed(2);

        assertThat(tracker.snapshot(3)).extracting(s -> s.shard().id()).doesNotContain(parent);
        ShardTracker restored =
                new ShardTracker(
                        new StreamProgress(
                                stream.arn(), START, children.get(1), tracker.snapshot(3)),
                        ShardOrder.PARENTS_FIRST);

        assertThat(restored.ready())
                .hasSize(2)
                .allSatisfy(
                        child -> assertThat(restored.inheritance(child)).isEqualTo(left(70, "p")));
    }

    /**
     * A full listing may show that the parent has expired before the next checkpoint is complete.
     */
    @Test
    void remembersWhatAShardLeftThatIsForgottenBeforeItsChildrenComeBackFromAReader() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        tracker.snapshot(1);
        tracker.left(parent, left(70, "p"));
        tracker.finished(parent, 0);
        tracker.snapshot(2);
        tracker.completed(2);
        List<String> children = stream.split(parent);
        tracker.found(stream.allShards(), false);
        children.forEach(tracker::assigned);
        tracker.finished(children.get(1), 1);

        tracker.forgetUnlisted(Set.copyOf(children));
        tracker.subtaskReset(1);
        children.forEach(tracker::returned);

        assertThat(tracker.snapshot(3)).extracting(s -> s.shard().id()).doesNotContain(parent);
        assertThat(inherited(children.get(0))).isEqualTo(left(70, "p"));
        assertThat(inherited(children.get(1))).isEqualTo(left(70, "p"));
    }

    @Test
    void knowsSinceWhenShardsCanHoldRecords() {
        stream.split(neighbour);
        tracker.newShardsSince(50);
        tracker.begin(stream.allShards(), START);
        tracker.newShardsSince(60);
        String found = stream.split(parent).get(0);
        tracker.found(stream.allShards(), false);

        assertThat(inherited(parent).since()).isEqualTo(50);
        assertThat(inherited(found).since()).isEqualTo(60);
        assertThat(inherited(stream.allShards().get(2).id()).since())
                .as("a child that was there before, of unknown age")
                .isZero();
    }

    @Test
    void knowsSinceWhenShardsCanHoldRecordsThatDoNotWaitForTheirParents() {
        ShardTracker any = new ShardTracker(ShardOrder.NONE);
        stream.split(neighbour);
        any.newShardsSince(50);
        any.begin(stream.allShards(), START);

        assertThat(any.ready())
                .hasSize(4)
                .allSatisfy(shard -> assertThat(any.inheritance(shard).since()).isEqualTo(50));
    }

    private Inheritance inherited(String shardId) {
        return tracker.inheritance(
                tracker.snapshot(1).stream()
                        .filter(tracked -> tracked.shard().id().equals(shardId))
                        .findFirst()
                        .orElseThrow());
    }

    private static Inheritance left(long since, String producer) {
        return new Inheritance(
                since,
                new SeenProducers(
                        List.of(new SeenProducers.Producer(producer, 3, since, new long[] {7}))));
    }

    @Test
    void walksAChainOfSplitsAndMergesFoundAtOnceInOrder() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        List<String> children = stream.split(parent);
        String merged = stream.merge(children.get(0), children.get(1));
        tracker.found(stream.allShards(), false);

        tracker.finished(parent, 0);
        assertThat(ready()).containsExactlyElementsOf(children);
        assign(children.get(0), children.get(1));
        tracker.finished(children.get(0), 0);
        assertThat(ready()).isEmpty();
        tracker.finished(children.get(1), 0);
        assertThat(ready()).containsExactly(merged);
    }

    @Test
    void undoesUnrecordedEndsOfASubtaskThatFailed() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        tracker.snapshot(1);
        tracker.completed(1);
        stream.split(parent);
        tracker.found(stream.allShards(), false);
        tracker.finished(parent, 0);
        tracker.snapshot(2);

        tracker.subtaskReset(0);

        assertThat(tracker.completed(2)).isEmpty();
        assertThat(ready()).isEmpty();
        assertThat(tracker.snapshot(3))
                .filteredOn(shard -> shard.shard().id().equals(parent))
                .extracting(TrackedShard::status)
                .containsExactly(ShardStatus.ASSIGNED);
    }

    @Test
    void keepsUnrecordedEndsOfOtherSubtasks() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        tracker.snapshot(1);
        tracker.finished(parent, 0);
        tracker.snapshot(2);

        tracker.subtaskReset(1);

        assertThat(tracker.completed(2)).containsOnlyKeys(parent);
    }

    @Test
    void handsOutAgainWhatComesBack() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);

        tracker.returned(neighbour);

        assertThat(ready()).containsExactly(neighbour);
    }

    @Test
    void goesOnFromACheckpointWithTheEndsThatItHolds() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        List<String> children = stream.split(parent);
        tracker.found(stream.allShards(), false);
        tracker.snapshot(1);
        tracker.finished(parent, 0);
        StreamProgress checkpoint = progress(tracker.snapshot(2));

        ShardTracker restored = new ShardTracker(checkpoint, ShardOrder.PARENTS_FIRST);

        assertThat(ids(restored.ready())).containsExactlyElementsOf(children);
        assertThat(restored.finished(parent, 7)).isTrue();
    }

    @Test
    void losesNoChildWhenTheCheckpointHoldsTheEndInTheReaderOnly() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        List<String> children = stream.split(parent);
        tracker.found(stream.allShards(), false);
        StreamProgress checkpoint = progress(tracker.snapshot(1));
        tracker.finished(parent, 0);

        ShardTracker restored = new ShardTracker(checkpoint, ShardOrder.PARENTS_FIRST);
        assertThat(restored.ready()).isEmpty();
        assertThat(restored.finished(parent, 4)).isFalse();
        restored.snapshot(2);

        assertThat(restored.completed(2)).isEqualTo(Map.of(parent, 4));
        assertThat(ids(restored.ready())).containsExactlyElementsOf(children);
    }

    @Test
    void forgetsEndedShardsThatAreGoneAndNoOthers() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        List<String> children = stream.split(parent);
        tracker.found(stream.allShards(), false);
        tracker.finished(parent, 0);

        tracker.forgetUnlisted(Set.of(parent, neighbour, children.get(0), children.get(1)));
        assertThat(tracker.snapshot(1)).hasSize(4);
        tracker.forgetUnlisted(Set.of());

        assertThat(ids(tracker.snapshot(2)))
                .containsExactly(neighbour, children.get(0), children.get(1));
        assertThat(ready()).containsExactlyElementsOf(children);
        assertThat(tracker.finished(parent, 0)).isTrue();
    }

    @Test
    void doesNotTakeAForgottenShardForANewOne() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        stream.split(parent);
        tracker.found(stream.allShards(), false);
        tracker.finished(parent, 0);
        tracker.forgetUnlisted(Set.of());

        tracker.found(stream.allShards(), false);

        assertThat(ids(tracker.snapshot(1))).doesNotContain(parent);
    }

    @Test
    void findsAChildThatAListingDuringAReshardLeftOut() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        List<String> children = stream.split(parent);
        tracker.found(List.of(stream.shard(children.get(1))), false);

        tracker.found(stream.allShards(), false);
        tracker.finished(parent, 0);

        assertThat(ready()).containsExactlyInAnyOrderElementsOf(children);
        assertThat(tracker.ready()).extracting(TrackedShard::start).containsOnly(BEGINNING);
    }

    @Test
    void doesNotTakeShardsFromBeforeTheStartForMissedOnes() {
        List<String> children = stream.split(parent);
        tracker.begin(stream.allShards().subList(1, 4), START);

        tracker.found(stream.allShards(), false);

        assertThat(ready()).containsExactly(neighbour, children.get(0), children.get(1));
    }

    @Test
    void readsAnEndedShardNoSecondTimeWhenAListingLeftItOut() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        List<String> children = stream.split(parent);
        tracker.found(stream.allShards(), false);
        tracker.finished(parent, 0);
        String child = children.get(0);
        assign(child);
        stream.split(child);
        tracker.found(stream.allShards(), false);
        tracker.finished(child, 0);

        tracker.forgetUnlisted(Set.of(parent, neighbour, children.get(1)));
        tracker.found(stream.allShards(), false);

        assertThat(ready()).doesNotContain(child);
    }

    @Test
    void forgetsAShardOnceItsEndIsInACompletedCheckpointAndAllItsChildrenAreKnown() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        List<String> children = stream.split(parent);
        tracker.finished(parent, 0);
        complete(1);
        assertThat(ids(tracker.snapshot(2))).contains(parent);

        tracker.found(List.of(stream.shard(children.get(1))), false);
        complete(3);
        assertThat(ids(tracker.snapshot(4))).contains(parent);
        tracker.found(stream.allShards(), true);
        assertThat(ids(tracker.snapshot(5))).contains(parent);
        tracker.completed(5);

        assertThat(ids(tracker.snapshot(6)))
                .containsExactlyInAnyOrder(neighbour, children.get(0), children.get(1));
        assertThat(ready()).containsExactlyInAnyOrderElementsOf(children);
    }

    @Test
    void leavesAShardWhoseParentTheListingLeftOutForAListingOfAll() {
        tracker.begin(stream.allShards(), START);
        assign(parent, neighbour);
        List<String> children = stream.split(parent);
        String left = children.get(0);
        stream.split(left);
        List<Shard> all = stream.allShards();

        assertThat(tracker.found(all.stream().filter(s -> !s.id().equals(left)).toList(), false))
                .isFalse();
        tracker.finished(parent, 0);
        assertThat(ready()).containsExactly(children.get(1));
        assertThat(tracker.found(all, true)).isTrue();

        assertThat(ready()).containsExactlyInAnyOrderElementsOf(children);
        assertThat(tracker.waiting()).isEqualTo(4);
    }

    @Test
    void handsOutChildrenBesideTheirParentsWhereOrderDoesNotMatter() {
        ShardTracker unordered = new ShardTracker(ShardOrder.NONE);
        List<String> children = stream.split(parent);
        unordered.begin(stream.allShards(), START);
        assertThat(ids(unordered.ready()))
                .containsExactly(parent, neighbour, children.get(0), children.get(1));

        String grandchild = stream.merge(children.get(0), children.get(1));
        unordered.found(stream.allShards(), false);
        assertThat(ids(unordered.ready())).contains(grandchild);
    }

    @Test
    void keepsChildrenForTheFirstCheckpointWhereOrderIsStrict() {
        ShardTracker strict = new ShardTracker(ShardOrder.PARENTS_CHECKPOINTED);
        List<String> children = stream.split(parent);
        strict.begin(stream.allShards(), START);
        strict.assigned(parent);
        strict.assigned(neighbour);

        assertThat(strict.heldBack()).isZero();

        assertThat(strict.finished(parent, 0)).isFalse();
        assertThat(strict.ready()).isEmpty();
        assertThat(strict.heldBack()).isEqualTo(2);

        strict.snapshot(1);
        assertThat(strict.completed(1)).isEqualTo(Map.of(parent, 0));
        assertThat(ids(strict.ready())).containsExactlyElementsOf(children);
        assertThat(strict.heldBack()).isZero();
    }

    @Test
    void countsAChildAsHeldBackOnlyWhenBothOfItsParentsWereRead() {
        ShardTracker strict = new ShardTracker(ShardOrder.PARENTS_CHECKPOINTED);
        stream.merge(parent, neighbour);
        strict.begin(stream.allShards(), START);
        strict.assigned(parent);
        strict.assigned(neighbour);

        strict.finished(parent, 0);
        assertThat(strict.heldBack()).isZero();
        strict.finished(neighbour, 1);
        assertThat(strict.heldBack()).isOne();
    }

    @Test
    void remembersAShardWithoutKeysUntilItIsListedNoMore() {
        Shard old = keyless("shard-1");
        Shard child = keyless("shard-3", "shard-1");
        Shard late = keyless("shard-2", "shard-1");
        ShardTracker keyless = new ShardTracker(ShardOrder.PARENTS_FIRST, false);
        keyless.begin(List.of(old), BEGINNING);
        keyless.assigned("shard-1");
        keyless.found(List.of(old, child), false);
        keyless.finished("shard-1", 0);
        keyless.snapshot(1);
        keyless.completed(1);
        assertThat(ids(keyless.ready())).containsExactly("shard-3");

        // Its id is smaller than one that is known; only that its parent is known tells it is new.
        keyless.found(List.of(old, child, late), true);
        assertThat(ids(keyless.ready())).containsExactly("shard-3", "shard-2");

        keyless.forgetUnlisted(Set.of("shard-2", "shard-3"));
        assertThat(ids(keyless.snapshot(2))).containsExactly("shard-3", "shard-2");
    }

    @Test
    void readsAllShardsWithoutKeysFromTheTimeToBeginAt() {
        ShardTracker keyless = new ShardTracker(ShardOrder.NONE, false);

        keyless.begin(List.of(keyless("shard-1"), keyless("shard-2", "shard-1")), START);

        assertThat(keyless.ready()).extracting(TrackedShard::start).containsOnly(START);
    }

    private static Shard keyless(String id, String... parents) {
        return new Shard(id, List.of(parents), HashKeyRange.ALL, false);
    }

    private void complete(long checkpointId) {
        tracker.snapshot(checkpointId);
        tracker.completed(checkpointId);
    }

    private void assign(String... shardIds) {
        for (String shardId : shardIds) {
            tracker.assigned(shardId);
        }
    }

    private List<String> ready() {
        return ids(tracker.ready());
    }

    private StreamProgress progress(List<TrackedShard> shards) {
        StreamArn arn = stream.arn();
        return new StreamProgress(arn, START, tracker.newestShardId(), shards);
    }

    private static List<String> ids(List<TrackedShard> shards) {
        return shards.stream().map(shard -> shard.shard().id()).toList();
    }
}
