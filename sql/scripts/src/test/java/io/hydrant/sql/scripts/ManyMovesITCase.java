package io.hydrant.sql.scripts;

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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Questions that join what they ranked, while the ranks change hundreds of times: everything that
 * is taken back was said before, and what is left is what plain Java works out.
 */
class ManyMovesITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final int ROWS = 600;
    private static final Instant BEGIN = Instant.parse("2026-01-01T10:00:00Z");

    @TempDir private Path folder;

    private final Random random = new Random(3);
    private final List<String> lines = new ArrayList<>();

    @Test
    void keepsTrackOfNeighbours() throws Exception {
        Map<String, Integer> totals = new TreeMap<>();
        for (int i = 0; i < ROWS; i++) {
            String player = "player-" + (1 + random.nextInt(12));
            int points = random.nextInt(100) - 40;
            score(i, player, points);
            totals.merge(player, points, Integer::sum);
        }
        List<String> ranked = new ArrayList<>(totals.keySet());
        ranked.sort(
                Comparator.<String>comparingInt(totals::get)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()));
        int mine = ranked.indexOf("player-7");
        List<String> expected = new ArrayList<>();
        for (int i = Math.max(0, mine - 2); i <= Math.min(ranked.size() - 1, mine + 2); i++) {
            expected.add(
                    "go | %d | %s | %d".formatted(i + 1, ranked.get(i), totals.get(ranked.get(i))));
        }

        assertThat(answer("leaderboards/my-rank-and-neighbours", "scores"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void keepsTrackOfRanksThatAreShared() throws Exception {
        Map<String, Integer> ratings = new TreeMap<>();
        for (int i = 0; i < ROWS; i++) {
            String player = "player-" + (1 + random.nextInt(40));
            // Small at first, so that there is much to overtake.
            int points = random.nextInt(1 + i / 20);
            score(i, player, points);
            ratings.merge(player, points, Math::max);
        }
        List<Integer> best =
                ratings.values().stream().distinct().sorted(Comparator.reverseOrder()).toList();
        List<String> expected = new ArrayList<>();
        ratings.forEach(
                (player, rating) -> {
                    int dense = best.indexOf(rating) + 1;
                    if (dense <= 10) {
                        long better = ratings.values().stream().filter(r -> r > rating).count();
                        expected.add(
                                "%d | %d | %s | %d".formatted(better + 1, dense, player, rating));
                    }
                });

        assertThat(answer("leaderboards/top-players-by-rating", "scores"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void keepsTrackOfVotesThatAreCorrected() throws Exception {
        Map<Integer, String> votes = new TreeMap<>();
        for (int i = 0; i < ROWS; i++) {
            int vote = random.nextInt(200);
            String candidate = List.of("ada", "ben", "cleo").get(random.nextInt(3));
            lines.add(
                    ("{\"vote_id\":\"%d\",\"district\":\"n\",\"candidate\":\"%s\","
                                    + "\"cast_at\":\"%s\"}")
                            .formatted(vote, candidate, BEGIN.plusSeconds(i)));
            votes.put(vote, candidate);
        }
        Map<String, Integer> counts = new TreeMap<>();
        votes.values().forEach(candidate -> counts.merge(candidate, 1, Integer::sum));
        List<String> ranked = new ArrayList<>(counts.keySet());
        ranked.sort(Comparator.<String>comparingInt(counts::get).reversed());
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < ranked.size(); i++) {
            int count = counts.get(ranked.get(i));
            expected.add(
                    "n | %d | %s | %d | %s"
                            .formatted(
                                    i + 1,
                                    ranked.get(i),
                                    count,
                                    BigDecimal.valueOf(100.0 * count / votes.size())
                                            .setScale(1, RoundingMode.HALF_UP)));
        }

        assertThat(answer("timeseries/votes-live", "votes"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private void score(int second, String player, int points) {
        lines.add(
                ("{\"player\":\"%s\",\"game\":\"go\",\"region\":\"eu\",\"points\":%d,"
                                + "\"scored\":\"%s\"}")
                        .formatted(player, points, BEGIN.plusSeconds(second)));
    }

    private List<String> answer(String question, String table) throws Exception {
        Path input = Files.write(folder.resolve(table + ".jsonl"), lines);
        return new Question()
                .with(table, input)
                .answer(Question.SCRIPTS.resolve(question + ".sql"));
    }
}
