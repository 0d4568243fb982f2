package io.hydrant.jobs.ingest.restream;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.core.record.ReadingBegin;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class CountRecordsTest {

    private static final String STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";

    private KeyedOneInputStreamOperatorTestHarness<String, Envelope, NumberedRecord> task;

    @BeforeEach
    void start() throws Exception {
        task = harness("job");
        task.open();
    }

    @AfterEach
    void stop() throws Exception {
        task.close();
    }

    @Test
    void countsEachShardUnderANameOfItsOwn() throws Exception {
        List<NumberedRecord> out =
                process(record("a", 1), record("b", 1), record("a", 2), record("a", 3));

        assertThat(out).extracting(NumberedRecord::number).containsExactly(0L, 0L, 1L, 2L);
        assertThat(out.get(0).producer())
                .matches("[A-Za-z0-9_-]{22}")
                .isEqualTo(out.get(2).producer())
                .isNotEqualTo(out.get(1).producer());
    }

    @Test
    void whatIsReadAgainAfterARestoreHasItsNumberAgain() throws Exception {
        process(record("a", 1));
        OperatorSubtaskState checkpoint = task.snapshot(1, 0);
        List<NumberedRecord> first = process(record("a", 2), record("a", 3));

        // Submitted anew, so under another name of the job; what counts is that of the state.
        restart("another job", checkpoint);

        assertThat(process(record("a", 2), record("a", 3))).isEqualTo(first);
    }

    @Test
    void aJobThatBeginsAnewWithOtherRecordsSharesNoStampWithTheOneBefore() throws Exception {
        List<NumberedRecord> first = process(record("a", 1), record("a", 2));

        restart("job", null);
        List<NumberedRecord> again = process(record("a", 1), record("a", 2));
        restart("job", null);
        List<NumberedRecord> later = process(record("a", 2), record("a", 3));

        assertThat(again).isEqualTo(first);
        assertThat(later.get(0).producer()).isNotEqualTo(first.get(0).producer());
    }

    @Test
    void countsAnewBehindAGapSinceNobodyKnowsHowManyAreMissing() throws Exception {
        Envelope lost = new LostRange("orders", "a", "1", 0, "5", 0, 9, false).marker();
        Envelope begun = new ReadingBegin("orders", "a", "9", 0, 7).marker();

        List<NumberedRecord> out =
                process(record("a", 1), lost, record("a", 5), begun, record("a", 9));

        assertThat(out).extracting(NumberedRecord::number).containsExactly(0L, 0L, 0L);
        assertThat(out).extracting(NumberedRecord::producer).doesNotHaveDuplicates();
    }

    @Test
    void aShardThatWasSilentForDaysIsCountedUnderAnotherName() throws Exception {
        List<NumberedRecord> first = process(record("a", 1), record("a", 2));
        task.setStateTtlProcessingTime(Duration.ofDays(3).toMillis());

        List<NumberedRecord> later = process(record("a", 3));

        assertThat(later.get(0).number()).isZero();
        assertThat(later.get(0).producer()).isNotEqualTo(first.get(0).producer());
    }

    @Test
    void namesDifferByStreamAndJob() {
        Envelope record = record("a", 1);

        assertThat(
                        List.of(
                                ShardCount.before(record, "job", STREAM).producer(),
                                ShardCount.before(record, "job", STREAM + "2").producer(),
                                ShardCount.before(record, "job2", STREAM).producer()))
                .doesNotHaveDuplicates();
    }

    private void restart(String job, OperatorSubtaskState checkpoint) throws Exception {
        task.close();
        task = harness(job);
        if (checkpoint != null) {
            task.initializeState(checkpoint);
        }
        task.open();
    }

    private List<NumberedRecord> process(Envelope... records) throws Exception {
        int before = task.extractOutputValues().size();
        for (Envelope record : records) {
            task.processElement(record, 0);
        }
        List<NumberedRecord> all = task.extractOutputValues();
        return new ArrayList<>(all.subList(before, all.size()));
    }

    private static Envelope record(String shard, int sequence) {
        return Records.of(shard, sequence, "x");
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Envelope, NumberedRecord> harness(
            String job) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new CountRecords(job, STREAM)),
                Envelope::shard,
                Types.STRING,
                1,
                1,
                0);
    }
}
