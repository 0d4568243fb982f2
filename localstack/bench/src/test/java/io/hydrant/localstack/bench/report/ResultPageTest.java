package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.cases.BenchCase;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ResultPageTest {

    private static final long MILLION = 1_000_000;
    private static final long MIB = 1024 * 1024;

    private final List<CaseResult> results = new ArrayList<>();
    private final List<StateResult> states = new ArrayList<>();

    @Test
    void showsMedianLeastAndMostBesideTheRawLimit() {
        add(BenchCase.RAW_GZIP, 5, 0, 500);
        add(BenchCase.MEMORY, 9, 2, 800);
        add(BenchCase.MEMORY, 8, 1, 900);
        add(BenchCase.MEMORY, 12, 3, 700);

        assertThat(page(MILLION))
                .contains(
                        "| corridor from memory | 9.0 (8.0 to 12.0) | 2.0 | 1.80 | 500,000 (500,000 to 500,000) | 900 | 8.00 |");
    }

    @Test
    void saysWhichTargetsWereMetAndWhichMissed() {
        add(BenchCase.MEMORY, 10, 2, 1024);
        add(BenchCase.KPL_FAST, 6.1, 2, 1025);

        assertThat(page(MILLION))
                .contains(
                        "- Target of the corridor from memory: at most 10 CPU s per million; measured 10.0: met. Resident at most 1024 MB; measured 1024: met.",
                        "- Target of the corridor from Kinesis, KPL, `fast`: at most 6 CPU s per million; measured 6.1: missed. Resident at most 1024 MB; measured 1025: missed.");
    }

    @Test
    void judgesNoShortRun() {
        add(BenchCase.MEMORY, 10, 2, 800);

        assertThat(page(MILLION - 1))
                .contains("- No target is judged: 999,999 records are mostly the warm-up")
                .doesNotContain("Target of");
    }

    @Test
    void namesTheRivalThatIsFaster() {
        add(BenchCase.BARE_LOOP, 8, 1, 300);
        add(BenchCase.FILE_SINK, 20, 4, 300);
        add(BenchCase.KINESIS, 10, 1, 300);

        assertThat(page(MILLION))
                .contains(
                        "- A rival is faster: the corridor from Kinesis, plain records takes 1.25 times the processor time of the bare SDK loop",
                        "- The corridor from Kinesis, plain records takes 0.50 of the processor time of the Flink FileSink");
    }

    @Test
    void saysWhatLimits() {
        add(BenchCase.RAW_GZIP, 5, 0, 500);
        add(BenchCase.KPL, 10, 2, 800);

        assertThat(page(MILLION))
                .contains(
                        "- What limits the corridor from Kinesis, KPL: of 10.0 CPU s, 5.0 are the raw limit, 2.0 the JVM's compilers and collectors, 3.0 all else.");
    }

    @Test
    void showsWhatOpenObjectsCost() {
        states.add(new StateResult(100, 20_000, 10 * MIB, 700, 200 * MIB, 800 * MIB));

        assertThat(page(MILLION)).contains("| 100 | 20,000 | 10.0 | 102.4 | 700 | 200 | 800 |");
    }

    @Test
    void knowsNoResidentSetWhereTheSystemDoesNotTell() {
        results.add(new CaseResult(BenchCase.KPL, MILLION, MILLION, 10, 2, 0, -1, -1, 1, 8, 1));

        assertThat(page(MILLION)).contains("| unknown |", "Its resident set is not known here.");
    }

    private void add(BenchCase one, double cpuSeconds, double jvmSeconds, long residentMib) {
        results.add(
                new CaseResult(
                        one,
                        MILLION,
                        MILLION,
                        cpuSeconds,
                        2,
                        jvmSeconds,
                        residentMib * MIB,
                        -1,
                        70,
                        800,
                        100));
    }

    private String page(long records) {
        Machine machine = new Machine("a processor", 2, 24L * 1024 * MIB, "Java", "Linux", 0.1);
        BenchSetup setup = new BenchSetup(machine, Instant.EPOCH, records, 3, 2, 4, "-Xmx640m");
        return new ResultPage(setup, new ResultTables(results, states)).markdown();
    }
}
