package io.hydrant.sql.scripts;

import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each question over a few rows written by hand, with the answer worked out by hand: the same
 * whether the rows come in order or as late as their watermark allows.
 *
 * <p>A folder {@code golden/leaderboards/top-players-by-total} has the rows of {@code scores} in
 * {@code scores.jsonl}, and the answer in {@code expected.txt}, where lines that begin with {@code
 * #} say why it is that.
 */
class GoldenQuestionsITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final String ROWS = ".jsonl";
    private static final long SEED = 1;

    @TempDir private Path folder;

    @TestFactory
    Stream<DynamicTest> answersAreThoseWorkedOutByHand() throws IOException {
        return folders(GOLDEN)
                .flatMap(room -> folders(room))
                .map(
                        golden ->
                                DynamicTest.dynamicTest(
                                        GOLDEN.relativize(golden).toString(), () -> check(golden)));
    }

    private void check(Path golden) throws Exception {
        Path script = Question.SCRIPTS.resolve(GOLDEN.relativize(golden) + ".sql");
        List<String> expected =
                Files.readAllLines(golden.resolve("expected.txt")).stream()
                        .filter(line -> !line.startsWith("#"))
                        .sorted()
                        .toList();
        assertThat(answer(golden, script, -1)).as("in order").isEqualTo(expected);
        assertThat(answer(golden, script, SEED)).as("shuffled").isEqualTo(expected);
    }

    private List<String> answer(Path golden, Path script, long seed) throws Exception {
        Question question = new Question();
        try (Stream<Path> files = Files.list(golden)) {
            for (Path rows : files.filter(file -> file.toString().endsWith(ROWS)).toList()) {
                String table = rows.getFileName().toString().replace(ROWS, "");
                List<String> lines = Files.readAllLines(rows);
                List<String> arrivals =
                        seed < 0
                                ? Arrivals.inOrder(table, lines)
                                : Arrivals.shuffled(table, lines, seed);
                Path input = Files.createTempFile(folder, table, ROWS);
                question.with(table, Files.write(input, arrivals));
            }
        }
        return question.answer(script).stream().sorted().toList();
    }

    private static Stream<Path> folders(Path parent) {
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> files = Files.list(parent)) {
            files.filter(Files::isDirectory).sorted().forEach(folders::add);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return folders.stream();
    }
}
