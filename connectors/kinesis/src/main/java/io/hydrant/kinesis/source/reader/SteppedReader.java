package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.FanOutApi;
import io.hydrant.kinesis.stream.StreamApi;

import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * The source's reader without its threads, for simulations that are to go the same way twice: it
 * calls the stream only in {@link #step()}, and its time is the simulation's.
 */
public final class SteppedReader {

    private final KinesisSourceReader reader;
    private final SteppedFetchers fetchers;
    private final OneCallAtATime time;

    private SteppedReader(
            KinesisSourceReader reader, SteppedFetchers fetchers, OneCallAtATime time) {
        this.reader = reader;
        this.fetchers = fetchers;
        this.time = time;
    }

    /**
     * A reader of no shards yet, which emits the {@link io.hydrant.core.record.LostRange markers}
     * of what it finds to be lost.
     *
     * @param api belongs to the reader from now on
     * @param fanOut belongs to the reader too, and calls back in this thread only, in a step or
     *     between two; null where shards are polled
     * @param clock tells the time, and lets it pass at once where the reader waits
     */
    public static SteppedReader create(
            StreamApi api,
            StreamSelection streams,
            FanOutApi fanOut,
            KinesisSourceConfig config,
            SourceReaderContext context,
            SteppedClock clock) {
        OneCallAtATime time = new OneCallAtATime(clock);
        SteppedFetchers[] fetchers = new SteppedFetchers[1];
        KinesisSourceReader reader =
                KinesisSourceReader.create(
                        api,
                        streams,
                        fanOut,
                        config,
                        context,
                        true,
                        time,
                        (shards, queue) -> {
                            time.reader = shards.get();
                            fetchers[0] = new SteppedFetchers(time.reader, queue);
                            return fetchers[0];
                        });
        return new SteppedReader(reader, fetchers[0], time);
    }

    /** The reader as Flink sees it. */
    public SourceReader<Envelope, KinesisShardSplit> reader() {
        return reader;
    }

    /** Makes the next call, at the time at which it is due; not when a batch waits to be polled. */
    public void step() throws IOException, InterruptedException {
        time.waited = false;
        fetchers.step();
    }

    /** Wakes the reader when it would wait a second time, so that a step ends. */
    private static final class OneCallAtATime implements ReaderTime {

        private final SteppedClock clock;
        private SplitReader<Envelope, KinesisShardSplit> reader;
        private boolean waited;

        OneCallAtATime(SteppedClock clock) {
            this.clock = clock;
        }

        @Override
        public long nanoTime() {
            return clock.nanoTime();
        }

        @Override
        public long currentMillis() {
            return clock.currentMillis();
        }

        @Override
        public void await(Object monitor, long nanos) {
            if (waited || nanos == Long.MAX_VALUE) {
                reader.wakeUp();
            } else {
                waited = true;
                clock.pass(nanos);
            }
        }

        @Override
        public RandomGenerator random() {
            return clock.random();
        }
    }
}
