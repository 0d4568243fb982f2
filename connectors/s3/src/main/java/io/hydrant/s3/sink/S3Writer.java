package io.hydrant.s3.sink;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.LostRange;
import io.hydrant.core.record.ReadingBegin;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.buffer.BlockDecision;
import io.hydrant.delivery.buffer.BufferOptions;
import io.hydrant.delivery.buffer.MemoryBudget;
import io.hydrant.delivery.buffer.RollDecision;
import io.hydrant.delivery.buffer.SizeHint;
import io.hydrant.delivery.format.RecordFormat;

import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ScheduledFuture;

/**
 * Puts records into open objects, ends objects that are due, and hands them over at checkpoints.
 *
 * <p>Everything here runs on the subtask's thread: records, timers, checkpoints, and the arrival of
 * parts, which comes as mail. Mail is handled only at the start of {@link #write} and at the end of
 * the input, where no object is half changed.
 */
final class S3Writer
        implements CommittingSinkWriter<DeliveryRecord, S3Committable>,
                StatefulSinkWriter<DeliveryRecord, S3WriterState> {

    private static final Logger LOG = LoggerFactory.getLogger(S3Writer.class);

    private final S3SinkConfig config;
    private final SizeHint size;
    private final RollDecision roll;
    private final BlockDecision block;
    private final S3WriterParts parts;
    private final PartUploader uploader;
    private final MemoryBudget budget;
    private final ProcessingTimeService time;
    private final S3WriterMetrics metrics;
    private final ObjectAssembler assembler;
    private final OpenObjects open = new OpenObjects();
    private final RolledObjects rolled;
    private final Segments segments;
    private final Bundles bundles;
    private final ColumnarFiles files;
    private final MemoryRelief relief;

    private final LedgerNotes notes;
    private OpenObject current;
    private ScheduledFuture<?> timer;

    /** Null where nothing is followed. */
    private TableWatch watch;

    /** Whether a record had to wait for uploads since the last checkpoint. */
    private boolean hasWaited;

    /** Bytes of the last committables; the committer has them in memory until it has committed. */
    private long handedOver;

    S3Writer(
            S3SinkConfig config,
            S3WriterParts parts,
            ProcessingTimeService time,
            S3WriterMetrics metrics) {
        this.config = config;
        this.size =
                new SizeHint(
                        config.buffer().size(),
                        Math.min(
                                config.buffer().raisedSize(),
                                config.format().compression().largestContent()));
        this.roll = new RollDecision(size, config.buffer().interval());
        this.block = new BlockDecision(config.buffer().blockSize(), config.buffer().memoryBudget());
        this.parts = parts;
        this.notes = new LedgerNotes(config);
        this.uploader = parts.uploader();
        this.budget = parts.budget();
        this.time = time;
        this.metrics = metrics;
        this.segments = new Segments(config, parts);
        this.bundles = new Bundles(segments, budget, parts.bundlesSmallObjects());
        this.assembler =
                new ObjectAssembler(config, parts, parts.names(), parts.codec(), segments, bundles);
        this.rolled = new RolledObjects(assembler);
        this.files = new ColumnarFiles(config, parts, segments, rolled);
        this.relief =
                new MemoryRelief(
                        budget, assembler, bundles, uploader, open, rolled, this::endEarly);
        metrics.observe(open, budget, size, time);
    }

    /** Takes over what a checkpoint left, before any record comes. */
    void restore(Collection<S3WriterState> states) {
        new WriterRestore(config, parts, assembler, segments, bundles, files)
                .restore(states, open, rolled);
        metrics.countOldest(List.of(), rolled.all(), unfinished());
        setTimer();
    }

    /**
     * Follows the columns of the table from now on: objects that are open end with those they were
     * begun with.
     */
    void follow(TableWatch table) {
        watch = table;
        watch.start(
                time,
                columns -> {
                    if (parts.schema().use(columns)) {
                        LOG.info("The table has other columns now: {}", columns.text());
                        endAllFiles();
                    }
                });
    }

    @Override
    public void write(DeliveryRecord element, Context context) throws InterruptedException {
        deliver(element);
    }

    /** Writes a record and says what became of it, which conversion may have judged anew. */
    DeliveryRecord deliver(DeliveryRecord given) throws InterruptedException {
        RowSchema schema = parts.schema();
        DeliveryRecord element = schema == null ? given : schema.judge(given);
        if (budget.needsReclaim() || budget.isExhausted()) {
            hasWaited |= budget.isExhausted();
            metrics.rolledEarly(relief.relieve());
            current = null;
        }
        Envelope record = element.envelope();
        switch (element.disposition()) {
            case DELIVER -> append(dataObjectFor(element), element, parts.format());
            case DEAD_LETTER ->
                    append(
                            objectFor(
                                    Group.ofError(
                                            element.failure().type(),
                                            element.failure().errorPrefix()),
                                    record.arrivalMillis()),
                            element,
                            (envelope, out) ->
                                    parts.deadLetters()
                                            .encode(
                                                    envelope,
                                                    element.part(),
                                                    element.failure(),
                                                    element.partition(),
                                                    out));
            case DROP -> notes.dropped(element);
            case LOST -> notes.lost(LostRange.of(record));
            case BEGUN -> notes.begun(ReadingBegin.of(record));
        }
        return element;
    }

    private void append(OpenObject object, DeliveryRecord element, RecordFormat recordFormat) {
        if (object.rows != null) {
            object.buffer.appendRows(element.envelope(), element.part(), parts.schema().rows());
        } else {
            object.buffer.append(element.envelope(), element.part(), recordFormat);
        }
        int change = object.takeChange();
        if (change != 0) {
            budget.hold(change);
        }
        if (block.isDue(object.buffer.raw().length(), open.count())) {
            assembler.endBlock(object);
        }
        if (roll.isFull(object.buffer.uncompressedBytes()) || object.isNearlyFull()) {
            end(object);
        }
    }

    private OpenObject dataObjectFor(DeliveryRecord element) {
        if (!element.partition().isEmpty()) {
            metrics.partitioned(element.envelope().payloadLength());
        }
        long arrivalMillis = element.envelope().arrivalMillis();
        OpenObject last = current;
        Group group = parts.names().groupOf(arrivalMillis, element.partition());
        if (last != null && group.equals(last.group) && !last.isTooOld(arrivalMillis)) {
            return last;
        }
        current = objectFor(group, arrivalMillis);
        return current;
    }

    private OpenObject objectFor(Group group, long arrivalMillis) {
        OpenObject object = open.get(group);
        if (object != null && object.isTooOld(arrivalMillis)) {
            end(object);
            object = null;
        }
        if (object == null) {
            object =
                    open.open(
                            group,
                            assembler.newBuffer(),
                            rowsOf(group),
                            time.getCurrentProcessingTime());
            metrics.sawRecordFrom(arrivalMillis);
            setTimer();
        }
        return object;
    }

    /** What a new object of the group has for rows, null where its records stay what they are. */
    private RowLog rowsOf(Group group) {
        RowSchema schema = parts.schema();
        return schema == null || group.error() != null ? null : schema.newRows();
    }

    private void end(OpenObject object) {
        open.remove(object);
        if (object == current) {
            current = null;
        }
        if (object.rows != null) {
            buildFile(object);
        } else {
            rolled.add(assembler.roll(object));
            rolled.stageWhile(budget::isTooMuchWaiting);
        }
    }

    /** Ends an object to make room, uploading what is left of it at once. */
    private void endEarly(OpenObject object) {
        open.remove(object);
        if (object.rows != null) {
            buildFile(object);
        } else {
            rolled.add(assembler.stage(assembler.roll(object)));
        }
    }

    private void buildFile(OpenObject object) {
        assembler.seal(object);
        files.build(object, parts.names());
    }

    /** What a checkpoint has to keep as open: files that are not done are only rows so far. */
    private List<OpenObject> unfinished() {
        List<OpenObject> unfinished = new ArrayList<>(open.all());
        unfinished.addAll(files.unfinished());
        return unfinished;
    }

    private void setTimer() {
        OpenObject next = open.oldest();
        if (next != null && timer == null && roll.needsTimer()) {
            timer = time.registerTimer(roll.dueAt(next.openedAtMillis), this::onTimer);
        }
    }

    private void onTimer(long nowMillis) {
        timer = null;
        endDue(nowMillis);
        setTimer();
    }

    private void endDue(long nowMillis) {
        OpenObject next = open.oldest();
        while (next != null && roll.isDue(next.openedAtMillis, nowMillis)) {
            end(next);
            next = open.oldest();
        }
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        if (endOfInput) {
            for (OpenObject object = open.oldest(); object != null; object = open.oldest()) {
                end(object);
            }
            uploader.awaitAll();
        } else {
            endDue(time.getCurrentProcessingTime());
            if (rolled.wouldOvertake()) {
                uploader.awaitAll();
            }
            if (config.conversion() != null && config.conversion().rollOnCheckpoint()) {
                endAllFiles();
                uploader.awaitAll();
            }
        }
    }

    /** Waits until every file that was begun is done. */
    void awaitFiles() throws InterruptedException {
        uploader.awaitAll();
    }

    private void endAllFiles() {
        for (OpenObject object : List.copyOf(open.all())) {
            if (object.rows != null) {
                end(object);
            }
        }
    }

    @Override
    public Collection<S3Committable> prepareCommit() {
        adaptSize();
        budget.hold(-handedOver);
        handedOver = 0;
        List<S3Committable> committables = new ArrayList<>();
        for (RolledObject object : rolled.takeReady()) {
            S3Committable committable = committable(object);
            committables.add(committable);
            budget.await(-object.tail().length);
            handedOver += committable.tail().length;
        }
        bundles.handOver();
        committables.addAll(notes.take());
        metrics.countOldest(committables, rolled.all(), unfinished());
        return committables;
    }

    private void adaptSize() {
        long before = size.bytes();
        if (size.judge(hasWaited)) {
            LOG.info(
                    "{}: objects end at {} bytes from now on, at {} so far ({} says {}).",
                    hasWaited ? "Records wait for the store" : "The store keeps up",
                    size.bytes(),
                    before,
                    BufferOptions.SIZE.key(),
                    config.buffer().size());
        }
        hasWaited = false;
    }

    private static S3Committable committable(RolledObject object) {
        MultipartUpload upload = object.upload();
        Bundle.Place place = object.place();
        if (place != null && place.bundle().isStored()) {
            return S3Committable.bundled(
                            object.entry(), object.bucket(), object.key(), place.stored())
                    .replacing(object.segments());
        }
        byte[] content = place == null ? object.tail() : place.content();
        return upload == null
                ? S3Committable.inOnePiece(object.entry(), object.bucket(), object.key(), content)
                        .replacing(object.segments())
                : S3Committable.ofUpload(
                                object.entry(),
                                object.bucket(),
                                object.key(),
                                upload.uploadId(),
                                upload.uploadedParts(),
                                upload.nextNumber(),
                                object.tail())
                        .replacing(object.segments());
    }

    /**
     * Copies what is open and what could not be handed over yet. Notes of the ledger need no place
     * here: Flink calls this right after {@link #prepareCommit}, with no record in between.
     */
    @Override
    public List<S3WriterState> snapshotState(long checkpointId) {
        StatePacks packs = new StatePacks(parts.packCodec());
        for (OpenObject object : open.all()) {
            if (object.rows != null) {
                assembler.compressKept(object);
            }
        }
        for (OpenObject object : unfinished()) {
            packs.add(
                    object.rows == null
                            ? S3WriterState.Open.of(object, config.format().compression())
                            : S3WriterState.OpenRows.of(object, parts.rowCodec()));
        }
        List<S3WriterState> states = packs.finish();
        for (RolledObject object : rolled.all()) {
            states.add(S3WriterState.Rolled.of(object));
        }
        return states;
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
        if (watch != null) {
            watch.close();
        }
        uploader.close();
        parts.codec().close();
        parts.rowCodec().close();
        parts.packCodec().close();
        parts.store().close();
    }
}
