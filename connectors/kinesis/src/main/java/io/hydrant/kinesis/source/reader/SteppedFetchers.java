package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.split.KinesisShardSplit;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads when it is told to, in the caller's thread, and one batch ahead at the most. */
final class SteppedFetchers extends ShardFetchers {

    private final SplitReader<Envelope, KinesisShardSplit> shards;
    private final Set<String> reading = new HashSet<>();

    SteppedFetchers(SplitReader<Envelope, KinesisShardSplit> shards, Configuration config) {
        super(1, () -> shards, config);
        this.shards = shards;
    }

    /** Reads once, unless a batch waits already or there is nothing to read. */
    void step() throws IOException, InterruptedException {
        if (reading.isEmpty() || getQueue().size() > 0) {
            return;
        }
        RecordsWithSplitIds<Envelope> batch = shards.fetch();
        if (!(batch instanceof ShardBatch read) || !read.isEmpty()) {
            getQueue().put(0, batch);
        }
    }

    @Override
    public void addSplits(List<KinesisShardSplit> splits) {
        splits.forEach(split -> reading.add(split.splitId()));
        shards.handleSplitsChanges(new SplitsAddition<>(splits));
    }

    @Override
    public void removeSplits(List<KinesisShardSplit> splits) {
        splits.forEach(split -> reading.remove(split.splitId()));
        shards.handleSplitsChanges(new SplitsRemoval<>(splits));
    }

    @Override
    void finished(String splitId) {
        reading.remove(splitId);
    }

    @Override
    public synchronized void close(long timeoutMillis) throws Exception {
        shards.close();
        super.close(timeoutMillis);
    }
}
