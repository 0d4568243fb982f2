package io.hydrant.delivery.sample;

import io.hydrant.delivery.DeliveryRecord;

import org.apache.flink.util.Collector;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Samples records in the calling thread, without Flink: the samples are those that the operators of
 * {@link SampleStep} deliver of the same records from one shard. For trying a configuration out; it
 * holds in memory what waits, and survives no failure. Not thread-safe.
 */
public final class LocalSampler {

    private final SampleGroups groups;
    private final Sampling sampling;
    private final Map<String, HeapMemory> memories = new HashMap<>();
    private final TreeMap<Long, List<String>> ends = new TreeMap<>();
    private long readUntil = Long.MIN_VALUE;

    /** A sampler that samples so. */
    public LocalSampler(SampleConfig config) {
        this.groups = new SampleGroups(config, Clock.systemUTC());
        this.sampling = new Sampling(config, Clock.systemUTC());
    }

    /**
     * Takes a record in. Itself, what it takes the place of, and the samples of intervals that its
     * arrival ends go to the collector, each once; now or later.
     */
    public void process(DeliveryRecord record, Collector<DeliveryRecord> out) throws IOException {
        SampleGroups.Member member = groups.of(record);
        if (member.group() == null) {
            out.collect(member.record());
        } else {
            HeapMemory memory = memories.computeIfAbsent(member.group(), group -> new HeapMemory());
            if (sampling.add(member.time(), member.record(), memory, out)) {
                ends.computeIfAbsent(
                                sampling.end(member.time(), readUntil), end -> new ArrayList<>())
                        .add(member.group());
            }
        }
        readUntil = Math.max(readUntil, record.envelope().arrivalMillis() - 1);
        while (!ends.isEmpty() && ends.firstKey() <= readUntil) {
            endFirst(out);
        }
    }

    /** The input is at its end, and with it every interval. */
    public void finish(Collector<DeliveryRecord> out) throws IOException {
        while (!ends.isEmpty()) {
            endFirst(out);
        }
    }

    private void endFirst(Collector<DeliveryRecord> out) throws IOException {
        for (String group : ends.pollFirstEntry().getValue()) {
            sampling.end(memories.remove(group), out);
        }
    }

    private static final class HeapMemory implements SampleMemory {

        private final Map<String, Sum> sums = new HashMap<>();
        private long seen;
        private Held held;

        @Override
        public long seen() {
            return seen;
        }

        @Override
        public void see(long count) {
            seen = count;
        }

        @Override
        public Held held() {
            return held;
        }

        @Override
        public void hold(Held record) {
            held = record;
        }

        @Override
        public Sum sum(String name) {
            return sums.get(name);
        }

        @Override
        public void sum(String name, Sum sum) {
            sums.put(name, sum);
        }

        @Override
        public void clear() {
            // Its map entry is removed with it.
        }
    }
}
