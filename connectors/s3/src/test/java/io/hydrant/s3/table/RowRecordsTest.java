package io.hydrant.s3.table;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordSerializer;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The identities that rows get, over failures and other numbers of tasks. */
class RowRecordsTest {

    private static final int MOST_TASKS = 8;

    @Test
    void numbersTheRowsOfATaskOnWhereItsCheckpointEnded() throws Exception {
        OperatorSubtaskState checkpoint;
        Envelope last;
        try (var task = task(1, 0, null)) {
            write(task, 3);
            last = records(task).get(2);
            checkpoint = task.snapshot(1, 1);
            // Lost with the failure, and written again.
            write(task, 2);
        }
        try (var task = task(1, 0, checkpoint)) {
            write(task, 2);

            assertThat(records(task))
                    .extracting(Envelope::shard)
                    .containsExactly(last.shard(), last.shard());
            assertThat(records(task)).extracting(Envelope::subSequence).containsExactly(4L, 5L);
        }
    }

    @Test
    void givesNoNumberTwiceWithMoreOrFewerTasks() throws Exception {
        OperatorSubtaskState first;
        OperatorSubtaskState second;
        try (var a = task(2, 0, null);
                var b = task(2, 1, null)) {
            write(a, 3);
            write(b, 5);
            assertThat(records(a).get(0).shard()).isNotEqualTo(records(b).get(0).shard());
            first = a.snapshot(1, 1);
            second = b.snapshot(1, 1);
        }
        OperatorSubtaskState both = AbstractStreamOperatorTestHarness.repackageState(first, second);
        try (var only = task(1, 0, repartitioned(both, 2, 1, 0))) {
            write(only, 1);
            assertThat(records(only).get(0).subSequence())
                    .as("goes on with one of two")
                    .isIn(4L, 6L);
        }
        try (var a = task(3, 0, repartitioned(both, 2, 3, 0));
                var b = task(3, 1, repartitioned(both, 2, 3, 1));
                var c = task(3, 2, repartitioned(both, 2, 3, 2))) {
            write(a, 1);
            write(b, 1);
            write(c, 1);
            List<Envelope> all = List.of(records(a).get(0), records(b).get(0), records(c).get(0));
            assertThat(all).extracting(Envelope::shard).doesNotHaveDuplicates();
            assertThat(all).extracting(Envelope::subSequence).containsExactlyInAnyOrder(4L, 6L, 1L);
        }
    }

    @Test
    void takesTheArrivalFromTheRowOrFromTheClock() throws Exception {
        try (var task = task(1, 0, null)) {
            task.setProcessingTime(1_000);
            task.processElement(GenericRowData.of(7L, TimestampData.fromEpochMillis(5)), 0);
            task.processElement(GenericRowData.of(8L, null), 0);

            assertThat(records(task))
                    .extracting(Envelope::arrivalMillis)
                    .containsExactly(5L, 1_000L);
            assertThat(records(task))
                    .extracting(record -> new String(record.payloadCopy(), StandardCharsets.UTF_8))
                    .containsExactly("7", "8");
        }
    }

    private static void write(
            OneInputStreamOperatorTestHarness<RowData, DeliveryRecord> task, int rows)
            throws Exception {
        for (int i = 0; i < rows; i++) {
            task.processElement(GenericRowData.of((long) i, null), 0);
        }
    }

    private static List<Envelope> records(
            OneInputStreamOperatorTestHarness<RowData, DeliveryRecord> task) {
        return task.extractOutputValues().stream().map(DeliveryRecord::envelope).toList();
    }

    private static OperatorSubtaskState repartitioned(
            OperatorSubtaskState state, int before, int tasks, int task) {
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MOST_TASKS, before, tasks, task);
    }

    private static OneInputStreamOperatorTestHarness<RowData, DeliveryRecord> task(
            int tasks, int index, OperatorSubtaskState state) throws Exception {
        RowRecords records =
                new RowRecords(
                        "orders",
                        row -> String.valueOf(row.getLong(0)).getBytes(StandardCharsets.UTF_8),
                        new int[] {0},
                        null,
                        1);
        var task =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(records), MOST_TASKS, tasks, index);
        task.setup(DeliveryRecordSerializer.INSTANCE);
        if (state != null) {
            task.initializeState(state);
        }
        task.open();
        return task;
    }
}
