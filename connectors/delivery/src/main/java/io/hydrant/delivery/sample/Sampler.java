package io.hydrant.delivery.sample;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;

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
 * Samples the records of one key and interval, as {@link Sampling} judges.
 *
 * <p>Exactly once because what waits is in the state, with the timer that ends the interval. The
 * state of a key and interval is dropped with that timer: one record, or a sum per number. The
 * timer goes by the arrivals that were read, so a replay samples like the live delivery.
 */
final class Sampler
        extends KeyedProcessFunction<String, Tuple3<String, Long, DeliveryRecord>, DeliveryRecord> {

    private static final long serialVersionUID = 1L;

    private final SampleConfig config;
    private transient Sampling sampling;
    private transient KeyedMemory memory;

    Sampler(SampleConfig config) {
        this.config = config;
    }

    @Override
    public void open(OpenContext context) {
        sampling = new Sampling(config, Clock.systemUTC());
        memory =
                new KeyedMemory(
                        getRuntimeContext()
                                .getState(new ValueStateDescriptor<>("seen", Types.LONG)),
                        getRuntimeContext()
                                .getState(
                                        new ValueStateDescriptor<>(
                                                "held",
                                                new TupleTypeInfo<>(
                                                        Types.LONG,
                                                        DeliveryRecordTypeInformation.INSTANCE))),
                        getRuntimeContext()
                                .getMapState(
                                        new MapStateDescriptor<>(
                                                "sums",
                                                Types.STRING,
                                                new TupleTypeInfo<>(Types.BIG_DEC, Types.LONG))));
    }

    @Override
    public void processElement(
            Tuple3<String, Long, DeliveryRecord> keyed,
            Context context,
            Collector<DeliveryRecord> out)
            throws Exception {
        if (sampling.add(keyed.f1, keyed.f2, memory, out)) {
            context.timerService()
                    .registerEventTimeTimer(
                            sampling.end(keyed.f1, context.timerService().currentWatermark()));
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<DeliveryRecord> out)
            throws Exception {
        sampling.end(memory, out);
    }

    /** In the state of the key at hand. */
    private record KeyedMemory(
            ValueState<Long> seenState,
            ValueState<Tuple2<Long, DeliveryRecord>> heldState,
            MapState<String, Tuple2<BigDecimal, Long>> sums)
            implements SampleMemory {

        @Override
        public long seen() throws IOException {
            Long seen = seenState.value();
            return seen == null ? 0 : seen;
        }

        @Override
        public void see(long count) throws IOException {
            seenState.update(count);
        }

        @Override
        public Held held() throws IOException {
            Tuple2<Long, DeliveryRecord> held = heldState.value();
            return held == null ? null : new Held(held.f0, held.f1);
        }

        @Override
        public void hold(Held held) throws IOException {
            heldState.update(Tuple2.of(held.time(), held.record()));
        }

        @Override
        public Sum sum(String name) throws IOException {
            try {
                Tuple2<BigDecimal, Long> sum = sums.get(name);
                return sum == null ? null : new Sum(sum.f0, sum.f1);
            } catch (Exception e) {
                throw new IOException("The sum of " + name + " cannot be read", e);
            }
        }

        @Override
        public void sum(String name, Sum sum) throws IOException {
            try {
                sums.put(name, Tuple2.of(sum.total(), sum.count()));
            } catch (Exception e) {
                throw new IOException("The sum of " + name + " cannot be kept", e);
            }
        }

        @Override
        public void clear() {
            heldState.clear();
            sums.clear();
            seenState.clear();
        }
    }
}
