package io.hydrant.kinesis.source.reader;

import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.source.StreamSelection;
import io.hydrant.kinesis.source.split.KinesisShardSplit;
import io.hydrant.kinesis.stream.HashKeyRange;
import io.hydrant.kinesis.stream.Position;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

import static org.assertj.core.api.Assertions.assertThat;

class IdleShardTest {

    /** FLINK-36947: the official connector called GetRecords for idle shards without a pause. */
    @Test
    void isNotCalledOftenerThanTheServiceAllows() throws Exception {
        FakeStream stream = FakeStream.create(3);
        Clock clock = new Clock();
        SteppedReader reader =
                SteppedReader.create(
                        stream.api(),
                        StreamSelection.arns(stream.arn()),
                        null,
                        KinesisSourceConfig.from(new Configuration()),
                        new FakeReaderContext(),
                        clock);
        reader.reader()
                .addSplits(
                        stream.shardIds().stream()
                                .map(
                                        shard ->
                                                new KinesisShardSplit(
                                                        stream.arn(),
                                                        shard,
                                                        HashKeyRange.ALL,
                                                        new Position.TrimHorizon()))
                                .toList());
        reader.reader().start();
        Duration minute = Duration.ofMinutes(1);
        while (clock.nanoTime() < minute.toNanos()) {
            reader.step();
        }

        // The default pause behind an answer without records is 250 ms.
        for (String shard : List.copyOf(stream.shardIds())) {
            assertThat(stream.reads(shard)).isBetween(239, 241);
        }
        reader.reader().close();
    }

    private static final class Clock implements SteppedClock {

        private final Random random = new Random(1);
        private long nanos;

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public long currentMillis() {
            return nanos / 1_000_000;
        }

        @Override
        public void pass(long nanosPassed) {
            nanos += nanosPassed;
        }

        @Override
        public RandomGenerator random() {
            return random;
        }
    }
}
