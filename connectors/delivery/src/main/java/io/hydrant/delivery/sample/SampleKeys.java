package io.hydrant.delivery.sample;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.DeliveryRecordTypeInformation;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import java.time.Clock;

/** Sends each record to its key and interval, and past the sampler what is in none. */
final class SampleKeys
        extends ProcessFunction<DeliveryRecord, Tuple3<String, Long, DeliveryRecord>> {

    private static final long serialVersionUID = 1L;

    /** What is not sampled. */
    static final OutputTag<DeliveryRecord> PASSED =
            new OutputTag<>("sample-passed", DeliveryRecordTypeInformation.INSTANCE);

    private final SampleConfig config;
    private transient SampleGroups groups;

    SampleKeys(SampleConfig config) {
        this.config = config;
    }

    @Override
    public void open(OpenContext context) {
        groups = new SampleGroups(config, Clock.systemUTC());
    }

    @Override
    public void processElement(
            DeliveryRecord record,
            Context context,
            Collector<Tuple3<String, Long, DeliveryRecord>> out) {
        SampleGroups.Member member = groups.of(record);
        if (member.group() == null) {
            context.output(PASSED, member.record());
        } else {
            out.collect(Tuple3.of(member.group(), member.time(), member.record()));
        }
    }
}
