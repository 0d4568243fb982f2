package io.hydrant.delivery.sample;

import io.hydrant.core.record.Envelope;
import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The sampler, as two operators behind the transform.
 *
 * <pre>
 *   sample-keys ──by key and interval──> sample ──┬──>
 *        └── what is not to be delivered anyway ──┘
 * </pre>
 *
 * <p>An interval ends when everything that arrived until its end, and for {@link
 * SampleConfig#lateness} longer, was read from every shard; which the watermarks of {@link
 * #watermarks} say. Exactly one sample of a key and interval, or with ONE_IN_N exactly each N-th,
 * of what was read until then. A record that is read later still is sampled with others like it, in
 * a further sample of its interval. Assumes that the job goes on from its checkpoints; one that is
 * given up for good leaves behind what it held, unless it is stopped with {@code --drain}.
 */
public final class SampleStep {

    /** Name and uid of the operator that holds the state; never changes. */
    public static final String NAME = "sample";

    private static final String KEYS = "sample-keys";

    private final SampleConfig config;
    private final String owner;

    /** A step that samples so. */
    public SampleStep(SampleConfig config) {
        this(config, "");
    }

    /**
     * A step that samples so, in a job with others.
     *
     * @param owner what its operators' names and uids begin with, which never changes
     */
    public SampleStep(SampleConfig config, String owner) {
        this.config = config;
        this.owner = owner;
    }

    /** What the source has to say of time, for intervals to end. */
    public static WatermarkStrategy<Envelope> watermarks() {
        return ArrivalWatermarks.strategy();
    }

    /** Adds the operators; the result has every record of the input, some of them as dropped. */
    public DataStream<DeliveryRecord> addTo(DataStream<DeliveryRecord> records) {
        SingleOutputStreamOperator<Tuple3<String, Long, DeliveryRecord>> keyed =
                records.process(
                                new SampleKeys(config),
                                new TupleTypeInfo<>(
                                        Types.STRING,
                                        Types.LONG,
                                        DeliveryRecordTypeInformation.INSTANCE))
                        .name(owner + KEYS)
                        .uid(owner + KEYS);
        DataStream<DeliveryRecord> passed = keyed.getSideOutput(SampleKeys.PASSED);
        return keyed.keyBy(record -> record.f0, Types.STRING)
                .process(new Sampler(config), DeliveryRecordTypeInformation.INSTANCE)
                .name(owner + NAME)
                .uid(owner + NAME)
                .union(passed);
    }
}
