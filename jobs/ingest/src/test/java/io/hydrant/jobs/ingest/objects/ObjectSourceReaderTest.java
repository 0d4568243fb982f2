package io.hydrant.jobs.ingest.objects;

import io.hydrant.jobs.ingest.tail.LogRecord;
import io.hydrant.localstack.harness.Conditions;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The reader with objects in memory; what it reads and tells, the enumerator judges. */
@Timeout(120)
class ObjectSourceReaderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ArrivedObject A = object("a");
    private static final ArrivedObject B = object("b");

    private static final Map<String, String> CONTENTS = new ConcurrentHashMap<>();

    private final Enumerator enumerator = new Enumerator();
    private final Output output = new Output();
    private ObjectSourceReader reader = reader();

    @AfterEach
    void close() throws Exception {
        reader.close();
        CONTENTS.clear();
    }

    @Test
    void readsAnObjectInItsOrderAndAsksForAnother() throws Exception {
        CONTENTS.put("a", "one\ntwo\nthree");
        reader.start();
        int asked = enumerator.requests;

        reader.addSplits(List.of(ObjectSplit.unread(A)));
        pollUntil("the object to be read", () -> enumerator.requests == asked + 1);

        assertThat(asked).as("some objects wait while one is read").isGreaterThan(1);
        assertThat(output.shown())
                .containsExactly(A.id() + " 0 one\n", A.id() + " 1 two\n", A.id() + " 2 three");
    }

    @Test
    void aCheckpointHasHowManyRecordsWentOnAndARestoreGoesOnBehindThem() throws Exception {
        CONTENTS.put("a", "one\ntwo\nthree\n");
        reader.start();
        reader.addSplits(List.of(ObjectSplit.unread(A)));
        pollUntil("two records", () -> output.records.size() == 2);

        List<ObjectSplit> state = reader.snapshotState(1);
        reader.close();
        reader = reader();
        reader.start();
        reader.addSplits(state);
        pollUntil("the last one", () -> output.records.size() == 3);

        assertThat(state).containsExactly(new ObjectSplit(A, 2, ObjectSplit.Outcome.OPEN));
        assertThat(output.shown()).last().isEqualTo(A.id() + " 2 three\n");
    }

    @Test
    void tellsOfAFinishedObjectWhenACompletedCheckpointHasItAndForgetsItWhenThatIsNoted()
            throws Exception {
        readWhole(A);

        ObjectSplit finished = new ObjectSplit(A, 1, ObjectSplit.Outcome.READ);
        assertThat(reader.snapshotState(1)).containsExactly(finished);
        assertThat(enumerator.events).as("nobody knows whether it will complete").isEmpty();
        reader.notifyCheckpointComplete(1);
        assertThat(enumerator.events)
                .containsExactly(new ObjectsFinishedEvent(List.of(A.id()), List.of()));

        assertThat(reader.snapshotState(2)).as("not noted yet").containsExactly(finished);
        reader.handleSourceEvents(new FinishNotedEvent(List.of(A.id())));
        assertThat(reader.snapshotState(3)).isEmpty();
        reader.notifyCheckpointComplete(3);
        assertThat(enumerator.events).hasSize(1);
    }

    @Test
    void aCheckpointThatCompletesSpeaksForThoseBeforeItAndForNothingBehindIt() throws Exception {
        readWhole(A);
        reader.snapshotState(1);
        reader.snapshotState(2);
        readWhole(B);
        reader.snapshotState(3);

        reader.notifyCheckpointComplete(2);

        assertThat(enumerator.events)
                .containsExactly(new ObjectsFinishedEvent(List.of(A.id()), List.of()));
    }

    @Test
    void whatWasFinishedBeforeAFailureIsToldAfterItAndNotReadAgain() throws Exception {
        reader.start();
        int asked = enumerator.requests;
        CONTENTS.put("b", "one\n");
        reader.addSplits(
                List.of(new ObjectSplit(A, 7, ObjectSplit.Outcome.READ), ObjectSplit.unread(B)));
        pollUntil("the other object", () -> enumerator.requests == asked + 1);

        assertThat(output.shown()).containsExactly(B.id() + " 0 one\n");
        reader.snapshotState(1);
        reader.notifyCheckpointComplete(1);
        assertThat(enumerator.events)
                .containsExactly(new ObjectsFinishedEvent(List.of(A.id(), B.id()), List.of()));
    }

    @Test
    void anObjectThatIsGoneIsToldAsSuchAndHoldsNothingUp() throws Exception {
        CONTENTS.put("b", "one\n");
        reader.start();
        int asked = enumerator.requests;
        reader.addSplits(List.of(ObjectSplit.unread(A), ObjectSplit.unread(B)));
        pollUntil("both to be done with", () -> enumerator.requests == asked + 2);

        reader.snapshotState(1);
        reader.notifyCheckpointComplete(1);

        assertThat(output.shown()).containsExactly(B.id() + " 0 one\n");
        assertThat(enumerator.events)
                .containsExactly(new ObjectsFinishedEvent(List.of(B.id()), List.of(A.id())));
    }

    @Test
    void aStoreThatFailsFailsTheReader() {
        CONTENTS.put("a", "broken");
        reader.start();
        reader.addSplits(List.of(ObjectSplit.unread(A)));

        assertThatThrownBy(this::pollForEver).hasStackTraceContaining("the store is down");
    }

    @Test
    void anEventThatIsNotForItIsRefused() {
        assertThatThrownBy(
                        () ->
                                reader.handleSourceEvents(
                                        new ObjectsFinishedEvent(List.of(), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ObjectsFinishedEvent");
    }

    private void readWhole(ArrivedObject object) throws Exception {
        CONTENTS.put(object.key(), "one\n");
        int asked = enumerator.requests;
        reader.addSplits(List.of(ObjectSplit.unread(object)));
        pollUntil("the object to be read", () -> enumerator.requests == asked + 1);
    }

    /** Polls in the test's own thread, as a task does. */
    private void pollUntil(String what, BooleanSupplier condition) {
        Conditions.until(
                PATIENCE,
                what,
                () -> {
                    reader.pollNext(output);
                    return condition.getAsBoolean();
                });
    }

    /** Until it fails, which a wait for a condition takes for one that may pass. */
    private void pollForEver() throws Exception {
        while (!Thread.interrupted()) {
            reader.pollNext(output);
            Thread.onSpinWait();
        }
    }

    private ObjectSourceReader reader() {
        return ObjectSourceReader.create(
                new QueueConfig(
                        "queue",
                        QueueConfig.Records.LINES,
                        0,
                        1024,
                        Duration.ofMinutes(5),
                        10,
                        QueueConfig.Rest.LEAVE,
                        QueueConfig.Rest.LEAVE),
                Store::new,
                enumerator);
    }

    private static ArrivedObject object(String key) {
        return new ArrivedObject("bucket", key, "", "", "");
    }

    /** Has the objects that the test says; one without content is gone. */
    private static final class Store implements ObjectOpener {

        @Override
        public InputStream open(ArrivedObject object) throws IOException {
            String content = CONTENTS.get(object.key());
            if (content == null) {
                throw new UnreadableObjectException("it is not there any more", null);
            }
            if (content.equals("broken")) {
                throw new IOException("the store is down");
            }
            return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }

    /** Remembers what a reader tells the enumerator. */
    private static final class Enumerator implements SourceReaderContext {

        private final List<SourceEvent> events = new ArrayList<>();
        private int requests;

        @Override
        public SourceReaderMetricGroup metricGroup() {
            return UnregisteredMetricsGroup.createSourceReaderMetricGroup();
        }

        @Override
        public Configuration getConfiguration() {
            return new Configuration();
        }

        @Override
        public String getLocalHostName() {
            return "localhost";
        }

        @Override
        public int getIndexOfSubtask() {
            return 0;
        }

        @Override
        public void sendSplitRequest() {
            requests++;
        }

        @Override
        public void sendSourceEventToCoordinator(SourceEvent event) {
            events.add(event);
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
        }
    }

    /** Keeps what a reader emits. */
    private static final class Output implements ReaderOutput<LogRecord> {

        private final List<LogRecord> records = new ArrayList<>();

        private List<String> shown() {
            return records.stream()
                    .map(
                            record ->
                                    record.producer()
                                            + ' '
                                            + record.number()
                                            + ' '
                                            + new String(record.data(), StandardCharsets.UTF_8))
                    .toList();
        }

        @Override
        public void collect(LogRecord record) {
            records.add(record);
        }

        @Override
        public void collect(LogRecord record, long timestamp) {
            records.add(record);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            throw new UnsupportedOperationException("The source makes no watermarks of its own");
        }

        @Override
        public void markIdle() {
            // Nothing waits for this output.
        }

        @Override
        public void markActive() {
            // Nothing waits for this output.
        }

        @Override
        public SourceOutput<LogRecord> createOutputForSplit(String splitId) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String splitId) {
            // One output serves all splits.
        }
    }
}
