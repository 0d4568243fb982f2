package io.hydrant.launcher.autoscale;

import io.hydrant.launcher.autoscale.ScalingStep.Resize;
import io.hydrant.launcher.autoscale.ScalingStep.Split;
import io.hydrant.launcher.autoscale.ScalingStep.Stay;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SimulationTest {

    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final double MIB = 1024 * 1024;

    @TempDir private Path folder;

    /** The simulated stream throws at each step that the service would refuse. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noTrafficLeadsBeyondTheLimitsOfTheService(long seed) {
        Random random = new Random(seed);
        int min = 1 + random.nextInt(3);
        int max = min + random.nextInt(20);
        List<TrafficTrace.Point> points = new ArrayList<>();
        double level = 1;
        for (int hour = 0; hour < 40 * 24; hour += 1 + random.nextInt(12)) {
            level = Math.max(0.01, Math.min(200, level * Math.exp(random.nextGaussian())));
            points.add(
                    new TrafficTrace.Point(
                            BEGIN.plus(Duration.ofHours(hour)),
                            new Load(level * MIB, level * 100 * random.nextInt(20)),
                            random.nextInt(4) == 0 ? random.nextDouble() : 0));
        }

        Simulation.Result result =
                new Simulation(new ScalingRules(min, max), 1 + random.nextInt(20))
                        .run(new TrafficTrace(points));

        assertThat(result.mostShards()).isLessThanOrEqualTo(max);
        assertThat(result.events()).isNotEmpty();
        List<Instant> updates =
                result.events().stream()
                        .filter(event -> event.step() instanceof Resize)
                        .map(Simulation.Event::at)
                        .toList();
        for (int i = 10; i < updates.size(); i++) {
            assertThat(Duration.between(updates.get(i - 10), updates.get(i)))
                    .as("eleven calls")
                    .isGreaterThanOrEqualTo(Duration.ofHours(24));
        }
        for (Simulation.Event event : result.events()) {
            assertThat(event.after()).isBetween(Math.min(min, event.before()), max);
        }
    }

    @Test
    void aPeakKeepsItsRoomFor30Days() {
        Simulation.Result result =
                new Simulation(new ScalingRules(1, 100), 4)
                        .run(
                                new TrafficTrace(
                                        List.of(
                                                point(0, 1, 0),
                                                point(24, 6, 0),
                                                point(26, 1, 0),
                                                point(24 * 40, 1, 0))));

        assertThat(result.mostShards()).isEqualTo(12);
        assertThat(result.events().get(0).at()).isEqualTo(BEGIN.plus(Duration.ofHours(24)));
        Simulation.Event down =
                result.events().stream()
                        .filter(event -> event.after() < event.before())
                        .findFirst()
                        .orElseThrow();
        assertThat(down.at()).isAfter(BEGIN.plus(Duration.ofDays(31)));
        assertThat(result.finalShards()).isLessThanOrEqualTo(4);
        assertThat(result.throttledGigabytes())
                .as("for a minute, until the shards were there")
                .isCloseTo(2.0 * 60 / 1024, within(0.01));
    }

    @Test
    void aHotKeyIsSplitOffAndThenLeftAlone() {
        Simulation.Result result =
                new Simulation(new ScalingRules(1, 100), 8)
                        .run(new TrafficTrace(List.of(point(0, 2, 0.5), point(10, 2, 0.5))));

        assertThat(result.events()).anyMatch(event -> event.step() instanceof Stay);
        assertThat(result.events()).noneMatch(event -> event.step() instanceof Resize);
        assertThat(result.events().stream().filter(event -> event.step() instanceof Split).count())
                .isLessThan(5);
    }

    @Test
    void aStepTooFarEndsASimulation() {
        SimulatedStream stream = new SimulatedStream(4);

        assertThatThrownBy(() -> stream.apply(new Resize(9, ""), 10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("more than twice");
        assertThatThrownBy(() -> stream.apply(new Resize(1, ""), 10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("fewer than half");
        assertThatThrownBy(() -> stream.apply(new Resize(8, ""), 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ten times");
    }

    @Test
    void theCommandShowsTheTimelineAndTheCost() throws Exception {
        Path trace =
                Files.writeString(
                        folder.resolve("trace.csv"),
                        "time,bytes_per_second,records_per_second\n"
                                + "2026-11-01T00:00:00Z,100000,1000\n"
                                + "2026-11-01T10:00:00Z,3000000,1000\n"
                                + "2026-11-01T20:00:00Z,100000,1000\n");

        assertThat(run(0, "--simulate", trace.toString(), "--shards", "2"))
                .contains("2026-11-01T10:00:00Z  resize  2 -> 4")
                .contains("2026-11-01T10:01:00Z  resize  4 -> 6")
                .contains("shards     6 at the end, 6 at most")
                .contains("139.9 shard hours 2.10")
                .contains("108,000,000 PUT units of 25 KB 1.51");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time,bytes|begins with 'time,bytes'",
                "time,bytes_per_second,records_per_second;now,1,1|line 2: 'now' is not a time with its offset",
                "time,bytes_per_second,records_per_second;2026-11-01 00:00:00,1,1|line 2: '2026-11-01 00:00:00' is not a time with its offset",
                "time,bytes_per_second,records_per_second;+9999-11-01T00:00:00Z,1,1|is not a time with its offset",
                "time,bytes_per_second,records_per_second;9999-11-01T00:00:00Z,1,1|is not from 1970-01-01T00:00:00Z to 2999-12-31T00:00:00Z",
                "time,bytes_per_second,records_per_second;2026-11-01T00:00:00Z,-1,1|line 2: bytes_per_second is '-1', not a number",
                "time,bytes_per_second,records_per_second;2026-11-01T00:00:00Z,1,Infinity|line 2: records_per_second is 'Infinity', not a number",
                "time,bytes_per_second,records_per_second;2026-11-01T00:00:00Z,1d,1|line 2: bytes_per_second is '1d', not a number",
                "time,bytes_per_second,records_per_second;2026-11-01T00:00:00Z,5 MB,1|line 2: bytes_per_second is '5 MB', not a number",
                "time,bytes_per_second,records_per_second;2026-11-01T00:00:00Z,1e300,1|line 2: bytes_per_second is '1e300', not a number from 0 to 10000000000000",
                "time,bytes_per_second,records_per_second;2026-11-01T00:00:00Z,1000,0|line 2: 1000 bytes a second without records",
                "time,bytes_per_second,records_per_second;2026-11-01T00:00:00Z,1|line 2: '2026-11-01T00:00:00Z,1' has not 3 columns",
                "time,bytes_per_second,records_per_second;2026-11-01T00:00:00Z,1,1|two points in time or more, but has 1",
                "time,bytes_per_second,records_per_second;2026-11-01T01:00:00+01:00,1,1;2026-11-01T00:00:00Z,1,1|2026-11-01T00:00:00Z does not come behind 2026-11-01T00:00:00Z; sort the lines",
                "\uFEFFtime,bytes_per_second,records_per_second;2026-11-01T00:00:00Z,1,1|two points",
                "time,bytes_per_second,records_per_second,hot_key_share;2026-11-01T00:00:00Z,1,1,2|hot_key_share is '2', not from 0 to 1"
            })
    void saysWhatIsWrongWithATrace(String text, String message) throws Exception {
        Path trace = Files.writeString(folder.resolve("trace.csv"), text.replace(';', '\n'));

        assertThat(run(2, "--simulate", trace.toString())).contains(message);
    }

    @Test
    void aTraceIsTextAndNoFolder() throws Exception {
        Path trace = Files.write(folder.resolve("trace.csv"), new byte[] {'t', (byte) 0xe9, '\n'});

        assertThat(run(2, "--simulate", trace.toString())).contains("is not text in UTF-8");
        assertThat(run(2, "--simulate", folder.toString())).contains("is a folder");
    }

    @Test
    void aTraceMayComeFromASpreadsheetOfAnotherTimeZone() throws Exception {
        Path trace =
                Files.writeString(
                        folder.resolve("trace.csv"),
                        "\"Time\", \"Bytes_per_second\" ,Records_per_second\r\n"
                                + "\"2026-11-01T01:00:00+01:00\", \"3000000\" , 1000\r\n"
                                + "2026-11-01T00:30Z,3000000,1000\r\n\r\n");

        assertThat(run(0, "--simulate", trace.toString(), "--shards", "4"))
                .contains("2026-11-01T00:00:00Z  resize  4 -> 6")
                .doesNotContain("note:");
    }

    @Test
    void whatIsFinerThanAMinuteCountsInFull() {
        List<TrafficTrace.Point> points = new ArrayList<>();
        for (int second = 0; second < 3600; second++) {
            // One second of each minute has 20 MiB, which one in the middle would not show.
            points.add(
                    new TrafficTrace.Point(
                            BEGIN.plusSeconds(second),
                            new Load(second % 60 == 7 ? 20 * MIB : 0, second % 60 == 7 ? 100 : 0),
                            0));
        }

        Simulation.Result result =
                new Simulation(new ScalingRules(1, 100), 2).run(new TrafficTrace(points));

        assertThat(result.gigabytes()).isCloseTo(60 * 20 / 1024.0, within(1e-9));
        assertThat(result.throttledGigabytes()).isCloseTo(60 * 18 / 1024.0, within(1e-9));
        assertThat(result.putUnits())
                .as("records of 205 KiB are nine units")
                .isCloseTo(60 * 100 * 9, within(1e-6));
        assertThat(result.events()).as("20 MiB a minute are a third of one a second").isEmpty();
    }

    @Test
    void whatIsLeftOutBetweenTwoChangesIsWhatWouldHaveBeenTheSame() {
        // The same traffic in lines of hours, and in lines of a minute, which leave nothing out.
        List<TrafficTrace.Point> coarseLines = new ArrayList<>();
        List<TrafficTrace.Point> fineLines = new ArrayList<>();
        Instant at = BEGIN;
        for (int i = 0; at.isBefore(BEGIN.plus(Duration.ofDays(34))); i++) {
            Duration length = Duration.ofMinutes(200 + i % 7 * 31L).plusSeconds(i % 3 * 17L);
            Load load = new Load((i % 150 == 8 ? 20.3 : 1.1 + i % 5 * 0.2) * MIB, 0);
            double hot = i % 40 > 36 ? 0.8 : 0;
            coarseLines.add(new TrafficTrace.Point(at, load, hot));
            for (Instant line = at; line.isBefore(at.plus(length)); line = line.plusSeconds(60)) {
                fineLines.add(new TrafficTrace.Point(line, load, hot));
            }
            at = at.plus(length);
        }
        // Both end alike.
        coarseLines.add(new TrafficTrace.Point(at, Load.NONE, 0));
        fineLines.add(new TrafficTrace.Point(at, Load.NONE, 0));

        Simulation.Result coarse =
                new Simulation(new ScalingRules(2, 100), 7).run(new TrafficTrace(coarseLines));
        Simulation.Result fine =
                new Simulation(new ScalingRules(2, 100), 7).run(new TrafficTrace(fineLines));

        assertThat(coarse.events()).isEqualTo(fine.events()).hasSizeGreaterThan(10);
        assertThat(coarse.events()).anyMatch(event -> event.after() < event.before());
        assertThat(coarse.finalShards()).isEqualTo(fine.finalShards());
        assertThat(coarse.gigabytes()).isCloseTo(fine.gigabytes(), within(1e-6));
        assertThat(coarse.throttledGigabytes()).isCloseTo(fine.throttledGigabytes(), within(1e-6));
    }

    @Test
    void yearsWithoutLinesAreSaidAndDoNotCountTwice() throws Exception {
        Path trace =
                Files.writeString(
                        folder.resolve("trace.csv"),
                        "time,bytes_per_second,records_per_second\n"
                                + "2024-11-01T00:00:00Z,100000,100\n"
                                + "2024-11-01T01:00:00Z,100000,100\n"
                                + "2026-11-01T00:00:00Z,200000,200\n");

        assertThat(run(0, "--simulate", trace.toString(), "--shards", "2"))
                .contains(
                        "note: the line of 2024-11-01T01:00:00Z counts until 2026-11-01T00:00:00Z")
                // 17,520 hours, and one more of the last line, of which 24 have two shards.
                .contains("17,545.0 shard hours");
    }

    @ParameterizedTest
    @CsvSource({"0", "201"})
    void shardsToBeginWithAreWithinTheLimits(String shards) throws Exception {
        Path trace =
                Files.writeString(
                        folder.resolve("trace.csv"),
                        "time,bytes_per_second,records_per_second\n"
                                + "2026-11-01T00:00:00Z,1,1\n2026-11-01T01:00:00Z,1,1\n");

        assertThat(run(2, "--simulate", trace.toString(), "--shards", shards))
                .contains("--shards must be from --min-shards to --max-shards, 1 to 200, but is");
        assertThat(
                        run(
                                0,
                                "--simulate",
                                trace.toString(),
                                "--region=eu-west-1",
                                "--max-shards=2",
                                "--price=kinesis.shard-hour=0.5",
                                "--price=kinesis.million-put-units=0.02"))
                .contains("2 at most")
                .contains("4.0 shard hours 2.00");
    }

    @ParameterizedTest
    @CsvSource({
        "--min-shards=3 --max-shards=2 --stream=s, --min-shards not above --max-shards",
        "--max-shards=10001 --stream=s, from 1 to 10000",
        "--once, Give one of --simulate TRACE.CSV and --stream NAME",
        "--stream=s --interval=PT0S, --interval must be a second or more",
        "--stream=s --set=aws.regoin=x, 'aws.regoin' is not an option",
        "--simulate=t --interval=PT1M, --interval means nothing with --simulate",
        "--simulate=t --memory=m, --memory means nothing with --simulate",
        "--simulate=t --once, --once means nothing with --simulate",
        "--simulate=t --set=aws.region=x, --set means nothing with --simulate",
        "--stream=s --shards=4, --shards means nothing without --simulate",
        "--stream=s --price=kinesis.shard-hour=1, --price means nothing without --simulate"
    })
    void saysWhatIsWrongWithItsArguments(String arguments, String message) {
        assertThat(run(2, arguments.split(" ", -1))).contains(message);
    }

    @Test
    void remembersPeaksAndCallsBeyondTheProcess() throws Exception {
        Path file = folder.resolve("memory");
        ScalingMemory memory = ScalingMemory.read(file);
        memory.history().add(BEGIN, new Load(7, 3));
        memory.budget().spent(BEGIN);
        memory.changed(BEGIN.plusSeconds(1));
        memory.write();

        ScalingMemory again = ScalingMemory.read(file);
        assertThat(again.history().peak()).isEqualTo(new Load(7, 3));
        assertThat(again.budget().left(BEGIN)).isEqualTo(9);
        assertThat(again.lastChange()).isEqualTo(BEGIN.plusSeconds(1));

        Files.writeString(file, "nonsense\n");
        assertThatThrownBy(() -> ScalingMemory.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'nonsense'");
    }

    @Test
    void findsTheKeyWithTheMostBytesAmongVeryMany() {
        KeyTally tally = new KeyTally();
        for (int i = 0; i < 50_000; i++) {
            tally.add("key-" + i, 10);
            tally.add("hot", 5);
        }

        assertThat(tally.top()).isEqualTo("hot");
        assertThat(tally.topShare()).isCloseTo(1.0 / 3, within(0.002));
    }

    private static TrafficTrace.Point point(int hour, double mebibytes, double hotKeyShare) {
        return new TrafficTrace.Point(
                BEGIN.plus(Duration.ofHours(hour)), new Load(mebibytes * MIB, 0), hotKeyShare);
    }

    private static String run(int exitCode, String... arguments) {
        StringWriter said = new StringWriter();
        int code =
                new CommandLine(new AutoscaleCommand())
                        .setOut(new PrintWriter(said))
                        .setErr(new PrintWriter(said))
                        .execute(arguments);
        assertThat(code).as(said.toString()).isEqualTo(exitCode);
        return said.toString();
    }
}
