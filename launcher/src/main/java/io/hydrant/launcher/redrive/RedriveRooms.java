package io.hydrant.launcher.redrive;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.Disposition;
import io.hydrant.delivery.deadletter.DeadLetter;
import io.hydrant.delivery.processing.ProcessingConfig;
import io.hydrant.delivery.transform.TransformSteps;
import io.hydrant.jobs.delivery.DeliveryPlan;
import io.hydrant.redshift.TableRouter;

import org.apache.flink.util.Collector;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rooms of a delivery up to the buffer, for records that come out of error objects. A part of a
 * record was decompressed and taken apart before it failed, so it goes through the rooms behind
 * that.
 */
final class RedriveRooms implements AutoCloseable {

    private final TransformSteps wholes;
    private final TransformSteps parts;
    private final DeliveryPlan plan;
    private final TableRoom tables;
    private final TableRouter router;
    private final List<DeliveryRecord> judged = new ArrayList<>();
    private final Collector<DeliveryRecord> collector =
            new Collector<>() {
                @Override
                public void collect(DeliveryRecord record) {
                    judged.add(record);
                }

                @Override
                public void close() {
                    // Nothing to close.
                }
            };

    /**
     * The rooms of a plan.
     *
     * @param tables the last of them where tables are the destination, else null
     */
    RedriveRooms(DeliveryPlan plan, TableRoom tables) throws Exception {
        this.plan = plan;
        this.tables = tables;
        this.router =
                plan.redshift() == null
                        ? null
                        : new TableRouter(plan.redshift(), Clock.systemUTC());
        wholes = plan.openTransform(plan.processing());
        try {
            parts = plan.openTransform(ofParts(plan.processing()));
        } catch (Exception e) {
            wholes.close();
            throw e;
        }
    }

    private static ProcessingConfig ofParts(ProcessingConfig given) {
        return new ProcessingConfig(
                false,
                given.maxDecompressedSize(),
                false,
                given.appendNewline(),
                null,
                null,
                given.query(),
                given.partitioning());
    }

    /**
     * What becomes of a record; valid until the next call.
     *
     * @param wasAtTable whether a table refused it, so that it was through the transform of a
     *     delivery to tables; another delivery has rooms of its own, which it has not seen
     */
    List<DeliveryRecord> process(DeadLetter letter, boolean wasAtTable)
            throws IOException, InterruptedException {
        judged.clear();
        if (router != null && isRow(letter.record())) {
            judged.add(
                    router.routeRow(DeliveryRecord.deliver(line(letter.record())), letter.route()));
            return judged;
        }
        if (wasAtTable && (tables != null || router != null)) {
            judged.add(DeliveryRecord.deliver(letter.record(), letter.route()));
        } else {
            send(letter, letter.part().isWhole() ? wholes : parts);
        }
        if (router != null) {
            judged.replaceAll(router::route);
        }
        if (tables != null) {
            for (int i = 0; i < judged.size(); i++) {
                judged.set(i, tables.take(judged.get(i)));
            }
        }
        if (!letter.part().isWhole() && failedAgain(judged)) {
            // It stays the part that it was, so that the next redrive knows.
            judged.set(0, judged.get(0).of(letter.part()));
        }
        return judged;
    }

    /** Whether it is in a table, or would be, and so in no object. */
    boolean isInTable(DeliveryRecord record) {
        return tables != null && record.disposition() == Disposition.DELIVER;
    }

    /** Whether it was transformed already and staged, and is here because a table refused it. */
    private boolean isRow(Envelope record) {
        return record.stream().equals(plan.deliveryStream()) && record.shard().startsWith("s3://");
    }

    /** A row that was refused is kept without its line's end. */
    private Envelope line(Envelope row) {
        if (plan.sink().format().appendNewline()) {
            return row;
        }
        byte[] line =
                Arrays.copyOfRange(
                        row.payloadArray(),
                        row.payloadOffset(),
                        row.payloadOffset() + row.payloadLength() + 1);
        line[row.payloadLength()] = '\n';
        return row.withPayload(line);
    }

    /** Each record by itself, since what becomes of it decides what is remembered of it. */
    private void send(DeadLetter letter, TransformSteps steps)
            throws IOException, InterruptedException {
        steps.process(letter.record(), collector);
        steps.finish(collector);
    }

    /** Whether a record as a whole went back to the error prefix. */
    static boolean failedAgain(List<DeliveryRecord> judged) {
        return judged.size() == 1 && judged.get(0).disposition() == Disposition.DEAD_LETTER;
    }

    @Override
    public void close() throws Exception {
        try {
            wholes.close();
        } finally {
            parts.close();
        }
    }
}
