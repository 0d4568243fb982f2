package io.hydrant.delivery.sample;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;
import io.hydrant.delivery.deadletter.ErrorOutputType;
import io.hydrant.delivery.deadletter.Failure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;

/**
 * Samples the records of one key and interval. Every record that comes in goes out once: delivered,
 * as a dead letter, or as dropped, which is what the ledger then says of it.
 *
 * <p>Exactly once because what waits is in the state, with the timer that ends the interval. The
 * state of a key and interval is dropped with that timer: one record, or a sum per number. The
 * timer goes by the arrivals that were read, so a replay samples like the live delivery.
 */
final class Sampler
        extends KeyedProcessFunction<String, Tuple3<String, Long, DeliveryRecord>, DeliveryRecord> {

    private static final long serialVersionUID = 1L;

    /** Code of the failure of a record that has no numbers to average. */
    static final String CODE = "Sample.NotAnObject";

    private final SampleConfig config;
    private transient ValueState<Long> seen;
    private transient ValueState<Tuple2<Long, DeliveryRecord>> held;
    private transient MapState<String, Tuple2<BigDecimal, Long>> sums;
    private transient FieldAverages averages;
    private transient Clock clock;

    Sampler(SampleConfig config) {
        this.config = config;
    }

    @Override
    public void open(OpenContext context) {
        clock = Clock.systemUTC();
        averages = new FieldAverages(config.fields());
        seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Types.LONG));
        held =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "held",
                                        new TupleTypeInfo<>(
                                                Types.LONG,
                                                DeliveryRecordTypeInformation.INSTANCE)));
        sums =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "sums",
                                        Types.STRING,
                                        new TupleTypeInfo<>(Types.BIG_DEC, Types.LONG)));
    }

    @Override
    public void processElement(
            Tuple3<String, Long, DeliveryRecord> keyed,
            Context context,
            Collector<DeliveryRecord> out)
            throws Exception {
        DeliveryRecord record = keyed.f2;
        if (config.method() == SampleMethod.AVERAGE && !isSummedUp(record)) {
            out.collect(notAnObject(record));
            return;
        }
        Long before = seen.value();
        if (before == null) {
            context.timerService().registerEventTimeTimer(end(keyed.f1, context));
        }
        long count = before == null ? 0 : before;
        seen.update(count + 1);
        switch (config.method()) {
            case LAST, AVERAGE -> hold(keyed.f1, record, out);
            case FIRST -> out.collect(count == 0 ? record : dropped(record));
            case ONE_IN_N -> out.collect(count % config.count() == 0 ? record : dropped(record));
        }
    }

    /** The end of the interval; of one that has ended, a while from now. */
    private long end(long time, Context context) {
        long end =
                config.intervalOf(time)
                        + config.interval().toMillis()
                        - 1
                        + config.lateness().toMillis();
        long now = context.timerService().currentWatermark();
        return end > now ? end : now + Math.max(1, config.lateness().toMillis());
    }

    private void hold(long time, DeliveryRecord record, Collector<DeliveryRecord> out)
            throws IOException {
        Tuple2<Long, DeliveryRecord> best = held.value();
        if (best != null && time < best.f0) {
            out.collect(dropped(record));
            return;
        }
        held.update(Tuple2.of(time, record));
        if (best != null) {
            out.collect(dropped(best.f1));
        }
    }

    private boolean isSummedUp(DeliveryRecord record) throws Exception {
        ObjectNode parsed = FieldAverages.parse(record.envelope());
        if (parsed == null) {
            return false;
        }
        Numbers numbers = new Numbers();
        averages.forEach(parsed, numbers::add);
        if (numbers.failure != null) {
            throw numbers.failure;
        }
        return true;
    }

    /** Adds numbers to the state, which may fail, where nothing may. */
    private final class Numbers {

        private Exception failure;

        void add(String name, BigDecimal number) {
            try {
                Tuple2<BigDecimal, Long> sum = sums.get(name);
                sums.put(
                        name,
                        sum == null
                                ? Tuple2.of(FieldAverages.sum(BigDecimal.ZERO, number), 1L)
                                : Tuple2.of(FieldAverages.sum(sum.f0, number), sum.f1 + 1));
            } catch (Exception e) {
                failure = e;
            }
        }

        BigDecimal average(String name) {
            try {
                Tuple2<BigDecimal, Long> sum = sums.get(name);
                return sum == null ? null : FieldAverages.average(sum.f0, sum.f1);
            } catch (Exception e) {
                failure = e;
                return null;
            }
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<DeliveryRecord> out)
            throws Exception {
        Tuple2<Long, DeliveryRecord> best = held.value();
        if (best != null) {
            // Also where the method is another since a savepoint: nothing is kept back for good.
            out.collect(config.method() == SampleMethod.AVERAGE ? averaged(best.f1) : best.f1);
        }
        held.clear();
        sums.clear();
        seen.clear();
    }

    private DeliveryRecord averaged(DeliveryRecord record) throws Exception {
        Envelope envelope = record.envelope();
        ObjectNode parsed = FieldAverages.parse(envelope);
        if (parsed == null) {
            return record;
        }
        Numbers numbers = new Numbers();
        byte[] payload = averages.write(envelope, parsed, numbers::average);
        if (numbers.failure != null) {
            throw numbers.failure;
        }
        return DeliveryRecord.deliver(envelope.withPayload(payload))
                .of(record.part())
                .in(record.partition());
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
