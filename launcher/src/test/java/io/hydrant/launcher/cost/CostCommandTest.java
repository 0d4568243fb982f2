package io.hydrant.launcher.cost;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class CostCommandTest {

    private static final PriceTable PRICES = PriceTable.builtIn("us-east-1");
    private static final FirehoseBill PLAIN = new FirehoseBill(false, 0, 0, 0);
    private static final String EXAMPLE_HEAD = "## An example\n";

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"1, 5", "5120, 5", "5121, 10", "3072, 5", "12288, 15"})
    void firehoseRoundsEachRecordUpToFiveKilobytes(long bytes, long kilobytes) {
        Traffic traffic = new Traffic(100, bytes, 1);

        assertThat(PLAIN.lines(traffic, PRICES).get(0).amount())
                .isCloseTo(100 * kilobytes / 1048576.0 * 730 * 3600, within(0.001));
    }

    @Test
    void firehoseHasTiers() {
        // 4,000,000 records of 5 KB a second are 50 million GB a month.
        Traffic traffic = new Traffic(4_000_000, 5120, 1);

        List<CostLine> lines = PLAIN.lines(traffic, PRICES);

        assertThat(lines).extracting(CostLine::amount).startsWith(512_000.0, 1_536_000.0);
        assertThat(lines).extracting(CostLine::price).hasSize(3).doesNotHaveDuplicates();
        assertThat(lines.stream().mapToDouble(CostLine::amount).sum())
                .isCloseTo(traffic.gbPerMonth(), within(0.01));
    }

    @Test
    void firehoseHasAMeterForEachExtra() {
        Traffic traffic = new Traffic(1000, 5120, 1);
        double gb = traffic.gbPerMonth();

        Map<String, Double> amounts =
                new FirehoseBill(true, 3, 2000, 0.5)
                        .lines(traffic, PRICES).stream()
                                .collect(Collectors.toMap(CostLine::price, CostLine::amount));

        assertThat(amounts)
                .containsEntry("firehose.conversion.gb", gb)
                .containsEntry("firehose.vpc.zone-hour", 3 * 730.0)
                .containsEntry("firehose.vpc.gb", gb)
                .containsEntry("firehose.partitioning.gb", gb)
                .containsEntry("firehose.partitioning.thousand-objects", 2 * 730.0)
                .containsEntry("firehose.partitioning.jq-hour", 0.5 * 730)
                .hasSize(7);
    }

    /** The examples of AWS' own pages: 5 KB is one unit, 45 KB are two, 1 MB is forty. */
    @ParameterizedTest
    @CsvSource({"1, 1", "5120, 1", "25600, 1", "25601, 2", "46080, 2", "1024000, 40"})
    void aPutUnitHas25Kilobytes(long bytes, long units) {
        assertThat(KinesisBill.putUnits(bytes)).isEqualTo(units);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 35840, 1, 0, 4",
        "1000, 100, 1, 0, 1",
        "1001, 100, 1, 0, 2",
        "1000, 100, 3, 0, 3",
        "50000, 100, 1, 51200, 5"
    })
    void shardsAreMadeForThePeak(
            double records, long bytes, double peak, long aggregate, long shards) {
        assertThat(new KinesisBill(aggregate).shards(new Traffic(records, bytes, peak)))
                .isEqualTo(shards);
    }

    @Test
    void aggregatesSaveUnits() {
        Traffic traffic = new Traffic(1000, 500, 1);

        double alone = new KinesisBill(0).provisioned(traffic, PRICES).get(1).amount();
        double together = new KinesisBill(51_200).provisioned(traffic, PRICES).get(1).amount();

        assertThat(alone).isCloseTo(2628, within(0.001));
        assertThat(together).isCloseTo(2628.0 / 102 * 2, within(0.001));
    }

    @Test
    void onDemandRoundsUpToOneKilobyte() {
        Traffic traffic = new Traffic(1000, 4608, 1);

        assertThat(new KinesisBill(0).onDemand(traffic, PRICES).get(1).amount())
                .isCloseTo(1000 * 5 / 1048576.0 * 730 * 3600, within(0.001));
    }

    @Test
    void aJobHasVcpusForThePeakAndOneToOrchestrate() {
        FlinkBill bill = new FlinkBill(18, 50_000);

        assertThat(bill.vcpus(new Traffic(1, 1, 1))).isEqualTo(1);
        assertThat(bill.vcpus(new Traffic(100_001, 10, 1))).isEqualTo(3);
        assertThat(bill.vcpus(new Traffic(1000, 20_000, 2))).isEqualTo(3);
        assertThat(bill.managed(new Traffic(1, 1, 1), PRICES).get(0).cost())
                .isCloseTo(2 * 730 * 0.11, within(0.001));
    }

    @Test
    void aPriceOfOnesOwnCountsAndIsNotToBeChecked() throws Exception {
        String before = run(0, "--records-per-second", "10", "--bytes", "100");
        String after =
                run(
                        0,
                        "--records-per-second",
                        "10",
                        "--bytes",
                        "100",
                        "--price",
                        "flink.kpu-hour=1");

        assertThat(before).contains("- flink.kpu-hour (https://aws.amazon.com/");
        assertThat(after).doesNotContain("- flink.kpu-hour").contains("| 1,460.00 |");
    }

    @Test
    void aTableOfOnesOwnHasOtherRegions() throws Exception {
        Path file = folder.resolve("prices.json");
        String table;
        try (var in = PriceTable.class.getResourceAsStream("prices.json")) {
            table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Files.writeString(file, table.replace("us-east-1", "eu-west-1"));

        assertThat(
                        run(
                                0,
                                "--records-per-second",
                                "1",
                                "--bytes",
                                "1",
                                "--region",
                                "eu-west-1",
                                "--prices",
                                file.toString()))
                .contains("eu-west-1, prices of");
    }

    @Test
    void aRegionThatTheTableLacksIsGivenPriceByPrice() {
        List<String> arguments =
                new ArrayList<>(
                        List.of("--records-per-second=1", "--bytes=1", "--region=eu-north-1"));
        for (String name :
                List.of(
                        "firehose.ingested.gb.first-500tb",
                        "kinesis.shard-hour",
                        "kinesis.million-put-units",
                        "kinesis.on-demand.stream-hour",
                        "kinesis.on-demand.in.gb",
                        "kinesis.on-demand.out.gb",
                        "flink.kpu-hour",
                        "flink.storage.gb-month",
                        "machine.vcpu-hour")) {
            arguments.add("--price=" + name + "=0.5");
        }

        assertThat(run(0, arguments.toArray(String[]::new)))
                .contains("eu-north-1, prices of")
                .contains("| 730.00 | 0.5 `kinesis.shard-hour` | 365.00 |")
                .doesNotContain("To be checked");
    }

    @Test
    void recordsThatFirehoseDoesNotTakeAreSaid() {
        assertThat(run(0, "--records-per-second=0.5", "--bytes=1024000"))
                .startsWith("0.5 records a second")
                .doesNotContain("takes no records");
        assertThat(run(0, "--records-per-second=1", "--bytes=1024001"))
                .contains("Firehose takes no records of more than 1,024,000 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "--records-per-second=0 --bytes=1, --records-per-second must be more than 0",
        "--records-per-second=1 --bytes=-1, --bytes must be more than 0",
        "--records-per-second=1 --bytes=1 --peak=0.5, --peak must be from 1",
        "--records-per-second=1e300 --bytes=1, --records-per-second must be up to",
        "--records-per-second=1 --bytes=1 --partition-objects=1e300, The bill of Firehose would be more than",
        "--records-per-second=1e12 --bytes=1 --vcpu-records=1e-300, would be more than",
        "--records-per-second=1 --bytes=1 --price=flink.kpu-hour=-1, --price flink.kpu-hour: A price must be a number from 0",
        "--records-per-second=1 --bytes=1 --prices=src, --prices is src",
        "--records-per-second=1 --bytes=1 --region=mars, has no region 'mars'",
        "--records-per-second=1 --bytes=1 --price=kinesis.shardhour=1, 'kinesis.shardhour' is no price",
        "--records-per-second=1 --bytes=1 --vpc-zones=-1, must not be negative",
        "--records-per-second=1 --bytes=9223372036854775807, --bytes must be up to 10485760",
        "--records-per-second=1 --bytes=1 --aggregate=10485761, --aggregate must be from 0 to 10485760",
        "--records-per-second=1 --bytes=1 --peak=Infinity, --peak must be from 1",
        "--records-per-second=1 --bytes=1 --vcpu-records=Infinity, must be more than 0",
        "--records-per-second=1 --bytes=1 --jq-hours=1, give --partition-objects",
        "--records-per-second=1 --bytes=1 --region=mars --price=flink.kpu-hour=1, There is no price firehose.ingested.gb.first-500tb for mars; give it with --price"
    })
    void whatMakesNoSenseIsSaid(String arguments, String message) {
        assertThat(run(2, arguments.split(" ", -1))).contains(message);
    }

    /** {@code -Dhydrant.docs.write=true} writes the example anew. */
    @Test
    void thePageShowsWhatTheCommandSays() throws IOException {
        Path page = Path.of("..", "docs", "cost.md");
        String text = Files.readString(page);
        String before = text.substring(0, text.indexOf(EXAMPLE_HEAD) + EXAMPLE_HEAD.length());
        String expected =
                before
                        + "\n    ./hydrant cost --records-per-second 5000 --bytes 300 --convert --aggregate 51200\n\n"
                        + run(
                                0,
                                "--records-per-second",
                                "5000",
                                "--bytes",
                                "300",
                                "--convert",
                                "--aggregate",
                                "51200");
        if (Boolean.getBoolean("hydrant.docs.write")) {
            Files.writeString(page, expected);
        }

        assertThat(Files.readString(page)).isEqualTo(expected);
    }

    private static String run(int exitCode, String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine command =
                new CommandLine(new CostCommand())
                        .setOut(new PrintWriter(said))
                        .setErr(new PrintWriter(said));
        int code = command.execute(arguments);
        assertThat(code).as(said.toString()).isEqualTo(exitCode);
        return said.toString();
    }
}
