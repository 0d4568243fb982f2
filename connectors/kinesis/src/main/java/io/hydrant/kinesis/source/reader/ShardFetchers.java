package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.split.KinesisShardSplit;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcher;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcherManager;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Spreads a task's shards over a bounded number of threads, each new one to the thread that has
 * fewest. A thread is started when there is a shard for it and ends with its last one.
 */
class ShardFetchers extends SplitFetcherManager<Envelope, KinesisShardSplit> {

    private final int maxFetchers;
    private final Map<String, Integer> fetcherOfSplit = new HashMap<>();
    private final ShardsInTime inTime;

    ShardFetchers(
            int maxFetchers,
            Supplier<SplitReader<Envelope, KinesisShardSplit>> readers,
            Configuration config) {
        super(readers, config);
        this.maxFetchers = maxFetchers;
        this.inTime = new ShardsInTime(super.getQueue());
    }

    /** What the task takes batches from. The threads fill the queue behind it. */
    @Override
    public FutureCompletingBlockingQueue<RecordsWithSplitIds<Envelope>> getQueue() {
        return inTime;
    }

    @Override
    public void addSplits(List<KinesisShardSplit> splits) {
        Map<Integer, List<KinesisShardSplit>> additions = new HashMap<>();
        List<SplitFetcher<Envelope, KinesisShardSplit>> started = new ArrayList<>();
        for (KinesisShardSplit split : splits) {
            int fetcher = leastLoaded();
            if (fetchers.size() < maxFetchers && fetcherOfSplit.containsValue(fetcher)) {
                fetcher = -1;
            }
            if (fetcher < 0) {
                SplitFetcher<Envelope, KinesisShardSplit> created = createSplitFetcher();
                started.add(created);
                fetcher = created.fetcherId();
            }
            fetcherOfSplit.put(split.splitId(), fetcher);
            additions.computeIfAbsent(fetcher, id -> new ArrayList<>()).add(split);
        }
        additions.forEach((id, added) -> fetchers.get(id).addSplits(added));
        started.forEach(this::startFetcher);
    }

    @Override
    public void removeSplits(List<KinesisShardSplit> splits) {
        Map<Integer, List<KinesisShardSplit>> removals = new HashMap<>();
        for (KinesisShardSplit split : splits) {
            Integer fetcher = fetcherOfSplit.remove(split.splitId());
            if (fetcher != null) {
                removals.computeIfAbsent(fetcher, id -> new ArrayList<>()).add(split);
            }
        }
        removals.forEach(
                (id, removed) -> {
                    SplitFetcher<Envelope, KinesisShardSplit> fetcher = fetchers.get(id);
                    if (fetcher != null) {
                        fetcher.removeSplits(removed);
                    }
                });
    }

    /** A shard was read to its end. */
    void finished(String splitId) {
        fetcherOfSplit.remove(splitId);
    }

    @Override
    public synchronized void close(long timeoutMillis) throws Exception {
        // A call under way would otherwise hold up the end of the task until its answer comes.
        fetchers.values().forEach(fetcher -> ((ShardReader) fetcher.getSplitReader()).abort());
        inTime.letGo();
        super.close(timeoutMillis);
    }

    /** The fetcher with fewest shards, -1 when there is none. */
    private int leastLoaded() {
        Map<Integer, Integer> loads = new HashMap<>();
        fetchers.keySet().forEach(id -> loads.put(id, 0));
        fetcherOfSplit.values().forEach(id -> loads.computeIfPresent(id, (i, n) -> n + 1));
        return loads.isEmpty()
                ? -1
                : Collections.min(loads.entrySet(), Map.Entry.comparingByValue()).getKey();
    }
}
