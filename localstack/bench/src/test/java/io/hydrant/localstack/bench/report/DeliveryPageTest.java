package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.cases.BenchCase;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeliveryPageTest {

    private static final long MILLION = 1_000_000;
    private static final long MIB = 1024 * 1024;

    private final List<CaseResult> results = new ArrayList<>();
    private final List<StateResult> states = new ArrayList<>();
    private FreshnessResult freshness;

    @Test
    void showsWhatACoreDoesBesideTheLimit() {
        add(BenchCase.RAW_GZIP, 4);
        add(BenchCase.MEMORY, 5);

        assertThat(page(MILLION))
                .contains(
                        "| corridor from memory | 5.0 (5.0 to 5.0) | 0.5 | 200,000 | 80 % | 300 | 70 | 8.00 |",
                        "- Target of the corridor from memory: at least 80 % of the codec alone; measured 80 %: met.",
                        "- What limits the corridor from memory: of 5.0 CPU s, 4.0 are the raw limit, 0.5 the JVM's compilers and collectors, 0.5 all else.");
    }

    @Test
    void holdsParquetAgainstItsWriterAlone() {
        add(BenchCase.RAW_GZIP, 1);
        add(BenchCase.RAW_PARQUET, 3);
        add(BenchCase.PARQUET, 5);
        add(BenchCase.FILE_SINK_PARQUET, 6);

        assertThat(page(MILLION))
                .contains(
                        "- Target of the corridor from memory, Parquet: at least 70 % of the Parquet writer alone; measured 60 %: missed.",
                        "- The corridor from memory, Parquet takes 0.83 of the processor time of the Flink FileSink from memory, Parquet.");
    }

    @Test
    void judgesWhatAQueryCosts() {
        add(BenchCase.MEMORY, 5);
        add(BenchCase.PARTITIONED_10, 6);

        assertThat(page(MILLION))
                .contains(
                        "- Target of a plain path in jq: at most 10 % more processor time; measured with 10 partitions 20 %, of which 0 are",
                        ": 20 % for query and partitions: missed.");
    }

    @Test
    void leavesToTheCodecWhatItTakesMoreForLinesOfGroups() {
        add(BenchCase.RAW_GZIP, 4);
        add(BenchCase.RAW_GZIP_10, 4.5);
        add(BenchCase.MEMORY, 5);
        add(BenchCase.PARTITIONED_10, 6);

        assertThat(page(MILLION))
                .contains(
                        "| corridor from memory, 10 partitions by jq | 6.0 (6.0 to 6.0) | 0.5 | 166,667 | 75 % |",
                        "measured with 10 partitions 20 %, of which 10 are",
                        ": 10 % for query and partitions: met.");
    }

    @Test
    void judgesNoProcessorTimeOfAShortRun() {
        add(BenchCase.RAW_GZIP, 4);
        add(BenchCase.MEMORY, 5);

        assertThat(page(MILLION - 1))
                .contains("- No target of processor time is judged: 999,999 records are mostly")
                .doesNotContain("Target of");
    }

    @Test
    void namesTheRivalThatIsFaster() {
        add(BenchCase.MEMORY, 5);
        add(BenchCase.FILE_SINK_MEMORY, 4);

        assertThat(page(MILLION))
                .contains(
                        "- A rival is faster: the corridor from memory takes 1.25 times the processor time of the Flink FileSink from memory.");
    }

    @Test
    void judgesTheCheckpointOfFiftyThousandOpenObjects() {
        states.add(new StateResult(50_000, MILLION, 10 * MIB, 2000, 200 * MIB, 800 * MIB));

        assertThat(page(MILLION))
                .contains(
                        "- Target of a checkpoint with 50,000 open objects: less than 2 s; measured 2.0 s: missed.");
    }

    @Test
    void judgesFreshnessByTheRecordThatOneOfAHundredIsOlderThan() {
        freshness =
                FreshnessResult.of(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        1000,
                        LongStream.rangeClosed(1, 200).map(i -> i * 100).toArray());

        assertThat(page(MILLION))
                .contains(
                        "| 10 | 10 | 1,000 | 200 | 10.0 | 19.8 | 20.0 |",
                        "- Target of freshness: 99 of 100 records within 21 s (both intervals and a second); measured 19.8 s: met.");
    }

    @Test
    void knowsNoFreshnessWhereNothingBecameVisible() {
        assertThatThrownBy(
                        () ->
                                FreshnessResult.of(
                                        Duration.ofSeconds(10),
                                        Duration.ofSeconds(10),
                                        1000,
                                        new long[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No record became visible");
    }

    private void add(BenchCase one, double cpuSeconds) {
        results.add(
                new CaseResult(
                        one,
                        MILLION,
                        MILLION / 2,
                        cpuSeconds / 2,
                        2,
                        0.25,
                        800 * MIB,
                        300 * MIB,
                        70,
                        800,
                        100));
    }

    private String page(long records) {
        Machine machine = new Machine("a processor", 2, 24L * 1024 * MIB, "Java", "Linux", 0.1);
        BenchSetup setup = new BenchSetup(machine, Instant.EPOCH, records, 3, 2, 4, "-Xmx640m");
        return new DeliveryPage(setup, new ResultTables(results, states), freshness).markdown();
    }
}
