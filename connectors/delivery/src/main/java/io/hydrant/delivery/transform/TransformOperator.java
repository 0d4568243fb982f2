package io.hydrant.delivery.transform;

import io.hydrant.core.metrics.DeliveryStreamMetrics;
import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.processing.ProcessingConfig;
import io.hydrant.delivery.processing.ProcessingMetrics;
import io.hydrant.delivery.processing.RecordCompletion;
import io.hydrant.delivery.processing.RecordUnpacking;
import io.hydrant.delivery.processing.TransformResult;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;

/**
 * The transform and the steps around it: every record in gives one record out, or its parts, which
 * say where they go. The transform is the user's class, on the spot, or a {@link BatchTransform},
 * in batches beside the task's thread.
 *
 * <pre>
 *   unpacking ─> [ class ]                          ─> completion
 *             └> [ open batch ─> batches under way ] ┘
 * </pre>
 *
 * <p>Exactly once because a record is either in the state of this operator or its result has gone
 * on before the barrier: what is under way at a checkpoint is transformed again after a restore,
 * and nobody has seen the first answer. In order per shard, since results go on in the order in
 * which records came, as long as the parallelism stays; with another one pending records stay in
 * order among themselves.
 *
 * <p>A checkpoint waits for no batch. Where all batches are under way and another is full, every
 * further record waits {@link BatchLimits#patience} and is then taken all the same, so that the
 * thread is free for a checkpoint again; only when {@link #MAX_WAITING_BYTES} of payload wait does
 * a record wait for a batch to end.
 */
