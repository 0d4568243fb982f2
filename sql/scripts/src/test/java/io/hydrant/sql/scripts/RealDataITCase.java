package io.hydrant.sql.scripts;

import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.data.Datasets;
import io.hydrant.localstack.harness.data.Flight;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Questions over real data, beside the same worked out in plain Java. */
class RealDataITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 7;

    private final Datasets datasets = Datasets.ofUser(Progress.onStandardError());

    @TempDir private Path folder;

    @Test
    void makesTheTablesOfFiveFootballLeagues() throws Exception {
        List<String> lines = new ArrayList<>();
        Map<String, Map<String, Club>> leagues = new TreeMap<>();
        for (JsonNode match : JSON.readTree(Files.readString(datasets.footballResults()))) {
            lines.add(match.toString());
            if (match.get("home_score").isNull()) {
                continue;
            }
            LocalDate date = LocalDate.parse(match.get("date").asText());
            int season = date.minusMonths(6).getYear();
            Map<String, Club> league =
                    leagues.computeIfAbsent(
                            season + " | " + match.get("division").asText(),
                            key -> new TreeMap<>());
            int home = match.get("home_score").asInt();
            int away = match.get("away_score").asInt();
            league.computeIfAbsent(match.get("home_team").asText(), Club::new).add(home, away);
            league.computeIfAbsent(match.get("away_team").asText(), Club::new).add(away, home);
        }
        List<String> expected = new ArrayList<>();
        leagues.forEach(
                (league, clubs) -> {
                    List<Club> table = new ArrayList<>(clubs.values());
                    table.sort(Club.BEST_FIRST);
                    for (int i = 0; i < Math.min(30, table.size()); i++) {
                        expected.add(league + " | " + (i + 1) + " | " + table.get(i).line());
                    }
                });

        assertThat(lines).hasSize(6508);
        assertSame("leaderboards/football-league-table", "match_results", lines, expected);
    }

    @Test
    void countsTheEarthquakesOfAWeekWhateverOrderTheirRevisionsComeIn() throws Exception {
        List<String> lines = new ArrayList<>();
        Map<LocalDate, List<Double>> days = new TreeMap<>();
        for (JsonNode quake :
                JSON.readTree(Files.readString(datasets.earthquakes())).get("features")) {
            lines.add(quake.toString());
            JsonNode properties = quake.get("properties");
            days.computeIfAbsent(
                            Instant.ofEpochMilli(properties.get("time").asLong())
                                    .atZone(ZoneOffset.UTC)
                                    .toLocalDate(),
                            key -> new ArrayList<>())
                    .add(properties.get("mag").asDouble());
            // What a seismograph may have said at first: an hour later, and stronger.
            lines.add(
                    ("{\"id\":\"%s\",\"properties\":{\"mag\":9.9,\"place\":\"\",\"time\":%d,"
                                    + "\"updated\":%d,\"status\":\"automatic\"}}")
                            .formatted(
                                    quake.get("id").asText(),
                                    properties.get("time").asLong() + 3_600_000,
                                    properties.get("updated").asLong() - 60_000));
        }
        List<String> expected = new ArrayList<>();
        days.forEach(
                (day, magnitudes) ->
                        expected.add(
                                "%s | %d | %d | %s"
                                        .formatted(
                                                day,
                                                magnitudes.size(),
                                                magnitudes.stream().filter(m -> m >= 4.5).count(),
                                                magnitudes.stream()
                                                        .max(Double::compare)
                                                        .orElseThrow())));

        assertThat(lines).hasSize(2 * 1707);
        assertSame("timeseries/earthquakes-revised", "quakes", lines, expected);
    }

    @Test
    void ranksTheAirportsOfAMonthAndCountsItsDepartures() throws Exception {
        List<String> lines = new ArrayList<>();
        Map<LocalDateTime, Map<String, Integer>> arrivals = new TreeMap<>();
        Map<String, Mean> departures = new TreeMap<>();
        try (Stream<Flight> flights = datasets.flights().stream(Month.JANUARY)) {
            for (Flight flight : (Iterable<Flight>) flights::iterator) {
                lines.add(flight.toString());
                JsonNode row = JSON.readTree(flight.json());
                LocalDateTime time = LocalDateTime.ofInstant(flight.eventTime(), ZoneOffset.UTC);
                Mean hour =
                        departures.computeIfAbsent(
                                time.truncatedTo(ChronoUnit.HOURS)
                                        + " | "
                                        + row.get("origin").asText(),
                                key -> new Mean());
                hour.add(row.get("dep_delay"));
                if (!row.get("dep_delay").isNull()) {
                    arrivals.computeIfAbsent(
                                    time.truncatedTo(ChronoUnit.DAYS), key -> new TreeMap<>())
                            .merge(row.get("dest").asText(), 1, Integer::sum);
                }
            }
        }
        List<String> busiest = new ArrayList<>();
        arrivals.forEach(
                (day, airports) -> {
                    List<Map.Entry<String, Integer>> ranked = new ArrayList<>(airports.entrySet());
                    // Stable, and by name to begin with.
                    ranked.sort(Map.Entry.<String, Integer>comparingByValue().reversed());
                    for (int i = 0; i < 3; i++) {
                        busiest.add(
                                "%s | %d | %s | %d"
                                        .formatted(
                                                day,
                                                i + 1,
                                                ranked.get(i).getKey(),
                                                ranked.get(i).getValue()));
                    }
                });
        List<String> hours = new ArrayList<>();
        departures.forEach((hour, mean) -> hours.add(hour + " | " + mean.line()));

        assertThat(lines).hasSize(27_004);
        assertSame("leaderboards/busiest-airports", "flights", lines, busiest);
        assertSame("timeseries/departures-per-hour", "flights", lines, hours);
    }

    private void assertSame(
            String question, String table, List<String> lines, List<String> expected)
            throws Exception {
        Path script = Question.SCRIPTS.resolve(question + ".sql");
        List<String> sorted = expected.stream().sorted().toList();
        assertThat(answer(script, table, Arrivals.inOrder(table, lines)))
                .as("in order")
                .isEqualTo(sorted);
        assertThat(answer(script, table, Arrivals.shuffled(table, lines, SEED)))
                .as("shuffled")
                .isEqualTo(sorted);
    }

    private List<String> answer(Path script, String table, List<String> lines) throws Exception {
        Path input = Files.createTempFile(folder, table, ".jsonl");
        return new Question()
                .with(table, Files.write(input, lines)).answer(script).stream().sorted().toList();
    }

    /** A line of a league's table. */
    private static final class Club {

        static final Comparator<Club> BEST_FIRST =
                Comparator.comparingInt(Club::points)
                        .thenComparingInt(club -> club.goals - club.against)
                        .thenComparingInt(club -> club.goals)
                        .reversed()
                        .thenComparing(club -> club.name);

        private final String name;
        private int won;
        private int drawn;
        private int lost;
        private int goals;
        private int against;

        Club(String name) {
            this.name = name;
        }

        void add(int scored, int conceded) {
            goals += scored;
            against += conceded;
            switch (Integer.signum(scored - conceded)) {
                case 1 -> won++;
                case 0 -> drawn++;
                default -> lost++;
            }
        }

        int points() {
            return 3 * won + drawn;
        }

        String line() {
            return "%s | %d | %d | %d | %d | %d | %d | %d"
                    .formatted(
                            name, won + drawn + lost, won, drawn, lost, goals, against, points());
        }
    }

    /** Departures of an hour. */
    private static final class Mean {

        private int departed;
        private int cancelled;
        private long minutes;

        void add(JsonNode delay) {
            if (delay.isNull()) {
                cancelled++;
            } else {
                departed++;
                minutes += delay.asInt();
            }
        }

        String line() {
            Double mean =
                    departed == 0
                            ? null
                            : BigDecimal.valueOf((double) minutes / departed)
                                    .setScale(1, RoundingMode.HALF_UP)
                                    .doubleValue();
            return departed + " | " + cancelled + " | " + mean;
        }
    }
}
