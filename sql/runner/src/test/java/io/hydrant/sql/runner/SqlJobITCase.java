package io.hydrant.sql.runner;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Scripts that run on a cluster, read by Flink's own parser. */
@Timeout(180)
class SqlJobITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final String TABLES =
            """
            CREATE TABLE numbers (n BIGINT) WITH (
              'connector' = 'datagen', 'fields.n.kind' = 'sequence',
              'fields.n.start' = '${first}', 'fields.n.end' = '4'
            );
            CREATE TABLE doubled (n BIGINT, note STRING) WITH (
              'connector' = 'filesystem', 'path' = '${folder}/doubled', 'format' = 'json'
            );
            CREATE TABLE small (n BIGINT, note STRING) WITH (
              'connector' = 'filesystem', 'path' = '${folder}/small', 'format' = 'json'
            );
            """;

    @TempDir private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void runsAllInsertsOfAllScriptsAsOneJob() throws Exception {
        JobClient job =
                run(
                        TABLES,
                        """
                        -- twice; and small ones
                        INSERT INTO doubled SELECT 2 * n, 'a;b' FROM numbers;
                        EXECUTE STATEMENT SET BEGIN
                          INSERT INTO small SELECT n, 'few' FROM numbers WHERE n < 3;
                          INSERT INTO doubled SELECT 20 * n, '-- c' FROM numbers;
                        END;
                        """);
        job.getJobExecutionResult().get();

        assertThat(rows("doubled"))
                .containsExactlyInAnyOrder(
                        "{\"n\":4,\"note\":\"a;b\"}",
                        "{\"n\":6,\"note\":\"a;b\"}",
                        "{\"n\":8,\"note\":\"a;b\"}",
                        "{\"n\":40,\"note\":\"-- c\"}",
                        "{\"n\":60,\"note\":\"-- c\"}",
                        "{\"n\":80,\"note\":\"-- c\"}");
        assertThat(rows("small")).containsExactly("{\"n\":2,\"note\":\"few\"}");
    }

    @Test
    void putsTheRowsOfASelectIntoTheTableThatIsNamed() throws Exception {
        JobClient job =
                run(
                        List.of("--into", "small"),
                        TABLES,
                        "WITH few AS (SELECT n FROM numbers WHERE n < 4)\nSELECT n, 'x' FROM few");
        job.getJobExecutionResult().get();

        assertThat(rows("small"))
                .containsExactlyInAnyOrder("{\"n\":2,\"note\":\"x\"}", "{\"n\":3,\"note\":\"x\"}");
    }

    @Test
    void printsTheRowsOfASelectOtherwise() throws Exception {
        assertThat(run(List.of("--explain"), TABLES, "SELECT n FROM numbers;")).isNull();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Sink(table=[default_catalog.default_database.hydrant_printed_1]");
    }

    @Test
    void explainsWithoutAJob() throws Exception {
        JobClient job =
                run(
                        List.of("--explain"),
                        TABLES,
                        "INSERT INTO small SELECT n, 'x' FROM numbers WHERE n > 1;");

        assertThat(job).isNull();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("== Optimized Execution Plan ==", "Sink(table=", "numbers");
        assertThat(folder.resolve("small")).doesNotExist();
    }

    @Test
    void showsAndSetsAndResets() throws Exception {
        JobClient job =
                run(
                        TABLES,
                        """
                        SET 'table.exec.state.ttl' = '1 h;';
                        RESET 'table.exec.state.ttl';
                        SET 'table.exec.state.ttl' = '2 h';
                        SHOW TABLES;
                        SET;
                        QUIT;
                        SELECT no_such_column FROM numbers;
                        """);

        assertThat(job).isNull();
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .contains("doubled", "numbers", "small", "table.exec.state.ttl = 2 h")
                .contains("No INSERT and no SELECT, so there is no job.");
    }

    @Test
    void namesFileLineAndStatementOfWhatCannotBeParsed() {
        assertThatThrownBy(() -> run(TABLES, "\n\nINSERT INTO small\n  SELECT n FORM numbers;"))
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("script-1.sql, line 3: ")
                .hasMessageContaining("at line 4, column 17")
                .hasMessageContaining("    INSERT INTO small\n      SELECT n FORM numbers\n")
                .message()
                .hasLineCount(4);
    }

    @Test
    void namesFileLineAndStatementOfWhatIsNotThere() {
        assertThatThrownBy(() -> run(TABLES, "SELECT 1;\n\n SELECT m FROM numbers;"))
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("script-1.sql, line 3: ")
                .hasMessageContaining("line 3, column 9: Column 'm' not found");
    }

    @Test
    void refusesAnotherModeThanThatOfTheJob() {
        assertThatThrownBy(() -> run(TABLES, "SET 'execution.runtime-mode' = 'batch';"))
                .isInstanceOf(ScriptException.class)
                .hasMessage(
                        "script-1.sql, line 1: execution.runtime-mode is STREAMING for the whole job;"
                                + " to have it otherwise: flink run -Dexecution.runtime-mode=batch …");
    }

    @Test
    void saysWhichScriptIsNotThere() {
        assertThatThrownBy(
                        () ->
                                new SqlJob(out())
                                        .run(
                                                StreamExecutionEnvironment
                                                        .getExecutionEnvironment(),
                                                List.of("--script", folder + "/none.sql")))
                .isInstanceOf(ScriptException.class)
                .hasMessage("--script " + folder + "/none.sql does not exist");
    }

    private JobClient run(String... scripts) throws IOException {
        return run(List.of(), scripts);
    }

    private JobClient run(List<String> more, String... scripts) throws IOException {
        List<String> arguments = new ArrayList<>(more);
        for (int i = 0; i < scripts.length; i++) {
            Path script = Files.writeString(folder.resolve("script-" + i + ".sql"), scripts[i]);
            arguments.addAll(List.of("--script", script.toString()));
        }
        arguments.addAll(List.of("--set", "first=2", "--set", "folder=" + folder));
        return new SqlJob(out())
                .run(StreamExecutionEnvironment.getExecutionEnvironment(), arguments);
    }

    private PrintStream out() {
        return new PrintStream(printed, true, StandardCharsets.UTF_8);
    }

    private List<String> rows(String table) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve(table))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                rows.addAll(Files.readAllLines(file));
            }
        }
        return rows;
    }
}
