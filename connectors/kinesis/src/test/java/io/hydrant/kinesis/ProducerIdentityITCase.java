package io.hydrant.kinesis;

import io.hydrant.core.record.Envelope;
import io.hydrant.kinesis.aggregation.ProducerStamp;
import io.hydrant.kinesis.sink.ElementIdentity;
import io.hydrant.kinesis.sink.KinesisSink;
import io.hydrant.kinesis.sink.KinesisSinkConfig;
import io.hydrant.kinesis.sink.PutApi;
import io.hydrant.kinesis.sink.PutEntry;
import io.hydrant.kinesis.sink.PutResult;
import io.hydrant.kinesis.source.KinesisSource;
import io.hydrant.kinesis.source.KinesisSourceConfig;
import io.hydrant.kinesis.stream.HashKey;
import io.hydrant.kinesis.stream.Shard;
import io.hydrant.kinesis.stream.StreamArn;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A sink that stamps records, and a source that leaves the copies out. */
@Timeout(120)
class ProducerIdentityITCase {

    private static final int RECORDS = 1_000;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static LosingPuts puts;

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void readsEveryRecordOnceThoughAnswersWereLost(String aggregated) throws Exception {
        FakeStream stream = FakeStream.create(3);
        puts = new LosingPuts(stream);
        write(stream, aggregated, RECORDS, null);
        assertThat(puts.taken).as("copies are in the stream").isGreaterThan(puts.needed());

        assertReadOnce(stream);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void readsEveryRecordOnceThoughAJobMadeItAgain(String aggregated) throws Exception {
        FakeStream stream = FakeStream.create(3);
        puts = new LosingPuts(stream);
        ElementIdentity<String> identity =
                record -> new ProducerStamp("input", Long.parseLong(record.substring(7)));
        write(stream, aggregated, RECORDS / 2, identity);

        write(stream, aggregated, RECORDS, identity);

        assertReadOnce(stream);
    }

    private static void assertReadOnce(FakeStream stream) throws Exception {
        Configuration options =
                Configuration.fromMap(
                        Map.of(
                                "source.init.position", "TRIM_HORIZON",
                                "source.deduplication.enabled", "true",
                                "source.shard.get-records.interval", "1 ms"));
        KinesisSource source =
                KinesisSource.of(stream.arn(), KinesisSourceConfig.from(options), stream.factory());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        List<String> read =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                        .uid("source")
                        .map(record -> new String(record.payloadCopy(), StandardCharsets.UTF_8))
                        .returns(Types.STRING)
                        .executeAndCollect(RECORDS);

        assertThat(read)
                .as("a copy would stand in another record's place")
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, RECORDS).mapToObj(i -> "record " + i).toList());
    }

    private static void write(
            FakeStream stream, String aggregated, int records, ElementIdentity<String> identity)
            throws Exception {
        Configuration options =
                Configuration.fromMap(
                        Map.of(
                                "sink.producer-identity.enabled", "true",
                                "sink.aggregation.enabled", aggregated,
                                "sink.aggregation.max-count", "7",
                                "sink.batch.max-size", "50",
                                "sink.flush-buffer.timeout", "20 ms",
                                "sink.retry.backoff.initial", "1 ms"));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        KinesisSink.Builder<String> sink =
                KinesisSink.<String>builder().stream(stream.arn())
                        .api(() -> puts)
                        .serializer(new SimpleStringSchema())
                        .partitionKey(record -> record)
                        .config(KinesisSinkConfig.from(options));
        if (identity != null) {
            sink.identity(identity);
        }
        // Who numbers records by their input has one task for each of it.
        env.setParallelism(identity == null ? 2 : 1);
        env.fromSequence(0, records - 1)
                .map(number -> "record " + number)
                .returns(Types.STRING)
                .sinkTo(sink.build())
                .uid("sink");
        env.execute();
    }

    /** Puts into a stream, and loses the answer to every third call. */
    private static final class LosingPuts implements PutApi {

        private final FakeStream stream;
        private int calls;
        private int taken;
        private int lost;

        LosingPuts(FakeStream stream) {
            this.stream = stream;
        }

        synchronized int needed() {
            return taken - lost;
        }

        @Override
        public synchronized List<PutResult> putRecords(StreamArn arn, List<PutEntry> entries) {
            List<PutResult> results = new ArrayList<>();
            for (PutEntry entry : entries) {
                HashKey key =
                        entry.explicitHashKey() == null
                                ? HashKey.ofPartitionKey(entry.partitionKey())
                                : HashKey.parse(entry.explicitHashKey());
                Envelope record = stream.put(entry.partitionKey(), key, entry.data());
                results.add(PutResult.delivered(record.shard(), record.sequence()));
            }
            taken += entries.size();
            if (++calls % 3 == 0) {
                lost += entries.size();
                throw KinesisException.builder().statusCode(500).message("lost").build();
            }
            return results;
        }

        @Override
        public List<Shard> listShards(StreamArn arn) {
            return stream.allShards();
        }

        @Override
        public void close() {
            // Nothing to let go of.
        }
    }
}
