package io.hydrant.sql.kda.tryout;

import io.hydrant.sql.kda.application.ApplicationDocument;
import io.hydrant.sql.kda.application.KdaApplication;
import io.hydrant.sql.kda.tryout.KdaTest.Outcome;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs every documented example as {@code hydrant kda test} does, but for the cluster. Rows are
 * compared as a multiset, for rows of one ROWTIME come in no order that a page promises; numbers to
 * the seven digits that a REAL has. An example that the file known-gaps lists must still fail, so
 * that the list shrinks.
 */
class ExamplesITCase {

    /** One for all, for starting one takes longer than most of the examples. */
    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("src/test/resources/examples");

    @TestFactory
    Stream<DynamicTest> documentedExamplesGiveTheirRows() throws IOException {
        List<String> gaps = Files.readAllLines(EXAMPLES.resolve("known-gaps"));
        List<Path> folders;
        try (Stream<Path> found = Files.list(EXAMPLES)) {
            folders = found.filter(Files::isDirectory).sorted().toList();
        }
        assertThat(folders).isNotEmpty();
        return folders.stream()
                .map(
                        folder -> {
                            String name = folder.getFileName().toString();
                            boolean gap = gaps.contains(name);
                            return DynamicTest.dynamicTest(name, () -> check(folder, gap));
                        });
    }

    private static void check(Path folder, boolean gap) throws Exception {
        List<Map<String, String>> expected = comparable(expected(folder));
        Outcome outcome = run(folder);
        List<Map<String, String>> rows = named(comparable(outcome.rows()), expected);
        if (gap) {
            assertThat(rows)
                    .as("no gap any more; take it out of known-gaps")
                    .isNotEqualTo(expected);
            return;
        }
        assertThat(outcome.problems()).isEmpty();
        assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(times(outcome.rows())).isSorted();
    }

    private static Outcome run(Path folder) throws Exception {
        KdaApplication application =
                ApplicationDocument.readSchema(
                        folder + "/schema.json", Files.readString(folder.resolve("schema.json")));
        return KdaTest.run(
                StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(1),
                Files.readString(folder.resolve("app.sql")),
                application,
                folder,
                Files.readAllLines(folder.resolve("input.jsonl")),
                "ROWTIME",
                null,
                true);
    }

    private static List<String> expected(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("expected.jsonl")).stream()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static List<Map<String, String>> comparable(List<String> lines) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines) {
            Map<String, String> row = new TreeMap<>();
            for (Map.Entry<String, JsonNode> field : MAPPER.readTree(line).properties()) {
                JsonNode value = field.getValue();
                row.put(
                        field.getKey(),
                        value.isNumber()
                                ? String.valueOf((float) value.doubleValue())
                                : value.toString());
            }
            rows.add(row);
        }
        return rows;
    }

    /**
     * Of a row of the error stream an example names the columns that a page says something about.
     */
    private static List<Map<String, String>> named(
            List<Map<String, String>> rows, List<Map<String, String>> expected) {
        List<Map<String, String>> named = new ArrayList<>();
        for (Map<String, String> row : rows) {
            Map<String, String> some = new TreeMap<>(row);
            if (row.get("_stream").equals("\"error_stream\"")) {
                expected.stream()
                        .filter(e -> e.get("_stream").equals(row.get("_stream")))
                        .findFirst()
                        .ifPresent(e -> some.keySet().retainAll(e.keySet()));
            }
            named.add(some);
        }
        return named;
    }

    private static List<String> times(List<String> lines) throws IOException {
        List<String> times = new ArrayList<>();
        for (String line : lines) {
            times.add(MAPPER.readTree(line).get("ROWTIME").textValue());
        }
        return times;
    }
}
