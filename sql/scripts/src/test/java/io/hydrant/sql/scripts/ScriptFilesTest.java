package io.hydrant.sql.scripts;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be said of the files without running them. */
class ScriptFilesTest {

    @Test
    void beginWithTheQuestion() throws IOException {
        for (Path question : questions()) {
            assertThat(Files.readAllLines(question).get(0))
                    .as("first line of %s", question)
                    .startsWith("-- ")
                    .endsWith("?");
        }
    }

    @Test
    void haveAnAnswerWorkedOutByHand() throws IOException {
        for (Path question : questions()) {
            Path golden =
                    Question.SCRIPTS.resolve("src/test/resources/golden").resolve(name(question));
            assertThat(golden.resolve("expected.txt")).as(question.toString()).isNotEmptyFile();
        }
    }

    @Test
    void nameEveryTableOnceForEachPlaceThatItComesFrom() throws IOException {
        assertThat(names("tables/generated")).isEqualTo(names("tables/kinesis")).hasSize(6);
    }

    static List<Path> questions() throws IOException {
        try (Stream<Path> leaderboards = Files.list(Question.SCRIPTS.resolve("leaderboards"));
                Stream<Path> timeSeries = Files.list(Question.SCRIPTS.resolve("timeseries"))) {
            return Stream.concat(leaderboards, timeSeries).sorted().toList();
        }
    }

    static List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Question.SCRIPTS.resolve(folder))) {
            return files.map(file -> file.getFileName().toString().replace(".sql", ""))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path question) {
        return Question.SCRIPTS.relativize(question).toString().replace(".sql", "");
    }
}
