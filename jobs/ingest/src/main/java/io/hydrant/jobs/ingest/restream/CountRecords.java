package io.hydrant.jobs.ingest.restream;

import io.hydrant.core.record.Envelope;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import java.time.Duration;
import java.util.Objects;

/**
 * Counts the records of each shard, which is the key; {@link ShardCount} says how.
 *
 * <p>A shard that says nothing for two days is forgotten, so that state does not grow with the
 * shards that a stream once had. Should it speak again, it is counted under another name: a copy
 * from before a restart right then stays, and nothing is ever taken for a copy.
 */
public final class CountRecords extends KeyedProcessFunction<String, Envelope, NumberedRecord> {

    private static final long serialVersionUID = 1L;

    private static final Duration REMEMBERED = Duration.ofDays(2);

    private final String job;
    private final String stream;

    private transient ValueState<Tuple2<String, Long>> count;

    /**
     * A count of a stream's records.
     *
     * @param job a name that no other job has
     * @param stream the stream's ARN
     */
    public CountRecords(String job, String stream) {
        this.job = Objects.requireNonNull(job, "job");
        this.stream = Objects.requireNonNull(stream, "stream");
    }

    /** Whether an envelope is no record, but tells a count where it ends. */
    public static boolean isMarker(Envelope envelope) {
        return ShardCount.endsAt(envelope);
    }

    @Override
    public void open(OpenContext context) {
        ValueStateDescriptor<Tuple2<String, Long>> descriptor =
                new ValueStateDescriptor<>("count", Types.TUPLE(Types.STRING, Types.LONG));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(REMEMBERED).build());
        count = getRuntimeContext().getState(descriptor);
    }

    @Override
    public void processElement(Envelope record, Context context, Collector<NumberedRecord> out)
            throws Exception {
        if (ShardCount.endsAt(record)) {
            count.clear();
            return;
        }
        Tuple2<String, Long> kept = count.value();
        ShardCount current =
                kept == null
                        ? ShardCount.before(record, job, stream)
                        : new ShardCount(kept.f0, kept.f1);
        out.collect(current.number(record));
        count.update(Tuple2.of(current.producer(), current.advanced().next()));
    }
}
