package io.hydrant.kinesis.source.enumerator;

import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.source.ShardOrder;
import io.hydrant.kinesis.stream.Position;
import io.hydrant.kinesis.stream.Shard;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Drives a tracker and readers through reshards, checkpoints and failures in any order, with the
 * message order that Flink promises: what is sent to a reader after a checkpoint began reaches it
 * behind its part of that checkpoint.
 */
class ShardTrackerModelTest {

    private static final int READERS = 3;

    @Property(tries = 400)
    void losesAndDoublesNoShardWhateverHappensWhen(@ForAll long seed) {
        Model model = new Model(new Random(seed));
        for (int step = 0; step < 150; step++) {
            model.step();
        }
        model.drain();
    }

    private static final class Model {

        private final Random random;
        private final FakeStream stream = FakeStream.create(3);
        private ShardTracker tracker;
        private List<Reader> readers;
        private Checkpoint completed;
        private Checkpoint pending;
        private long checkpointId;
        private boolean everBegun;
        private final Set<String> endedBeforeAll = new HashSet<>();
        private final Set<String> everEnded = new HashSet<>();
        private final Set<String> durablyEnded = new HashSet<>();

        Model(Random random) {
            this.random = random;
            recoverAll();
        }

        void step() {
            switch (random.nextInt(12)) {
                case 0 -> reshard();
                case 1, 2 -> list();
                case 3, 4 -> beginCheckpoint();
                case 5, 6, 7 -> barrier(random.nextInt(READERS));
                case 8, 9 -> finishOne(readers.get(random.nextInt(READERS)));
                case 10 -> {
                    if (random.nextInt(3) == 0) {
                        recoverOne(random.nextInt(READERS));
                    }
                }
                default -> {
                    if (random.nextInt(8) == 0) {
                        recoverAll();
                    }
                }
            }
            assign();
            noShardIsInTwoPlaces();
        }

        /** Everything ends: each shard that ever was has been read, and nobody has it any more. */
        void drain() {
            for (String id : stream.shardIds()) {
                if (!stream.shard(id).closed()) {
                    stream.split(id);
                }
            }
            int shards = stream.shardIds().size();
            for (int round = 0; round < 4 * shards; round++) {
                tracker.found(stream.allShards(), true);
                assign();
                beginCheckpoint();
                for (int reader = 0; reader < READERS; reader++) {
                    barrier(reader);
                    finishOne(readers.get(reader));
                }
            }
            List<TrackedShard> end = tracker.snapshot(++checkpointId);
            List<String> open =
                    stream.allShards().stream().filter(s -> !s.closed()).map(Shard::id).toList();
            assertThat(end)
                    .as("ended shards are forgotten")
                    .extracting(tracked -> tracked.shard().id())
                    .containsExactlyInAnyOrderElementsOf(open);
            assertThat(everEnded).as("no shard was lost").hasSize(shards - open.size());
        }

        /** A listing during a reshard may leave out a shard. */
        private void list() {
            List<Shard> all = stream.allShards();
            if (random.nextInt(4) > 0) {
                tracker.found(all, true);
                return;
            }
            List<Shard> most = new ArrayList<>(all);
            most.remove(random.nextInt(most.size()));
            tracker.found(most, false);
        }

        private void reshard() {
            List<Shard> open = stream.allShards().stream().filter(s -> !s.closed()).toList();
            if (open.size() < 8) {
                stream.split(open.get(random.nextInt(open.size())).id());
            } else {
                Shard lower = open.get(random.nextInt(open.size()));
                open.stream()
                        .filter(s -> s.parents().equals(lower.parents()) && !s.equals(lower))
                        .filter(s -> lower.hashKeys().last().compareTo(s.hashKeys().first()) < 0)
                        .findFirst()
                        .ifPresent(upper -> stream.merge(lower.id(), upper.id()));
            }
        }

        private void assign() {
            for (TrackedShard ready : tracker.ready()) {
                parentsAreDurable(ready.shard());
                int reader = random.nextInt(READERS);
                String id = ready.shard().id();
                assertThat(durablyEnded).as("shards never to be read again").doesNotContain(id);
                tracker.assigned(id);
                readers.get(reader).assignedSince.add(new Assignment(id, checkpointId));
                send(reader, r -> r.reading.add(id));
            }
        }

        /** Ends from before the first checkpoint began need none. */
        private void parentsAreDurable(Shard child) {
            for (String parent : child.parents()) {
                if (!endedBeforeAll.contains(parent)) {
                    assertThat(completed.statusOf(parent)).isEqualTo(ShardStatus.FINISHED);
                    assertThat(completed.readers.values())
                            .noneMatch(reader -> reader.reading.contains(parent));
                    assertThat(readers).noneMatch(reader -> reader.reading.contains(parent));
                }
            }
        }

        private void finishOne(Reader reader) {
            List<String> closed =
                    reader.reading.stream()
                            .filter(id -> stream.shard(id).closed())
                            .sorted()
                            .toList();
            if (closed.isEmpty()) {
                return;
            }
            String id = closed.get(random.nextInt(closed.size()));
            reader.reading.remove(id);
            reader.ended.add(id);
            everEnded.add(id);
            report(reader, id);
        }

