package io.hydrant.delivery.sample;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Clock;

/**
 * Judges which records of a key and interval are delivered. Every record that comes in goes out
 * once: delivered, as a dead letter, or as dropped, which is what the ledger then says of it.
 */
final class Sampling {

    /** Code of the failure of a record that has no numbers to average. */
    static final String CODE = "Sample.NotAnObject";

    private final SampleConfig config;
    private final FieldAverages averages;
    private final Clock clock;

    Sampling(SampleConfig config, Clock clock) {
        this.config = config;
        this.averages = new FieldAverages(config.fields());
        this.clock = clock;
    }

    /**
     * Takes a record in.
     *
     * @param time when it happened, milliseconds since the epoch
     * @return whether it is the first of its key and interval, whose end is to be told then
     */
    boolean add(
            long time, DeliveryRecord record, SampleMemory memory, Collector<DeliveryRecord> out)
            throws IOException {
        if (config.method() == SampleMethod.AVERAGE && !isSummedUp(record, memory)) {
            out.collect(notAnObject(record));
            return false;
        }
        long before = memory.seen();
        memory.see(before + 1);
        switch (config.method()) {
            case LAST, AVERAGE -> hold(time, record, memory, out);
            case FIRST -> out.collect(before == 0 ? record : dropped(record));
            case ONE_IN_N -> out.collect(before % config.count() == 0 ? record : dropped(record));
        }
        return before == 0;
    }

    /** When the interval of that time ends for all who were read until then; else a while later. */
    long end(long time, long readUntil) {
        long end =
                config.intervalOf(time)
                        + config.interval().toMillis()
                        - 1
                        + config.lateness().toMillis();
        return end > readUntil ? end : readUntil + Math.max(1, config.lateness().toMillis());
    }

    /** The interval is over. */
    void end(SampleMemory memory, Collector<DeliveryRecord> out) throws IOException {
        SampleMemory.Held best = memory.held();
        if (best != null) {
            // Also where the method is another since a savepoint: nothing is kept back for good.
            out.collect(
                    config.method() == SampleMethod.AVERAGE
                            ? averaged(best.record(), memory)
                            : best.record());
        }
        memory.clear();
    }

    private static void hold(
            long time, DeliveryRecord record, SampleMemory memory, Collector<DeliveryRecord> out)
            throws IOException {
        SampleMemory.Held best = memory.held();
        if (best != null && time < best.time()) {
            out.collect(dropped(record));
            return;
        }
        memory.hold(new SampleMemory.Held(time, record));
        if (best != null) {
            out.collect(dropped(best.record()));
        }
    }

    private boolean isSummedUp(DeliveryRecord record, SampleMemory memory) throws IOException {
        ObjectNode parsed = FieldAverages.parse(record.envelope());
        if (parsed == null) {
            return false;
        }
        try {
            averages.forEach(parsed, (name, number) -> add(name, number, memory));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return true;
    }

    private static void add(String name, BigDecimal number, SampleMemory memory) {
        try {
            memory.sum(name, SampleMemory.Sum.with(memory.sum(name), number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DeliveryRecord averaged(DeliveryRecord record, SampleMemory memory) throws IOException {
        Envelope envelope = record.envelope();
        ObjectNode parsed = FieldAverages.parse(envelope);
        if (parsed == null) {
            return record;
        }
        byte[] payload;
        try {
            payload = averages.write(envelope, parsed, name -> average(name, memory));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return DeliveryRecord.deliver(envelope.withPayload(payload))
                .of(record.part())
                .in(record.partition());
    }

    private static BigDecimal average(String name, SampleMemory memory) {
        try {
            SampleMemory.Sum sum = memory.sum(name);
            return sum == null ? null : sum.average();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DeliveryRecord dropped(DeliveryRecord record) {
        return DeliveryRecord.drop(record.envelope()).of(record.part());
    }

    private DeliveryRecord notAnObject(DeliveryRecord record) {
        return DeliveryRecord.deadLetter(
                        record.envelope(),
                        new Failure(
                                ErrorOutputType.PROCESSING_FAILED,
                                CODE,
                                "The record is no JSON object, so it has no numbers to average",
                                1,
                                clock.millis()))
                .of(record.part());
    }
}
