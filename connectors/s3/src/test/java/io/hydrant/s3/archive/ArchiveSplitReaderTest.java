package io.hydrant.s3.archive;

import io.hydrant.core.record.Envelope;
import io.hydrant.core.record.RecordIdentity;
import io.hydrant.core.retry.RetryClock;
import io.hydrant.s3.read.DeliveredObjects;
import io.hydrant.s3.store.MemoryStore;
import io.hydrant.s3.store.S3Calls;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ArchiveSplitReaderTest {

    private final MemoryStore store = new MemoryStore("lake");
    private final Counter unreadable = new SimpleCounter();

    @Test
    void givesEachRecordThePlaceWhereItStands() throws Exception {
        put("raw/a", "x\ny\n");

        List<Envelope> records = read(config(), new ArchiveSplit("raw/a", 77, 0));

        assertThat(records)
                .extracting(Envelope::identity)
                .containsExactly(
                        new RecordIdentity("s3://lake", "raw/a", "1", 0),
                        new RecordIdentity("s3://lake", "raw/a", "2", 0));
        assertThat(records).extracting(Envelope::arrivalMillis).containsOnly(77L);
    }

    @Test
    void goesOnWhereACheckpointFoundIt() throws Exception {
        String lines =
                IntStream.range(0, 1_200)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining("\n"));
        put("raw/a", lines);

        List<Envelope> rest = read(config(), new ArchiveSplit("raw/a", 0, 700));

        assertThat(rest).hasSize(500);
        assertThat(rest.get(0).sequence()).isEqualTo("701");
        assertThat(new String(rest.get(0).payloadCopy(), StandardCharsets.UTF_8)).isEqualTo("700");
        assertThat(read(config(), new ArchiveSplit("raw/a", 0, 1_200))).isEmpty();
    }

    @Test
    void leavesTheRestOfADamagedObjectOutWhereItIsTold() throws Exception {
        put("raw/a", "1\n1234567\n3\n");
        put("raw/b", "4\n");
        ArchiveSplit[] both = {new ArchiveSplit("raw/a", 0, 0), new ArchiveSplit("raw/b", 0, 0)};

        assertThatThrownBy(() -> read(config("archive.max-record-size", "6 b"), both))
                .isInstanceOf(UnreadableArchiveException.class)
                .hasMessageContaining("s3://lake/raw/a cannot be read behind its record 1")
                .hasMessageContaining("set archive.unreadable to SKIP");

        assertThat(
                        read(
                                config(
                                        "archive.max-record-size", "6 b",
                                        "archive.unreadable", "SKIP"),
                                both))
                .extracting(Envelope::sequence)
                .containsExactly("1", "1");
        assertThat(unreadable.getCount()).isEqualTo(1);
    }

    @Test
    void keepsItsStateInVersionOne() throws Exception {
        ArchiveSplit split = new ArchiveSplit("raw/a", 77, 3);
        ArchiveSplitSerializer splits = new ArchiveSplitSerializer();
        byte[] bytes = HexFormat.of().parseHex("00057261772f61000000000000004d0000000000000003");
        assertThat(splits.serialize(split)).isEqualTo(bytes);
        assertThat(splits.deserialize(1, bytes)).isEqualTo(split);

        ArchiveEnumeratorState state = new ArchiveEnumeratorState(List.of(split), "raw/b", true);
        ArchiveEnumeratorState.Serializer states = new ArchiveEnumeratorState.Serializer();
        byte[] stateBytes =
                HexFormat.of()
                        .parseHex(
                                "0100057261772f620100000001"
                                        + "00057261772f61000000000000004d0000000000000003");
        assertThat(states.serialize(state)).isEqualTo(stateBytes);
        assertThat(states.deserialize(1, stateBytes)).isEqualTo(state);
        assertThatThrownBy(() -> splits.deserialize(2, bytes))
                .hasMessageContaining("of version 2 cannot be read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "archive.location | lake/raw     | archive.location is 'lake/raw'; it must look like s3://",
                "archive.location | s3://L/x     | archive.location is 's3://L/x'; it must look like s3://",
                "archive.max-record-size | 0 b   | archive.max-record-size is 0 bytes; it must be from 1 to",
                "archive.max-record-size | 2 gb  | archive.max-record-size is 2147483648 bytes; it must be",
            })
    void refusesWhatCannotBeRead(String key, String value, String problem) {
        assertThatThrownBy(() -> config(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(problem);
    }

    @Test
    void readsLinesOrJsonOfTenMebibytesUnlessItIsTold() {
        assertThat(config())
                .isEqualTo(
                        new ArchiveConfig(
                                "lake",
                                "raw/",
                                ArchiveFormat.AUTO,
                                10 * 1024 * 1024,
                                UnreadableObjects.FAIL,
                                ZoneOffset.UTC));
        assertThat(ArchiveConfig.from(new Configuration(), ZoneOffset.UTC)).isNull();
    }

    private static ArchiveConfig config(String... keysAndValues) {
        Configuration options = Configuration.fromMap(Map.of("archive.location", "s3://lake/raw/"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.setString(keysAndValues[i], keysAndValues[i + 1]);
        }
        return ArchiveConfig.from(options, ZoneOffset.UTC);
    }

    private void put(String key, String content) {
        store.putIfAbsent("lake", key, "id", content.getBytes(StandardCharsets.UTF_8));
    }

    private List<Envelope> read(ArchiveConfig config, ArchiveSplit... splits) throws Exception {
        List<Envelope> found = new ArrayList<>();
        int finished = 0;
        try (ArchiveSplitReader reader =
                new ArchiveSplitReader(
                        config,
                        store,
                        new DeliveredObjects(
                                store,
                                new S3Calls(Duration.ofMillis(1), RetryClock.SYSTEM),
                                config.bucket()),
                        unreadable)) {
            reader.handleSplitsChanges(new SplitsAddition<>(List.of(splits)));
            while (finished < splits.length) {
                RecordsWithSplitIds<Envelope> batch = reader.fetch();
                while (batch.nextSplit() != null) {
                    for (Envelope record = batch.nextRecordFromSplit();
                            record != null;
                            record = batch.nextRecordFromSplit()) {
                        found.add(record);
                    }
                }
                finished += batch.finishedSplits().size();
            }
        }
        return found;
    }
}