        private void report(Reader reader, String id) {
            if (!everBegun) {
                endedBeforeAll.add(id);
            }
            if (tracker.finished(id, reader.subtask)) {
                send(reader.subtask, r -> r.ended.remove(id));
            }
        }

        private void beginCheckpoint() {
            if (pending == null) {
                everBegun = true;
                pending = new Checkpoint(++checkpointId, tracker.snapshot(checkpointId));
            }
        }

        private void barrier(int subtask) {
            if (pending == null || pending.readers.containsKey(subtask)) {
                return;
            }
            Reader reader = readers.get(subtask);
            pending.readers.put(subtask, reader.copy());
            reader.deliver();
            if (pending.readers.size() == READERS) {
                completed = pending;
                pending = null;
                completed.shards.stream()
                        .filter(tracked -> tracked.status() == ShardStatus.FINISHED)
                        .forEach(tracked -> durablyEnded.add(tracked.shard().id()));
                for (Reader other : readers) {
                    other.assignedSince.removeIf(a -> a.newestCheckpoint() < completed.id);
                }
                tracker.completed(completed.id)
                        .forEach((id, owner) -> send(owner, r -> r.ended.remove(id)));
            }
        }

        private void recoverOne(int subtask) {
            abort();
            List<Assignment> back = readers.get(subtask).assignedSince;
            tracker.subtaskReset(subtask);
            back.forEach(assignment -> tracker.returned(assignment.shardId()));
            Reader restored =
                    completed == null ? new Reader(subtask) : completed.readers.get(subtask).copy();
            readers.set(subtask, restored);
            List.copyOf(restored.ended).forEach(id -> report(restored, id));
        }

        private void recoverAll() {
            pending = null;
            readers = new ArrayList<>();
            if (completed == null) {
                tracker = new ShardTracker(ShardOrder.PARENTS_FIRST);
                tracker.begin(stream.allShards(), new Position.TrimHorizon());
                everBegun = false;
                endedBeforeAll.clear();
            } else {
                tracker =
                        new ShardTracker(
                                new StreamProgress(
                                        stream.arn(),
                                        new Position.TrimHorizon(),
                                        completed.newestShardId(),
                                        completed.shards),
                                ShardOrder.PARENTS_FIRST);
            }
            for (int subtask = 0; subtask < READERS; subtask++) {
                readers.add(
                        completed == null
                                ? new Reader(subtask)
                                : completed.readers.get(subtask).copy());
            }
            for (Reader reader : readers) {
                List.copyOf(reader.ended).forEach(id -> report(reader, id));
            }
        }

        private void abort() {
            pending = null;
            readers.forEach(Reader::deliver);
        }

        private void send(int subtask, Message message) {
            Reader reader = readers.get(subtask);
            reader.inbox.add(message);
            if (pending == null || pending.readers.containsKey(subtask)) {
                reader.deliver();
            }
        }

        private void noShardIsInTwoPlaces() {
            Map<String, Integer> places = new HashMap<>();
            for (Reader reader : readers) {
                reader.reading.forEach(id -> places.merge(id, 1, Integer::sum));
                reader.ended.forEach(id -> places.merge(id, 1, Integer::sum));
            }
            assertThat(places.values()).allMatch(count -> count == 1);
        }
    }

    @FunctionalInterface
    private interface Message {
        void deliverTo(Reader reader);
    }

    private record Assignment(String shardId, long newestCheckpoint) {}

    private static final class Reader {

        private final int subtask;
        private final Set<String> reading = new HashSet<>();
        private final Set<String> ended = new HashSet<>();
        private final Deque<Message> inbox = new ArrayDeque<>();
        private final List<Assignment> assignedSince = new ArrayList<>();

        Reader(int subtask) {
            this.subtask = subtask;
        }

        void deliver() {
            while (!inbox.isEmpty()) {
                inbox.poll().deliverTo(this);
            }
        }

        /** What its part of a checkpoint holds. */
        Reader copy() {
            Reader copy = new Reader(subtask);
            copy.reading.addAll(reading);
            copy.ended.addAll(ended);
            return copy;
        }
    }

    private static final class Checkpoint {

        private final long id;
        private final List<TrackedShard> shards;
        private final Map<Integer, Reader> readers = new HashMap<>();

        Checkpoint(long id, List<TrackedShard> shards) {
            this.id = id;
            this.shards = shards;
        }

        String newestShardId() {
            return shards.stream()
                    .map(tracked -> tracked.shard().id())
                    .max(ShardTracker.byAge())
                    .orElseThrow();
        }

        /** Shards that it does not hold were forgotten, which only ended ones are. */
        ShardStatus statusOf(String shardId) {
            return shards.stream()
                    .filter(tracked -> tracked.shard().id().equals(shardId))
                    .map(TrackedShard::status)
                    .findFirst()
                    .orElse(ShardStatus.FINISHED);
        }
    }
}
