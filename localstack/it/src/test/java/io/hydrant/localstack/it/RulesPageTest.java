package io.hydrant.localstack.it;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the table of Firehose's rules in the README of connectors/delivery to the tests there are.
 */
class RulesPageTest {

    private static final String HEAD = "| rule | test |";
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*)?(?:\\.(\\w+))?`");

    @Test
    void everyRuleNamesTestsThatThereAre() throws IOException {
        Map<String, Path> sources = testSources();
        List<String> rows = rows();
        List<String> problems = new ArrayList<>();
        for (String row : rows) {
            String[] cells = row.split("(?<!\\\\)\\|", -1);
            if (cells.length != 4 || cells[1].isBlank() || !TEST.matcher(cells[2]).find()) {
                problems.add("no rule, or no test: " + row);
            } else {
                check(cells[2], sources, problems);
            }
        }

        assertThat(rows).hasSizeGreaterThan(70);
        assertThat(problems).isEmpty();
    }

    private static void check(String tests, Map<String, Path> sources, List<String> problems)
            throws IOException {
        String type = null;
        Matcher test = TEST.matcher(tests);
        while (test.find()) {
            type = test.group(1) == null ? type : test.group(1);
            Path source = type == null ? null : sources.get(type);
            if (source == null) {
                problems.add("no such class: " + test.group());
            } else if (test.group(2) != null
                    && !Files.readString(source).contains("void " + test.group(2) + "(")) {
                problems.add("no such test in " + type + ": " + test.group(2));
            }
        }
    }

    private static List<String> rows() throws IOException {
        List<String> lines =
                Files.readAllLines(ProjectFolder.root().resolve("connectors/delivery/README.md"));
        int head = lines.indexOf(HEAD);
        assertThat(head).as("the table that begins with " + HEAD).isNotNegative();
        return lines.subList(head + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    /** Test classes by name. */
    private static Map<String, Path> testSources() throws IOException {
        try (Stream<Path> files = Files.walk(ProjectFolder.root())) {
            return files.filter(
                            file ->
                                    file.toString()
                                            .matches(".*/src/test/java/.*(Test|ITCase)\\.java"))
                    .collect(
                            Collectors.toMap(
                                    file -> file.getFileName().toString().replace(".java", ""),
                                    file -> file,
                                    (one, other) -> one));
        }
    }
}
