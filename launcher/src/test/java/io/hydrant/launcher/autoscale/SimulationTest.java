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
                "time,bytes_per_second,records_per_second;now,1,1|line 2: 'now,1,1' is not a time",
                "time,bytes_per_second,records_per_second;2026-11-01T00:00:00Z,-1,1|line 2",
                "time,bytes_per_second,records_per_second;2026-11-01T00:00:00Z,1,1|two points",
                "\uFEFFtime,bytes_per_second,records_per_second;2026-11-01T00:00:00Z,1,1|two points",
                "time,bytes_per_second,records_per_second,hot_key_share;2026-11-01T00:00:00Z,1,1,2|a share from 0 to 1"
            })
    void saysWhatIsWrongWithATrace(String text, String message) throws Exception {
        Path trace = Files.writeString(folder.resolve("trace.csv"), text.replace(';', '\n'));

        assertThat(run(2, "--simulate", trace.toString())).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "--min-shards=3 --max-shards=2 --stream=s, --min-shards not above --max-shards",
        "--max-shards=10001 --stream=s, from 1 to 10000",
        "--once, Give one of --simulate TRACE.CSV and --stream NAME",
        "--stream=s --interval=PT0S, --interval must be a second or more",
        "--stream=s --set=aws.regoin=x, 'aws.regoin' is not an option"
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
