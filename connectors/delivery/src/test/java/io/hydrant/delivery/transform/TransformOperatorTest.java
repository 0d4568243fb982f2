package io.hydrant.delivery.transform;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.EnvelopeSerializer;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.Part;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;
import io.hydrant.delivery.processing.ProcessingConfig;
import io.hydrant.delivery.processing.SubRecordType;
import io.hydrant.delivery.processing.TransformResult;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class TransformOperatorTest {

    /** Batches of two records of three bytes, two batches at once. */
    private static final BatchLimits LIMITS =
            new BatchLimits(6, 1_000, Duration.ofSeconds(60), 2, Duration.ZERO);

    private static final ProcessingConfig JSON =
            new ProcessingConfig(false, 1, false, false, SubRecordType.JSON, null, null, null);

    private OneInputStreamOperatorTestHarness<Envelope, DeliveryRecord> task;
    private int sent;

    @AfterEach
    void closeTask() throws Exception {
        if (task != null) {
            task.close();
        }
    }

    @Test
    void endsABatchByItsSizeOrByTheAgeOfItsFirstRecord() throws Exception {
        start(LIMITS, ProcessingConfig.NONE, null);
        send("r-1", "r-2", "r-3");

        ControlledBatches.Call bySize = ControlledBatches.next();
        task.setProcessingTime(59_999);
        assertThat(ControlledBatches.waiting()).isZero();
        task.setProcessingTime(60_000);
        ControlledBatches.Call byAge = ControlledBatches.next();

        assertThat(bySize.payloads()).containsExactly("r-1", "r-2");
        assertThat(byAge.payloads()).containsExactly("r-3");
    }

    @Test
    void cutsABatchBeforeItsRequestGetsTooLarge() throws Exception {
        start(
                new BatchLimits(1_000, 10, Duration.ofSeconds(60), 2, Duration.ZERO),
                ProcessingConfig.NONE,
                null);
        send("r-1", "r-2", "r-3", "a record that is too large by itself", "r-4", "r-5");

        // Two threads have them, and either may be the first.
        assertThat(
                        List.of(
                                ControlledBatches.next().payloads(),
                                ControlledBatches.next().payloads()))
                .containsExactlyInAnyOrder(List.of("r-1", "r-2"), List.of("r-3"));
    }

    @Test
    void handsResultsOnInTheOrderOfTheirRecords() throws Exception {
        start(LIMITS, ProcessingConfig.NONE, null);
        send("r-1", "r-2", "r-3", "r-4");
        ControlledBatches.Call one = ControlledBatches.next();
        ControlledBatches.Call other = ControlledBatches.next();
        boolean inOrder = one.payloads().contains("r-1");
        ControlledBatches.Call first = inOrder ? one : other;
        ControlledBatches.Call second = inOrder ? other : one;

        second.keepAll();
        runNextMail();
        assertThat(out()).isEmpty();
        first.keepAll();
        runNextMail();

        assertThat(payloads()).containsExactly("r-1", "r-2", "r-3", "r-4");
    }

    @Test
    void judgesEveryRecordOfABatchByItsOwnResult() throws Exception {
        start(
                new BatchLimits(9, 1_000, Duration.ofSeconds(60), 1, Duration.ZERO),
                ProcessingConfig.NONE,
                null);
        send("r-1", "r-2", "r-3");
        ControlledBatches.Call call = ControlledBatches.next();
        call.answer()
                .complete(
                        List.of(
                                TransformResult.kept(
                                        call.batch().get(0).withPayload("new".getBytes(UTF_8))),
                                TransformResult.DROPPED,
                                TransformResult.failed(
                                        new Failure(
                                                ErrorOutputType.PROCESSING_FAILED,
                                                "c",
                                                "m",
                                                4,
                                                5,
                                                Map.of("lambdaArn", "a")))));
        runNextMail();

        assertThat(payloads()).containsExactly("new", "r-2", "r-3");
        assertThat(out())
                .extracting(DeliveryRecord::disposition)
                .containsExactly(Disposition.DELIVER, Disposition.DROP, Disposition.DEAD_LETTER);
        assertThat(out().get(2).failure().details()).containsEntry("lambdaArn", "a");
    }

    @Test
    void whatIsUnderWayAtACheckpointIsTransformedAgainAfterARestoreAndNothingElse()
            throws Exception {
        start(LIMITS, ProcessingConfig.NONE, null);
        send("r-1", "r-2");
        ControlledBatches.next().keepAll();
        runNextMail();
        assertThat(payloads()).containsExactly("r-1", "r-2");
        send("r-3", "r-4", "r-5", "r-6", "r-7");
        OperatorSubtaskState state = task.snapshot(1, 1);

        restart(LIMITS, ProcessingConfig.NONE, state);
        List<String> again = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ControlledBatches.Call call = ControlledBatches.next();
            again.addAll(call.payloads());
            call.keepAll();
            runNextMail();
        }
        task.setProcessingTime(60_000);
        ControlledBatches.Call last = ControlledBatches.next();
        last.keepAll();
        runNextMail();

        assertThat(again).containsExactlyInAnyOrder("r-3", "r-4", "r-5", "r-6");
        assertThat(last.payloads()).containsExactly("r-7");
        assertThat(payloads()).containsExactly("r-3", "r-4", "r-5", "r-6", "r-7");
        OperatorSubtaskState later = task.snapshot(2, 2);
        restart(LIMITS, ProcessingConfig.NONE, later);
        task.setProcessingTime(120_000);
        assertThat(ControlledBatches.waiting()).isZero();
    }

    @Test
    void aResultThatWaitsForAnEarlierOneIsNotLostAtACheckpoint() throws Exception {
        start(LIMITS, ProcessingConfig.NONE, null);
        send("r-1", "r-2", "r-3", "r-4");
        ControlledBatches.Call one = ControlledBatches.next();
        ControlledBatches.Call other = ControlledBatches.next();
        (one.payloads().contains("r-3") ? one : other).keepAll();
        runNextMail();
        OperatorSubtaskState state = task.snapshot(1, 1);

        restart(LIMITS, ProcessingConfig.NONE, state);
        for (int i = 0; i < 2; i++) {
            ControlledBatches.next().keepAll();
            runNextMail();
        }

        assertThat(payloads()).containsExactly("r-1", "r-2", "r-3", "r-4");
    }

    @Test
    void partsOfARecordAreCountedOnAcrossARestore() throws Exception {
        start(LIMITS, JSON, null);
        send("[1][2][3]");
        ControlledBatches.next().keepAll();
        runNextMail();
        assertThat(out())
                .extracting(DeliveryRecord::part)
                .containsExactly(new Part(0, false), new Part(1, false));
        OperatorSubtaskState state = task.snapshot(1, 1);

        restart(LIMITS, JSON, state);
        task.setProcessingTime(60_000);
        ControlledBatches.next().keepAll();
        runNextMail();

        assertThat(payloads()).containsExactly("[3]");
        assertThat(out().get(0).part()).isEqualTo(new Part(2, true));
    }

    @Test
    void aJobThatGoesOnWithoutBatchesTransformsWhatWasUnderWay() throws Exception {
        start(LIMITS, JSON, null);
        send("[1][2][3]", "[4]");
        ControlledBatches.Call one = ControlledBatches.next();
        ControlledBatches.Call other = ControlledBatches.next();
        (one.payloads().contains("[1]") ? one : other).keepAll();
        runNextMail();
        OperatorSubtaskState state = task.snapshot(1, 1);
        task.close();

        task = harness(new TransformOperatorFactory(TransformConfig.NONE, JSON, null));
        task.initializeState(state);
        task.open();
        OperatorSubtaskState beforeAnyRecord = task.snapshot(2, 2);
        runNextMail();
        send("[5]");

        assertThat(payloads()).containsExactly("[3]", "[4]", "[5]");
        assertThat(out())
                .extracting(DeliveryRecord::part)
                .containsExactly(new Part(2, true), Part.WHOLE, Part.WHOLE);
        restart(LIMITS, JSON, beforeAnyRecord);
        assertThat(ControlledBatches.next().payloads()).containsExactly("[3]", "[4]");
    }

    @Test
    void goesOnFromTheStateOfAJobThatHadNone() throws Exception {
        task = harness(new TransformOperatorFactory(TransformConfig.NONE, JSON, null));
        task.open();
        send("[1]");
        OperatorSubtaskState state = task.snapshot(1, 1);
        assertThat(payloads()).containsExactly("[1]");

        restart(LIMITS, JSON, state);
        send("[2]", "[3]");

        assertThat(ControlledBatches.next().payloads()).containsExactly("[2]", "[3]");
    }

    @Test
    void takesFurtherRecordsWhileAllBatchesAreUnderWaySoThatACheckpointNeedNotWait()
            throws Exception {
        start(LIMITS, ProcessingConfig.NONE, null);
        send("r-1", "r-2", "r-3", "r-4", "r-5", "r-6", "r-7", "r-8", "r-9");
        OperatorSubtaskState state = task.snapshot(1, 1);

        assertThat(out()).isEmpty();
        restart(LIMITS, ProcessingConfig.NONE, state);
        List<String> again = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ControlledBatches.Call call = ControlledBatches.next();
            again.addAll(call.payloads());
            call.keepAll();
            runNextMail();
        }
        assertThat(again).hasSize(8);
        assertThat(payloads())
                .containsExactly("r-1", "r-2", "r-3", "r-4", "r-5", "r-6", "r-7", "r-8");
    }

    @Test
    void holdsARecordBackWhenTooMuchWaits() throws Exception {
        byte[] large = new byte[1 << 20];
        start(
                new BatchLimits(1 << 20, 2 << 20, Duration.ofSeconds(60), 1, Duration.ZERO),
                ProcessingConfig.NONE,
                null);
        Thread answering =
                new Thread(
                        () -> {
                            try {
                                ControlledBatches.next().keepAll();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        long toLimit = TransformOperator.MAX_WAITING_BYTES / large.length;
        for (int i = 0; i < toLimit; i++) {
            task.processElement(record(large, i), 0);
        }
        assertThat(out()).isEmpty();

        answering.start();
        task.processElement(record(large, 99), 0);

        assertThat(out()).hasSize(1);
        answering.join();
    }

    @Test
    void failsTheJobWhereTheTransformSaysSo() throws Exception {
        start(LIMITS, ProcessingConfig.NONE, null);
        send("r-1", "r-2");

        ControlledBatches.next().answer().completeExceptionally(new IOException("no permission"));

        assertThatThrownBy(this::runNextMail)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no permission");
    }

    @Test
    void transformsAllThatIsLeftWhenTheInputEnds() throws Exception {
        start(LIMITS, ProcessingConfig.NONE, null);
        send("r-1", "r-2", "r-3");
        Thread answering =
                new Thread(
                        () -> {
                            try {
                                ControlledBatches.next().keepAll();
                                ControlledBatches.next().keepAll();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        answering.start();

        task.endInput();

        assertThat(payloads()).containsExactly("r-1", "r-2", "r-3");
        answering.join();
    }

    private void start(BatchLimits limits, ProcessingConfig processing, OperatorSubtaskState state)
            throws Exception {
        task =
                harness(
                        new TransformOperatorFactory(
                                TransformConfig.NONE, processing, new ControlledBatches(limits)));
        if (state != null) {
            task.initializeState(state);
        }
        task.open();
    }

    private void restart(
            BatchLimits limits, ProcessingConfig processing, OperatorSubtaskState state)
            throws Exception {
        task.close();
        start(limits, processing, state);
    }

    private static OneInputStreamOperatorTestHarness<Envelope, DeliveryRecord> harness(
            TransformOperatorFactory factory) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(factory, EnvelopeSerializer.INSTANCE);
    }

    private void send(String... payloads) throws Exception {
        for (String payload : payloads) {
            task.processElement(record(payload.getBytes(UTF_8), sent++), 0);
        }
    }

    private static Envelope record(byte[] payload, int number) {
        return new Envelope("s", "shard-0", "" + number, 0, "k", 7, payload, 0, payload.length);
    }

    private void runNextMail() throws Exception {
        task.getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
    }

    private List<DeliveryRecord> out() {
        return new ArrayList<>(task.extractOutputValues());
    }

    private List<String> payloads() {
        return out().stream()
                .map(record -> new String(record.envelope().payloadCopy(), UTF_8))
                .toList();
    }
}
