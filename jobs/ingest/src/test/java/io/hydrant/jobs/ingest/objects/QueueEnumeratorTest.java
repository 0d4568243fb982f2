package io.hydrant.jobs.ingest.objects;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QueueEnumeratorTest {

    private final FakeQueue queue = new FakeQueue();
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final SetClock clock = new SetClock();

    @Test
    void handsObjectsToWhoAsksAndDeletesTheirMessageWhenTheyAreFinished() {
        QueueEnumerator enumerator = start(QueueConfig.Rest.LEAVE);
        queue.messages.add(message("1", "a", "b"));
        enumerator.handleSplitRequest(0, null);
        coordinator.round();
        assertThat(coordinator.assignedKeys()).containsExactly("a");
        enumerator.handleSplitRequest(0, null);
        assertThat(coordinator.assignedKeys()).containsExactly("a", "b");

        enumerator.handleSourceEvent(0, read("a"));
        rounds(2);
        assertThat(queue.deleted).isEmpty();
        enumerator.handleSourceEvent(0, read("b"));
        rounds(2);

        assertThat(queue.deleted).containsExactly("handle 1");
        // Until then the reader has them in its state.
        assertThat(coordinator.events)
                .containsExactly(
                        new FinishNotedEvent(List.of(object("a").id())),
                        new FinishNotedEvent(List.of(object("b").id())));
    }

    @Test
    void deletesAMessageOfWhatWasReadAlreadyWithoutReadingItAgain() {
        QueueEnumerator enumerator = start(QueueConfig.Rest.LEAVE);
        queue.messages.add(message("1", "a"));
        enumerator.handleSplitRequest(0, null);
        enumerator.handleSplitRequest(0, null);
        coordinator.round();
        enumerator.handleSourceEvent(0, read("a"));

        queue.messages.add(message("2", "a"));
        rounds(2);

        assertThat(coordinator.assignedKeys()).containsExactly("a");
        assertThat(queue.deleted).containsExactlyInAnyOrder("handle 1", "handle 2");
    }

    @Test
    void leavesOrDeletesBadMessages() {
        start(QueueConfig.Rest.LEAVE);
        queue.messages.add(new QueueMessage("1", "bad", "hello"));
        rounds(2);
        assertThat(queue.deleted).isEmpty();

        start(QueueConfig.Rest.DELETE);
        queue.messages.add(new QueueMessage("1", "bad", "hello"));
        rounds(2);
        assertThat(queue.deleted).containsExactly("bad");
    }

    @Test
    void leavesOrDeletesMessagesOfObjectsThatCannotBeRead() {
        for (QueueConfig.Rest rest : QueueConfig.Rest.values()) {
            QueueEnumerator enumerator = start(rest);
            queue.messages.add(message(rest.name(), "a"));
            rounds(1);
            enumerator.handleSourceEvent(
                    0, new ObjectsFinishedEvent(List.of(), List.of(object("a").id())));
            rounds(2);
        }

        assertThat(queue.deleted).containsExactly("handle DELETE");
    }

    @Test
    void hidesMessagesAnewLongBeforeTheyShow() {
        start(QueueConfig.Rest.LEAVE);
        queue.messages.add(message("1", "a"));
        rounds(2);
        assertThat(queue.hidden).isEmpty();

        clock.forward(Duration.ofSeconds(101));
        rounds(2);

        assertThat(queue.hidden).containsExactly("handle 1");
    }

    @Test
    void receivesNoMoreThanReadersCanSoonRead() {
        start(QueueConfig.Rest.LEAVE);
        queue.messages.add(
                message("1", IntStream.range(0, 20).mapToObj(i -> "k" + i).toArray(String[]::new)));
        rounds(1);
        int received = queue.received;

        rounds(3);

        assertThat(queue.received).isEqualTo(received);
    }

    @Test
    void aCallThatFailsIsMadeAgainAfterAPauseAndNothingIsForgotten() {
        QueueEnumerator enumerator = start(QueueConfig.Rest.LEAVE);
        queue.messages.add(message("1", "a"));
        rounds(1);
        enumerator.handleSourceEvent(0, read("a"));
        // The round that was laid down before the event has nothing to delete.
        rounds(1);
        queue.failure = new IOException("down");
        rounds(3);
        assertThat(queue.deleted).isEmpty();

        clock.forward(Duration.ofSeconds(1));
        rounds(1);

        assertThat(queue.deleted).containsExactly("handle 1");
    }

    @Test
    void aCallThatIsRefusedFailsTheJob() {
        start(QueueConfig.Rest.LEAVE);
        queue.refusal = new IllegalStateException("no such queue");

        assertThatThrownBy(() -> rounds(1))
                .hasMessageContaining("The queue arrivals cannot be read: no such queue");
    }

    @Test
    void aRestoredEnumeratorGoesOnWithWhatNoReaderHad() throws IOException {
        QueueEnumerator first = start(QueueConfig.Rest.LEAVE);
        queue.messages.add(message("1", "a", "b"));
        first.handleSplitRequest(0, null);
        rounds(1);
        QueueStateSerializer serializer = new QueueStateSerializer();
        QueueState state =
                serializer.deserialize(
                        QueueStateSerializer.VERSION, serializer.serialize(first.snapshotState(1)));
        coordinator.assigned.clear();

        QueueEnumerator restored =
                new QueueEnumerator(
                        coordinator, config(QueueConfig.Rest.LEAVE), state, queue, clock);
        restored.start();
        restored.handleSplitRequest(0, null);
        restored.handleSplitRequest(0, null);
        queue.messages.add(message("1", "a", "b"));
        rounds(1);
        assertThat(coordinator.assignedKeys()).containsExactly("b");
        restored.handleSourceEvent(0, read("a"));
        restored.handleSourceEvent(0, read("b"));
        rounds(2);

        assertThat(queue.deleted).containsExactly("handle 1");
    }

    @Test
    void whatAFailedReaderHadGoesToTheNextWhoAsks() {
        QueueEnumerator enumerator = start(QueueConfig.Rest.LEAVE);
        ObjectSplit split = new ObjectSplit(object("a"), 7, ObjectSplit.Outcome.OPEN);

        enumerator.handleSplitRequest(0, null);
        enumerator.addSplitsBack(List.of(split), 0);
        assertThat(coordinator.assigned).isEmpty();
        enumerator.handleSplitRequest(0, null);

        assertThat(coordinator.assigned).containsExactly(split);
    }

    private QueueEnumerator start(QueueConfig.Rest rest) {
        QueueEnumerator enumerator =
                new QueueEnumerator(coordinator, config(rest), null, queue, clock);
        enumerator.start();
        return enumerator;
    }

    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            coordinator.round();
        }
    }

    private static ObjectsFinishedEvent read(String key) {
        return new ObjectsFinishedEvent(List.of(object(key).id()), List.of());
    }

    private static QueueMessage message(String id, String... keys) {
        StringBuilder events = new StringBuilder();
        for (String key : keys) {
            events.append(events.isEmpty() ? "" : ",")
                    .append(
                            "{\"eventSource\": \"aws:s3\", \"eventName\": \"ObjectCreated:Put\","
                                    + " \"s3\": {\"bucket\": {\"name\": \"bucket\"}, \"object\": {\"key\": \""
                                    + key
                                    + "\"}}}");
        }
        return new QueueMessage(id, "handle " + id, "{\"Records\": [" + events + "]}");
    }

    private static ArrivedObject object(String key) {
        return new ArrivedObject("bucket", key, "", "", "");
    }

    private static QueueConfig config(QueueConfig.Rest rest) {
        return new QueueConfig(
                "arrivals",
                QueueConfig.Records.LINES,
                0,
                100,
                Duration.ofMinutes(5),
                10,
                rest,
                rest);
    }

    /** A clock that a test sets. */
    private static final class SetClock extends Clock {

        private Instant now = Instant.ofEpochSecond(1_000_000);

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("Only the instant is asked for");
        }
    }
}
