package io.hydrant.kinesis.source.reader;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.FakeStream;
import io.hydrant.kinesis.aggregation.KplAggregator;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.StreamArn;
import io.hydrant.kinesis.stream.StreamException;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ShardScannerTest {

    private static final Instant ALWAYS = Instant.parse("9999-01-01T00:00:00Z");

    private final FakeStream stream = FakeStream.create(1);
    private final List<String> seen = new ArrayList<>();
    private final List<Long> behind = new ArrayList<>();

    @Test
    void readsEverythingUpToTheNewestRecordInOrder() throws Exception {
        for (int i = 0; i < 25; i++) {
            put("r" + i);
        }

        assertThat(scan(ALWAYS, "10")).isEqualTo(25);

        assertThat(seen).hasSize(25).startsWith("r0", "r1").endsWith("r24");
        assertThat(behind).containsExactly(15L, 5L, 0L, 0L);
    }

    @Test
    void readsOnWhenAPageEndsBetweenRecordsOfTheNewestMillisecond() throws Exception {
        stream.stopTime();
        for (int i = 0; i < 5; i++) {
            put("r" + i);
        }

        assertThat(scan(ALWAYS, "2")).isEqualTo(5);
        assertThat(behind).containsOnly(0L);
    }

    @Test
    void readsAnEmptyShardOnce() throws Exception {
        assertThat(scan(ALWAYS, "10")).isZero();
        assertThat(stream.reads(shard().id())).isEqualTo(1);
    }

    @Test
    void readsAClosedShardToItsEnd() throws Exception {
        put("last");
        Shard shard = shard();
        stream.split(shard.id());

        assertThat(scan(ALWAYS, "10")).isEqualTo(1);
        assertThat(stream.wasReadToEnd(shard.id())).isTrue();
    }

    @Test
    void stopsBehindATimeWhenProducersDoNot() throws Exception {
        for (int i = 0; i < 30; i++) {
            put("r" + i);
        }
        Instant until = Instant.ofEpochMilli(stream.now() - 25);

        assertThat(scan(until, "10")).isEqualTo(10);
    }

    @Test
    void takesAggregatesApart() throws Exception {
        KplAggregator aggregator = new KplAggregator(1_000);
        assertThat(aggregator.add("k", null, new byte[] {'a'}, 0, 1)).isTrue();
        assertThat(aggregator.add("k", null, new byte[] {'b'}, 0, 1)).isTrue();
        stream.put("k", aggregator.build().data());

        scan(ALWAYS, "10");

        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    void goesOnWhereItWasAfterThrottlingAndAnExpiredIterator() throws Exception {
        for (int i = 0; i < 4; i++) {
            put("r" + i);
        }
        stream.failNextIterator(FakeStream.throttled());
        stream.failNextRead(FakeStream.throttled());
        new ShardScanner(stream.api(), stream.arn(), config("2"))
                .scan(
                        shard(),
                        ALWAYS,
                        this::saw,
                        (shard, records, millisBehind) -> {
                            if (records == 2) {
                                stream.expireIterators();
                            }
                        });

        assertThat(seen).containsExactly("r0", "r1", "r2", "r3");
    }

    @Test
    void listsShardsAndSaysWhyItCannot() throws Exception {
        List<String> children = stream.split(shard().id());
        ShardScanner scanner = new ShardScanner(stream.api(), stream.arn(), config("10"));
        assertThat(scanner.shards()).extracting(Shard::id).hasSize(3).containsAll(children);

        StreamArn missing = new StreamArn("aws", "us-east-1", "000000000000", "nowhere");
        assertThatThrownBy(new ShardScanner(stream.api(), missing, config("10"))::shards)
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("ListShards on stream " + missing);
    }

    private long scan(Instant until, String perCall) throws InterruptedException {
        return new ShardScanner(stream.api(), stream.arn(), config(perCall))
                .scan(shard(), until, this::saw, (shard, records, b) -> behind.add(b));
    }

    private void put(String text) {
        stream.put("key", text.getBytes(StandardCharsets.UTF_8));
    }

    private void saw(Envelope record) {
        seen.add(new String(record.payloadCopy(), StandardCharsets.UTF_8));
    }

    private Shard shard() {
        return stream.allShards().get(0);
    }

    private static KinesisSourceConfig config(String perCall) {
        return KinesisSourceConfig.from(
                Configuration.fromMap(
                        Map.of(
                                "source.shard.get-records.max-record-count",
                                perCall,
                                "source.shard.get-records.interval",
                                "1 ms")));
    }
}
