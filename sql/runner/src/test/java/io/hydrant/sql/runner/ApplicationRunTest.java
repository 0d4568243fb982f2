package io.hydrant.sql.runner;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an application's document and SQL lead to, short of a job. */
class ApplicationRunTest {

    private static final String DOCUMENT =
            """
            {"ApplicationName": "ticker", "ApplicationCode": "",
             "Inputs": [{"NamePrefix": "IN",
               "KinesisStreamsInput": {"ResourceARN": "arn:aws:kinesis:us-east-1:000000000000:stream/in"},
               "InputSchema": {
                 "RecordColumns": [{"Name": "N", "Mapping": "$.n", "SqlType": "INTEGER"}],
                 "RecordFormat": {"RecordFormatType": "JSON",
                   "MappingParameters": {"JSONMappingParameters": {"RecordRowPath": "$"}}}}}],
             "Outputs": [{"Name": "OUT",
               "KinesisStreamsOutput": {"ResourceARN": "arn:aws:kinesis:us-east-1:000000000000:stream/out"},
               "DestinationSchema": {"RecordFormatType": "JSON"}}]}
            """;

    private static final String CODE =
            """
            CREATE OR REPLACE STREAM "OUT" (n INTEGER);
            CREATE OR REPLACE PUMP "P" AS INSERT INTO "OUT"
              SELECT STREAM n FROM "IN_001" WHERE n > 1;
            """;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir private Path folder;

    @Test
    void showsTheSqlThatAnApplicationBecomes() throws IOException {
        run(DOCUMENT, "--code", file("app.sql", CODE), "--explain");

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("-- line 2: CREATE OR REPLACE PUMP \"P\" AS INSERT INTO \"OUT\"")
                .contains("CREATE TEMPORARY VIEW `P$");
    }

    @Test
    void takesSqlAsAnEditorOfWindowsWritesIt() throws IOException {
        run(
                DOCUMENT,
                "--code",
                file("app.sql", "\uFEFF" + CODE.replace("\n", "\r\n")),
                "--explain");

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("-- line 2: ");
    }

    @Test
    void takesTheSqlOfTheDocument() throws IOException {
        String code = CODE.replace("\"", "\\\"").replace("\n", "\\n");

        run(
                DOCUMENT.replace(
                        "\"ApplicationCode\": \"\"", "\"ApplicationCode\": \"" + code + '"'),
                "--explain");

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("-- line 2: ");
    }

    @Test
    void saysWhereThereIsNoSqlOrTwice() throws IOException {
        assertThatThrownBy(() -> run(DOCUMENT))
                .isInstanceOf(ScriptException.class)
                .hasMessage("application.json holds no SQL; name the file that does by --code");
        String code = file("app.sql", CODE);
        assertThatThrownBy(
                        () -> run(DOCUMENT.replace("\": \"\"", "\": \"SELECT\""), "--code", code))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("holds SQL itself; leave out --code");
    }

    @Test
    void saysWhatIsWrongWithDocumentSqlAndOptions() throws IOException {
        assertThatThrownBy(() -> run(DOCUMENT.replace("Outputs", "Output")))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("application.json: 1 problem\n  Output: is not a field here");
        String wrong = file("wrong.sql", CODE.replace("n > 1", "m > 1"));
        assertThatThrownBy(() -> run(DOCUMENT, "--code", wrong))
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("wrong.sql: line 3, column ");
        String code = file("app.sql", CODE);
        assertThatThrownBy(() -> run(DOCUMENT, "--code", code, "--set", "aws.regoin=x"))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("'aws.regoin' is not an option; did you mean 'aws.region'?");
    }

    @Test
    void takesItsArgumentsFromThePropertyGroupOfTheManagedService() throws IOException {
        Path properties =
                Path.of(
                        file(
                                "properties.json",
                                """
                                [{"PropertyGroupId": "HydrantSql", "PropertyMap": {
                                  "kda": "%s", "code": "%s", "aws.regoin": "x"}}]
                                """
                                        .formatted(
                                                file("application.json", DOCUMENT),
                                                file("app.sql", CODE))));

        assertThatThrownBy(() -> managed(properties))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("'aws.regoin' is not an option");
        assertThatThrownBy(() -> managed(Path.of(file("wrong.json", "[{"))))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("wrong.json is not JSON: ");
        assertThatThrownBy(() -> managed(folder.resolve("absent.json")))
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("--script or --kda is missing");
    }

    private void managed(Path properties) {
        new SqlJob(properties, new PrintStream(printed, true, StandardCharsets.UTF_8))
                .run(StreamExecutionEnvironment.createLocalEnvironment(1), List.of());
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private void run(String document, String... more) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add("--kda");
        arguments.add(file("application.json", document));
        arguments.addAll(List.of(more));
        new SqlJob(new PrintStream(printed, true, StandardCharsets.UTF_8))
                .run(StreamExecutionEnvironment.createLocalEnvironment(1), arguments);
    }
}