final class TransformOperator extends AbstractStreamOperator<DeliveryRecord>
        implements OneInputStreamOperator<Envelope, DeliveryRecord>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    static final long MAX_WAITING_BYTES = 16L * 1024 * 1024;

    private static final ListStateDescriptor<PendingRecords> PENDING =
            new ListStateDescriptor<>("transform-pending", PendingRecordsSerializer.INSTANCE);

    private final TransformConfig transformConfig;
    private final ProcessingConfig processing;
    private final BatchTransformFactory batches;
    private final String deliveryStream;
    private final MailboxExecutor mailbox;

    private transient List<PendingRecord> restored;
    private transient ListState<PendingRecords> state;
    private transient TransformMetrics out;
    private transient RecordUnpacking unpacking;
    private transient RecordCompletion completion;
    private transient RecordUnpacking.Pieces pieces;
    private transient RecordTransform transform;
    private transient GuardedTransform guarded;
    private transient BatchRuns runs;
    private transient BatchQueue queue;

    /** Ends the open batch; null where there is none to end. */
    private transient ScheduledFuture<?> intervalTimer;

    /**
     * An operator.
     *
     * @param batches where the transform is one of batches, else null
     * @param deliveryStream named in the metrics, null for none
     */
    TransformOperator(
            StreamOperatorParameters<DeliveryRecord> parameters,
            TransformConfig config,
            ProcessingConfig processing,
            BatchTransformFactory batches,
            String deliveryStream) {
        super(parameters);
        this.deliveryStream = deliveryStream;
        this.transformConfig = config;
        this.processing = processing;
        this.batches = batches;
        this.mailbox = parameters.getMailboxExecutor();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state = context.getOperatorStateStore().getListState(PENDING);
        restored = new ArrayList<>();
        for (PendingRecords each : state.get()) {
            restored.addAll(each.records());
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        Clock clock = Clock.systemUTC();
        MetricGroup metrics =
                deliveryStream == null
                        ? getMetricGroup()
                        : DeliveryStreamMetrics.in(getMetricGroup(), deliveryStream);
        ProcessingMetrics processingMetrics = new ProcessingMetrics(metrics);
        out = new TransformMetrics(metrics, new TimestampedCollector<>(output));
        unpacking = new RecordUnpacking(processing, clock, processingMetrics);
        completion = new RecordCompletion(processing, clock, processingMetrics);
        TransformContext context =
                new TransformContext(
                        transformConfig.parameters(),
                        getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
                        getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(),
                        metrics);
        if (batches == null) {
            transform = transformConfig.instantiate(getUserCodeClassloader());
            pieces = transform instanceof PassThrough ? new Passing() : new OnTheSpot();
            guarded = new GuardedTransform(transform, clock);
            transform.open(context);
            if (!restored.isEmpty()) {
                // Those of a job that had a transform of batches. Before any record of the source.
                mailbox.execute(this::transformRestored, "records that were restored");
            }
        } else {
            pieces = new Gathering();
            BatchTransform opened = batches.open(context);
            queue = new BatchQueue(batches.limits(), opened::requestBytes);
            runs = new BatchRuns(opened, batches.limits().maxInFlight());
            restored.forEach(queue::add);
            restored = List.of();
            startBatches();
        }
    }

    @Override
    public void processElement(StreamRecord<Envelope> element) throws Exception {
        unpacking.unpack(element.getValue(), pieces);
        if (queue != null) {
            startBatches();
            awaitRoom();
        }
    }

    /** By now all that came is in the queue, and with it in the next checkpoint. */
    private void awaitRoom() throws InterruptedException {
        if (!queue.isFull()) {
            return;
        }
        try (Patience patience = new Patience()) {
            while (queue.isFull()
                    && !(patience.isOver() && queue.waitingBytes() < MAX_WAITING_BYTES)) {
                mailbox.yield();
            }
        }
    }

    private void startBatches() {
        for (RecordBatch batch = queue.start(); batch != null; batch = queue.start()) {
            RecordBatch started = batch;
            runs.run(
                    started.envelopes(),
                    result ->
                            mailbox.execute(
                                    () -> finish(started, result.get()),
                                    "results of a batch of records"));
        }
        if (intervalTimer == null && !queue.isOpenEmpty()) {
            long now = getProcessingTimeService().getCurrentProcessingTime();
            intervalTimer =
                    getProcessingTimeService()
                            .registerTimer(
                                    now + batches.limits().interval().toMillis(),
                                    time -> endOfInterval());
        }
    }

    /**
     * The open batch may be younger than the timer, where one was full in between; it then goes a
     * little early, which no hint forbids.
     */
    private void endOfInterval() {
        intervalTimer = null;
        queue.closeBatch();
        startBatches();
    }

    private void finish(RecordBatch batch, List<TransformResult> results) {
        batch.finish(results);
        for (RecordBatch next = queue.pollFinished(); next != null; next = queue.pollFinished()) {
            for (int i = 0; i < next.records().size(); i++) {
                complete(next.records().get(i), next.results().get(i));
            }
        }
        startBatches();
    }

    private void transformRestored() throws InterruptedException {
        List<PendingRecord> pending = restored;
        restored = List.of();
        for (PendingRecord each : pending) {
            complete(each, guarded.apply(each.record()));
        }
    }

    private void complete(PendingRecord pending, TransformResult result) {
        if (pending.partsBefore() != PendingRecord.FOLLOWS) {
            completion.resume(pending.partsBefore());
        }
        completion.complete(pending.record(), pending.original(), pending.isLast(), result, out);
    }

    @Override
    public void endInput() throws Exception {
        if (queue == null) {
            return;
        }
        queue.closeBatch();
        startBatches();
        while (!queue.isEmpty()) {
            mailbox.yield();
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<PendingRecord> pending = new ArrayList<>(restored);
        if (queue != null) {
            pending.addAll(queue.pending());
        }
        if (!pending.isEmpty() && pending.get(0).partsBefore() == PendingRecord.FOLLOWS) {
            pending.set(0, pending.get(0).after(completion.partsSoFar()));
        }
        state.update(pending.isEmpty() ? List.of() : List.of(new PendingRecords(pending)));
    }

    @Override
    public void close() throws Exception {
        try (BatchRuns closing = runs;
                RecordTransform closed = transform) {
            super.close();
        }
    }

    /** Passes every piece on as it is. */
    private final class Passing implements RecordUnpacking.Pieces {

        @Override
        public void piece(Envelope record, Envelope original, int index, boolean isLast) {
            completion.pass(record, original, isLast, out);
        }

        @Override
        public void judged(DeliveryRecord record) {
            out.collect(record);
        }
    }

    /** Transforms every piece at once. */
    private final class OnTheSpot implements RecordUnpacking.Pieces {

        @Override
        public void piece(Envelope record, Envelope original, int index, boolean isLast)
                throws InterruptedException {
            completion.complete(record, original, isLast, guarded.apply(record), out);
        }

        @Override
        public void judged(DeliveryRecord record) {
            out.collect(record);
        }
    }

    /** Puts every piece into a batch. */
    private final class Gathering implements RecordUnpacking.Pieces {

        @Override
        public void piece(Envelope record, Envelope original, int index, boolean isLast) {
            queue.add(PendingRecord.piece(record, original, index, isLast));
        }

        @Override
        public void judged(DeliveryRecord record) {
            out.collect(record);
        }
    }

    /** Is over after a while; the timer's mail is what wakes the waiting thread. */
    private final class Patience implements AutoCloseable {

        private final ScheduledFuture<?> timer;
        private boolean timerWent;

        Patience() {
            Duration length = batches.limits().patience();
            timer =
                    length.isZero()
                            ? null
                            : getProcessingTimeService()
                                    .registerTimer(
                                            getProcessingTimeService().getCurrentProcessingTime()
                                                    + length.toMillis(),
                                            time ->
                                                    mailbox.execute(
                                                            () -> timerWent = true,
                                                            "end of the patience"));
        }

        boolean isOver() {
            return timer == null || timerWent;
        }

        @Override
        public void close() {
            if (timer != null) {
                timer.cancel(false);
            }
        }
    }
}
