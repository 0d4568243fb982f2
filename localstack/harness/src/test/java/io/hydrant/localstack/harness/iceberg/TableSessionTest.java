package io.hydrant.localstack.harness.iceberg;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableSessionTest {

    private static final String OPEN = "read line; echo '{\"answer\": null}'; ";

    @Test
    void answersWithTheRowsOfEachQuery() throws Exception {
        try (TableSession session = says("read line; echo '{\"answer\": [[[\"1\", \"2\"]]]}'")) {
            assertThat(session.query(TableReader.Engine.DUCKDB, "demo.t", List.of("SELECT 1")))
                    .containsExactly(List.of(List.of("1", "2")));
        }
    }

    @Test
    void takesNothingElseThatIsPrintedForAnAnswer() throws Exception {
        for (String other : List.of("", "100%", "{}", "null", "{\"answer")) {
            try (TableSession session =
                    says("read line; echo 'and beside' >&2; echo '" + other + "'")) {
                assertThatThrownBy(
                                () ->
                                        session.query(
                                                TableReader.Engine.DUCKDB,
                                                "demo.t",
                                                List.of("SELECT 1")))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("no answer: '" + other + "'")
                        .hasMessageContaining("and beside");
            }
        }
    }

    private static TableSession says(String script) throws IOException {
        return new TableSession(new ProcessBuilder("sh", "-c", OPEN + script), "rest", Map.of());
    }
}
