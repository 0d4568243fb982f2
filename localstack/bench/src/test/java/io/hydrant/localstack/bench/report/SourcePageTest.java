package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.stream.Load;
import io.hydrant.localstack.bench.stream.StreamCase;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class SourcePageTest {

    private static final long MILLION = 1_000_000;
    private static final long MIB = 1024 * 1024;

    private final List<StreamResult> results = new ArrayList<>();
    private final List<IdleResult> idle = new ArrayList<>();
    private final List<CpuProfile> profiles = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    @Test
    void showsMedianLeastAndMostBehindTheWarmUpBesideTheSdkLoop() {
        add(StreamCase.READ_SDK, Load.PLAIN_1K, 4, 2, -1);
        add(StreamCase.READ_HYDRANT, Load.PLAIN_1K, 4, 3, 500);
        add(StreamCase.READ_HYDRANT, Load.PLAIN_1K, 4, 5, 900);

        assertThat(page(MILLION))
                .contains(
                        "### Plain records of 1 KB",
                        "| 4 | plain SDK loop, one thread | 4.00 | 1.0 | 1.00 | 3.0 | 250,000 | 250 | - | 300 | 30 | 1,234 | 0.5 |",
                        "| 4 | Hydrant source | 8.00 (6.00 to 10.00) | 1.0 | 2.00 | 5.0 | 250,000 | 250 | 0.7 | 300 | 30 | 1,234 | 0.5 |");
    }

    @Test
    void saysWhichTargetsWereMetAndWhichMissed() {
        add(StreamCase.READ_SDK, Load.PLAIN_300, 1, 2, -1);
        add(StreamCase.READ_HYDRANT, Load.PLAIN_300, 1, 2.4, 1000);
        add(StreamCase.READ_OFFICIAL, Load.PLAIN_300, 1, 4.8, 12_000);
        add(StreamCase.READ_OFFICIAL_LEGACY, Load.PLAIN_300, 1, 2, 3000);

        assertThat(page(MILLION))
                .contains(
                        "| case | × plain SDK loop, one thread (at most 1.2) | × official KinesisStreamsSource (at most 0.5) | × official FlinkKinesisConsumer (at most 0.5) | first record (at most 1 s) |",
                        "| Hydrant source, plain records of 300 B, 1 shard | 1.20: met | 0.50: met | 1.20: missed, the other is faster | 1.00 s: met |");
    }

    @Test
    void knowsNoVerdictWhereTheOtherDidNotRun() {
        add(StreamCase.READ_HYDRANT_SDK, Load.AGGREGATED, 64, 2, 1001);

        assertThat(page(MILLION))
                .contains(
                        "| Hydrant source, SDK decoding, KPL aggregates of 100 records of 300 B, 64 shards | - | - | - | 1.00 s: missed |");
    }

    @Test
    void judgesNoProcessorTimeOfAShortRun() {
        add(StreamCase.READ_SDK, Load.PLAIN_300, 1, 2, -1);
        add(StreamCase.READ_HYDRANT, Load.PLAIN_300, 1, 2, 1000);

        assertThat(page(MILLION - 1))
                .contains(
                        "- No target of processor time is judged: 999,999 records are mostly",
                        "| Hydrant source, plain records of 300 B, 1 shard | - | - | - | 1.00 s: met |");
    }

    @Test
    void showsWhatReadersDoAtTheEndOfAStream() {
        idle.add(new IdleResult(StreamCase.READ_HYDRANT, 64, 2560, 10, 0, 0.1));
        idle.add(new IdleResult(StreamCase.READ_OFFICIAL, 64, 64_000, 10, 60_800, 1.5));

        assertThat(page(MILLION))
                .contains(
                        "| Hydrant source | 64 | 4.0 | 0 | 0.100 |",
                        "| official KinesisStreamsSource | 64 | 100.0 | 60,800 | 1.500 |",
                        "- Hydrant source at the end of a stream: 4.0 calls per second and shard, never more than five in a second.",
                        "100.0 calls per second and shard, 60,800 of them refused as too many.");
    }

    @Test
    void namesTheRivalThatFailed() {
        failures.add("official, 1,000 shards: ended with exit code 3");

        assertThat(page(MILLION)).contains("- official, 1,000 shards: ended with exit code 3");
    }

    @Test
    void showsTheTopOfTheProfile() {
        profiles.add(new CpuProfile(Load.PLAIN_300, Map.of("java.lang", 30L, "io.hydrant", 10L)));

        assertThat(page(MILLION))
                .contains(
                        """
                        | package, plain records of 300 B | share of 40 samples |
                        | --- | --- |
                        | `java.lang` | 75 % |
                        | `io.hydrant` | 25 % |
                        """);
    }

    @Test
    void theSinksPageHoldsBothOfOursAgainstTheSdkAndTheSinkAgainstTheOfficialOne() {
        add(StreamCase.PUT_SDK, Load.PLAIN_300, 4, 2, -1);
        add(StreamCase.PUT_PUTTER, Load.PLAIN_300, 4, 2, -1);
        add(StreamCase.PUT_HYDRANT, Load.PLAIN_300, 4, 4, -1);
        add(StreamCase.PUT_OFFICIAL, Load.PLAIN_300, 4, 8, -1);

        assertThat(new SinkPage(setup(MILLION), new StreamTables(results), failures).markdown())
                .contains(
                        "| Hydrant BatchPutter, plain records of 300 B, 4 shards | 1.00: met | 0.25: met | - |",
                        "| Hydrant sink, plain records of 300 B, 4 shards | 2.00: missed, the other is faster | 0.50: met | - |");
    }

    private void add(
            StreamCase streamCase, Load load, int shards, double cpuSeconds, long firstMillis) {
        results.add(
                new StreamResult(
                        streamCase,
                        load,
                        shards,
                        MILLION,
                        MILLION / 2,
                        cpuSeconds,
                        0.5,
                        2,
                        cpuSeconds + 1,
                        firstMillis,
                        300 * MIB,
                        30 * MIB,
                        1_234,
                        0.5));
    }

    private String page(long records) {
        return new SourcePage(setup(records), new StreamTables(results), idle, profiles, failures)
                .markdown();
    }

    private static StreamSetup setup(long records) {
        Machine machine = new Machine("a processor", 2, 24L * 1024 * MIB, "Java", "Linux", 0.1);
        return new StreamSetup(machine, Instant.EPOCH, records, 2, 1, 2, "-Xmx1g");
    }
}
