package io.hydrant.sql.runner;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A job that is stopped with a savepoint and goes on from there, with its state. */
@Timeout(90)
class SavepointITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final int NUMBERS = 200;

    private static final String SCRIPT =
            """
            SET 'execution.checkpointing.interval' = '100 ms';
            CREATE TABLE numbers (n BIGINT, now AS PROCTIME()) WITH (
              'connector' = 'datagen', 'rows-per-second' = '25', 'fields.n.kind' = 'sequence',
              'fields.n.start' = '1', 'fields.n.end' = '200'
            );
            CREATE TABLE sums (n BIGINT, s BIGINT) WITH (
              'connector' = 'filesystem', 'path' = '${folder}/sums', 'format' = 'json',
              'sink.rolling-policy.rollover-interval' = '100 ms',
              'sink.rolling-policy.check-interval' = '100 ms'
            );
            INSERT INTO sums SELECT n, SUM(n) OVER (ORDER BY now) FROM numbers;
            """;

    @TempDir private Path folder;
    private Path script;

    @BeforeEach
    void write() throws IOException {
        script = Files.writeString(folder.resolve("sums.sql"), SCRIPT);
    }

    @Test
    void goesOnWithItsState() throws Exception {
        run(savepoint(List.of()), List.of()).getJobExecutionResult().get();

        assertThat(rows()).containsExactlyInAnyOrderElementsOf(sums());
    }

    @Test
    void goesOnByThePlanThatWasKeptBesideTheSavepoint() throws Exception {
        Path plan = folder.resolve("savepoints/sums.json");
        List<String> arguments = List.of("--plan", plan.toString());
        String savepoint = savepoint(arguments);
        String kept = Files.readString(plan);
        run(savepoint, arguments).getJobExecutionResult().get();

        assertThat(rows()).containsExactlyInAnyOrderElementsOf(sums());
        assertThat(kept).contains("\"flinkVersion\"");
        assertThat(plan).hasContent(kept);
        assertThat(plan.resolveSibling("sums.json.sql")).content().startsWith("INSERT INTO sums");
    }

    @Test
    void refusesThePlanOfOtherStatements() throws Exception {
        Path plan = Files.writeString(folder.resolve("plan.json"), "{}");
        Files.writeString(folder.resolve("plan.json.sql"), "INSERT INTO sums SELECT 1, 1;\n");

        assertThatThrownBy(() -> run(null, List.of("--plan", plan.toString())))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("plan.json was compiled from other statements");
    }

    /** Stops the job in the middle. */
    private String savepoint(List<String> more) throws Exception {
        JobClient job = run(null, more);
        while (rows().size() < NUMBERS / 10) {
            assertThat(job.getJobStatus().get().isGloballyTerminalState()).isFalse();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        String savepoint =
                job.stopWithSavepoint(
                                false,
                                folder.resolve("savepoints").toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get();
        assertThat(rows()).hasSizeBetween(NUMBERS / 10, NUMBERS - 1);
        return savepoint;
    }

    private JobClient run(String savepoint, List<String> more) {
        List<String> arguments = new ArrayList<>(more);
        arguments.addAll(List.of("--script", script.toString(), "--set", "folder=" + folder));
        Configuration config = new Configuration();
        if (savepoint != null) {
            config.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(1);
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new SqlJob(nowhere).run(env, arguments);
    }

    private static List<String> sums() {
        List<String> sums = new ArrayList<>();
        for (int n = 1; n <= NUMBERS; n++) {
            sums.add("{\"n\":%d,\"s\":%d}".formatted(n, n * (n + 1) / 2));
        }
        return sums;
    }

    /** The rows in files that are finished. */
    private List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        Path sums = folder.resolve("sums");
        if (Files.exists(sums)) {
            try (Stream<Path> files = Files.list(sums)) {
                for (Path file :
                        files.filter(path -> !path.getFileName().toString().startsWith("."))
                                .toList()) {
                    rows.addAll(Files.readAllLines(file));
                }
            }
        }
        return rows;
    }
}
