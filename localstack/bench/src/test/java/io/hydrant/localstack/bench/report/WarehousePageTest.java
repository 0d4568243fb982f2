package io.hydrant.localstack.bench.report;

import io.hydrant.localstack.bench.warehouse.CommitFigures;
import io.hydrant.localstack.bench.warehouse.HourFigures;
import io.hydrant.localstack.bench.warehouse.LoadFigures;
import io.hydrant.localstack.bench.warehouse.WarehouseCase;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class WarehousePageTest {

    private static final long MILLION = 1_000_000;

    private final WarehouseResults results = new WarehouseResults();

    @Test
    void holdsOurSinkAgainstIcebergs() throws Exception {
        addTables(MILLION, 11, 10);

        assertThat(page())
                .contains(
                        "| Hydrant's sink for Iceberg | 11.00 (11.00 to 11.00) | 1.00 | 90,909 |",
                        "takes 1.10 times the processor time of Iceberg's own behind Flink's JSON; target at most 1.05: missed.",
                        "A rival is faster: Iceberg's own sink, by 10 %.");
    }

    @Test
    void saysSoWhereOursTakesLess() throws Exception {
        addTables(MILLION, 9, 10);

        assertThat(page()).contains("target at most 1.05: met.").doesNotContain("A rival is");
    }

    @Test
    void judgesNoShortRun() throws Exception {
        addTables(MILLION - 1, 20, 10);
        results.add(new LoadFigures(100, 1, 10, 1, 2, 0.5, 1));

        assertThat(page())
                .contains("No target is judged: 999,999 rows", "50 % of the rows/s per core")
                .doesNotContain("missed", " met");
    }

    @Test
    void saysWhatShareOfBytesIsInLargeFiles() throws Exception {
        long gib = 1L << 30;
        results.set(new HourFigures(360, 720, 4 * gib, 0, 10 * gib, 20, 4 * gib, 3 * gib));

        assertThat(page())
                .contains(
                        "| as 360 commits left them | 720 | 4.00 | 0 % |",
                        "| compacted every five minutes | 20 | 4.00 | 75 % |",
                        "0 % of the bytes in files of 128 MiB and more as committed, 75 % once compacted; the compaction writes each byte 2.5 times more.");
    }

    @Test
    void holdsALoadAgainstTheBareCopy() throws Exception {
        results.add(new LoadFigures(MILLION, 12, 50_000_000, 10.5, 20, 10, 18));

        assertThat(page())
                .contains(
                        "1,000,000 rows in 12 staged files, 50.0 MB of GZIP",
                        "| the load of the sink | 10.50 (10.50 to 10.50) | 20.00 (20.00 to 20.00) | 50,000 | 95,238 |",
                        "A load reaches 90 % of the rows/s per core of the bare COPY; target at least 80 %: met.",
                        "what the load does besides took 2.00 CPU s here");
    }

    @Test
    void holdsAgesAgainstTheIntervalAndTwoSeconds() throws Exception {
        results.add(
                WarehouseCase.REDSHIFT_COMMITS,
                new CommitFigures.All(
                        List.of(
                                new CommitFigures(5, 1000, 10, 2, 720, 3, 6.5, 7),
                                new CommitFigures(60, 1000, 10, 4, 60, 32, 62.5, 63))));

        assertThat(page())
                .contains(
                        "rows arrive evenly, 1,000 a second",
                        "| Redshift | 5 | 10 | 720 | 2.0 | 3.00 | 6.50 | 7.00 |",
                        "Into Redshift with a commit every 5 s: 99 of 100 rows within 6.50 s; target at most 7 s: met.",
                        "Into Redshift with a commit every 60 s: 99 of 100 rows within 62.50 s; target at most 62 s: missed.");
    }

    private void addTables(long rows, double ours, double own) {
        results.add(new TableLoad(WarehouseCase.ICEBERG, rows, ours * rows / 1e6, rows / 1e6, 1));
        results.add(
                new TableLoad(WarehouseCase.ICEBERG_OWN, rows, own * rows / 1e6, rows / 1e6, 1));
    }

    private String page() throws IOException {
        return new WarehousePage(Machine.now(), Instant.EPOCH, "-Xmx1g", 2, results).markdown();
    }
}
