package io.hydrant.launcher.demo;

import io.hydrant.launcher.replay.ReplayPace;
import io.hydrant.launcher.replay.ReplayRecord;
import io.hydrant.launcher.replay.ReplayStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class FlightLogTest {

    private static final int FLIGHTS = 12_345;

    @TempDir private Path folder;

    @Test
    void rotatesInBothWaysAndHasEveryFlightOnALineOfItsOwn() throws Exception {
        List<String> rotations = new ArrayList<>();
        List<ReplayStatus> told = new ArrayList<>();
        FlightLog log = new FlightLog(folder, ReplayPace.AS_FAST_AS_IT_GOES, rotations::add);

        ReplayStatus end =
                log.write(
                        IntStream.range(0, FLIGHTS).mapToObj(FlightLogTest::flight).iterator(),
                        FLIGHTS,
                        told::add);

        assertThat(end.records()).isEqualTo(FLIGHTS);
        assertThat(told).last().isEqualTo(end);
        assertThat(rotations)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("rotated by copy and truncation"),
                        second -> assertThat(second).startsWith("rotated by rename"));
        List<String> lines = new ArrayList<>();
        for (String file : List.of("flights.log.1", "flights.log.2", "flights.log")) {
            lines.addAll(Files.readAllLines(folder.resolve(file)));
        }
        assertThat(lines)
                .containsExactlyElementsOf(
                        IntStream.range(0, FLIGHTS).mapToObj(i -> "flight " + i).toList());
        assertThat(log.pattern()).isEqualTo(folder.resolve("flights.log") + "*");
    }

    private static ReplayRecord flight(int number) {
        return new ReplayRecord(
                Instant.EPOCH, "key", ("flight " + number).getBytes(StandardCharsets.UTF_8));
    }
}
