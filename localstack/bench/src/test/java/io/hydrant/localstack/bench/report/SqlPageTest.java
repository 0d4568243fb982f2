package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.sql.SqlCase;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SqlPageTest {

    private static final long MILLION = 1_000_000;

    private final List<SqlResult> results = new ArrayList<>();
    private LatencyResult latency;

    @Test
    void holdsAQuestionAgainstTheSameOverTheGenerator() throws Exception {
        add(SqlCase.DATAGEN, 2);
        add(SqlCase.KINESIS, 10);
        add(SqlCase.DATAGEN_TOP_COLUMNS, 1);
        add(SqlCase.KINESIS_TOP_COLUMNS, 1.5);
        add(SqlCase.DATAGEN_TOP, 3);
        add(SqlCase.KINESIS_TOP, 3.5);

        assertThat(page(MILLION))
                .contains(
                        "| three best bids of each auction | Hydrant's Kinesis source | 3.50 (3.50 to 3.50) | 2.00 | 285,714 |",
                        "- Our source takes 5.00 times the processor time of the generator",
                        "takes 3.50 CPU s per million over our source, 3.00 over the generator (2.00 and 2.00 beside them, 1.00 times as much);"
                                + " target at most 1.1 times as much in all, measured 1.17: missed.");
    }

    @Test
    void holdsAFunctionAgainstFlinksOwn() throws Exception {
        add(SqlCase.DATAGEN, 1);
        add(SqlCase.FLOOR, 1.5);
        add(SqlCase.STEP, 1.25);

        assertThat(page(MILLION))
                .contains(
                        "- `STEP(t, INTERVAL '1' MINUTE)` takes 0.25 CPU s per million beside the generator, `FLOOR(t TO MINUTE)` 0.50.");
    }

    @Test
    void holdsAnApplicationAgainstTheSameByHand() throws Exception {
        add(SqlCase.HAND_WINDOW, 4);
        add(SqlCase.KDA_WINDOW, 5);

        assertThat(page(MILLION))
                .contains(
                        "| Kinesis, in KDA's SQL | 5.00 (5.00 to 5.00) | - |",
                        "5.00 CPU s per million, Flink's SQL by hand 4.00; target at most as much, measured 1.25: missed.");
    }

    @Test
    void countsTheRowsThatAForestTakes() throws Exception {
        add(SqlCase.FOREST_ALONE, 5);
        add(SqlCase.FOREST, 6);

        assertThat(page(MILLION))
                .contains(
                        "| a loop | 25.00 (25.00 to 25.00) | - | 40,000 |",
                        "- `RANDOM_CUT_FOREST` takes 1.20 times the processor time of its library in a loop.");
    }

    @Test
    void saysHowOldTheRowsOfALeaderboardAre() throws Exception {
        add(SqlCase.DATAGEN, 1);
        latency = LatencyResult.of("a row", 1000, new long[] {300, 100, 200});

        assertThat(page(MILLION))
                .contains(
                        "- With 1,000 bids a second, a row came 200 ms after the arrival of the bid in the median, 300 ms at p99, 300 ms at the most (3 rows).");
    }

    @Test
    void judgesNothingWithoutWhatItIsHeldAgainst() throws Exception {
        add(SqlCase.KINESIS_TOP, 7);

        assertThat(page(MILLION)).contains("| 7.00 (7.00 to 7.00) | - |").doesNotContain("target");
    }

    @Test
    void judgesNoShortRun() throws Exception {
        add(SqlCase.DATAGEN_TOP_COLUMNS, 1);
        add(SqlCase.KINESIS_TOP_COLUMNS, 1.5);
        add(SqlCase.DATAGEN_TOP, 3);
        add(SqlCase.KINESIS_TOP, 3.5);

        assertThat(page(MILLION - 1))
                .contains("- No target is judged: 999,999 bids")
                .doesNotContain("missed");
    }

    private void add(SqlCase sqlCase, double cpuSecondsPerMillion) {
        results.add(new SqlResult(sqlCase, MILLION, cpuSecondsPerMillion, 10));
    }

    private String page(long records) throws IOException {
        List<SqlResult> scaled =
                results.stream()
                        .map(
                                one ->
                                        new SqlResult(
                                                one.sqlCase(),
                                                records,
                                                one.cpuSeconds() * records / MILLION,
                                                one.wallSeconds()))
                        .toList();
        return new SqlPage(Machine.now(), Instant.EPOCH, "-Xmx1g", 2, scaled, latency).markdown();
    }
}
