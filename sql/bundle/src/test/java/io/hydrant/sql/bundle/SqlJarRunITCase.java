package io.hydrant.sql.bundle;

import io.hydrant.localstack.harness.Conditions;
import io.hydrant.localstack.harness.Progress;
import io.hydrant.localstack.harness.flink.FlinkCluster;
import io.hydrant.localstack.harness.flink.FlinkHome;
import io.hydrant.localstack.harness.flink.FlinkJob;
import io.hydrant.localstack.harness.process.Command;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Scripts on a real cluster: by {@code flink run} and in Flink's own SQL client. */
class SqlJarRunITCase {

    static final Path JAR = Path.of("target/hydrant-sql.jar").toAbsolutePath();

    private static final Path SCRIPTS = Path.of("../scripts").toAbsolutePath().normalize();

    private static FlinkCluster cluster;

    @TempDir private Path folder;

    @BeforeAll
    static void start() throws IOException {
        cluster = FlinkCluster.builder(FlinkHome.find(Progress.onStandardError())).start();
    }

    @AfterAll
    static void end() throws IOException {
        cluster.close();
    }

    @Test
    void runsAScriptWithVariablesAndTheFunctionsOfTheModule() throws Exception {
        Path script =
                Files.writeString(
                        folder.resolve("steps.sql"),
                        """
                        LOAD MODULE hydrant;
                        CREATE TABLE numbers (n BIGINT) WITH (
                          'connector' = 'datagen', 'fields.n.kind' = 'sequence',
                          'fields.n.start' = '1', 'fields.n.end' = '${last}'
                        );
                        CREATE TABLE steps (n BIGINT, s BIGINT) WITH (
                          'connector' = 'filesystem', 'path' = '${out}', 'format' = 'json'
                        );
                        SELECT n, STEP(n, 10) FROM numbers WHERE n > 18;
                        """);
        String job =
                cluster.run(
                        JAR.toString(),
                        "--script",
                        script.toString(),
                        "--set",
                        "last=20",
                        "--set",
                        "out=" + folder.resolve("steps"),
                        "--into",
                        "steps");

        assertThat(Conditions.comeTrue(Duration.ofMinutes(2), () -> job(job).isOver())).isTrue();
        assertThat(job(job).state()).isEqualTo("FINISHED");
        assertThat(job(job).name()).isEqualTo("steps");
        assertThat(rows("steps"))
                .containsExactlyInAnyOrder("{\"n\":19,\"s\":10}", "{\"n\":20,\"s\":20}");
    }

    @Test
    void saysWhatIsWrongWithAScriptAndNoMore() throws Exception {
        Path script = Files.writeString(folder.resolve("wrong.sql"), "SET 'a' = 'b';\nSELECT x");

        Command.Result result = cluster.flink("run", JAR.toString(), "--script", script.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains("wrong.sql, line 2: ", "Column 'x' not found", "    SELECT x")
                .doesNotContain("\tat ");
    }

    @Test
    void asksAQuestionOverMadeUpRowsInTheSqlClient() throws Exception {
        String tables = Files.readString(SCRIPTS.resolve("tables/generated/scores.sql"));
        Path few =
                Files.writeString(
                        folder.resolve("scores.sql"),
                        tables.replace("'fields.n.end' = '3000'", "'fields.n.end' = '200'"));

        Command.Result result =
                cluster.sqlClient(
                        "-j",
                        SqlBundleJarITCase.JAR.toUri().toString(),
                        "-hist",
                        folder.resolve("history").toString(),
                        "-i",
                        few.toUri().toString(),
                        "-f",
                        SCRIPTS.resolve("leaderboards/top-players-by-minute.sql")
                                .toUri()
                                .toString());

        assertThat(result.output())
                .doesNotContain("[ERROR]")
                .containsPattern("\\+I \\| 2026-01-01 00:05:00.000 \\| +1 \\| +player-");
    }

    private static FlinkJob job(String id) throws IOException {
        return cluster.list().stream().filter(job -> job.id().equals(id)).findFirst().orElseThrow();
    }

    private List<String> rows(String table) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve(table))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                rows.addAll(Files.readAllLines(file));
            }
        }
        return rows;
    }
}
