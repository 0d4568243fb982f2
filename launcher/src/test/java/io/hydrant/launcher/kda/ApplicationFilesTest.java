package io.hydrant.launcher.kda;

import io.hydrant.launcher.kda.ApplicationFiles.Unusable;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApplicationFilesTest {

    private static final String TEMPLATE =
            """
            Resources:
              App:
                Type: AWS::KinesisAnalytics::Application
                Properties:
                  ApplicationName: prices
                  ApplicationCode: |
                    CREATE STREAM s (t VARCHAR(4));
                    CREATE PUMP p AS INSERT INTO s SELECT STREAM tickr FROM SOURCE_SQL_STREAM_001;
                  Inputs:
                    - NamePrefix: SOURCE_SQL_STREAM
                      KinesisStreamsInput: {ResourceARN: 'arn:aws:kinesis:us-east-1:123456789012:stream/s'}
                      InputSchema: &schema
                        RecordFormat: {RecordFormatType: CSV}
                        RecordColumns: [{Name: TICKER, SqlType: VARCHAR(4)}]
              Names:
                Type: AWS::KinesisAnalytics::ApplicationReferenceDataSource
                Properties:
                  ApplicationName: !Ref App
                  ReferenceDataSource:
                    TableName: Names
                    S3ReferenceDataSource: {BucketARN: 'arn:aws:s3:::names', FileKey: names.csv}
                    ReferenceSchema: *schema
            """;

    private final StringWriter err = new StringWriter();

    @TempDir Path folder;

    private Path template;

    @BeforeEach
    void write() throws IOException {
        template = Files.writeString(folder.resolve("stack.yaml"), TEMPLATE);
    }

    @Test
    void takesCodeAndTablesOfATemplate() throws Exception {
        ApplicationFiles files = ApplicationFiles.ofApplication(template, null, Map.of());

        assertThat(files.code()).startsWith("CREATE STREAM s (t VARCHAR(4));\n");
        assertThat(files.codeName()).isEqualTo("the SQL of " + template);
        assertThat(files.tableWithoutRows()).isEqualTo("Names");
        assertThat(
                        ApplicationFiles.ofApplication(
                                        template, null, Map.of("Names", Path.of("names.csv")))
                                .tableWithoutRows())
                .isNull();
    }

    @Test
    void refusesCodeTwiceAndTablesThatThereAreNot() {
        assertThatThrownBy(() -> ApplicationFiles.ofApplication(template, template, Map.of()))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("holds SQL itself; leave out --code");
        assertThatThrownBy(
                        () ->
                                ApplicationFiles.ofApplication(
                                        template, null, Map.of("Other", template)))
                .hasMessageContaining("--reference Other")
                .hasMessageContaining("it has [Names]");
        assertThatThrownBy(() -> ApplicationFiles.ofSchema(template, null, Map.of()))
                .hasMessageContaining("--schema needs the application's SQL beside it");
    }

    @Test
    void asksForTheRowsOfATableBeforeItRuns() throws IOException {
        Path input = Files.writeString(folder.resolve("input.jsonl"), "");

        assertThat(run("--application", template.toString(), "--input", input.toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("name a copy of them by --reference Names=FILE");
    }

    @Test
    void asksForOneDocument() throws IOException {
        Path input = Files.writeString(folder.resolve("input.jsonl"), "");

        assertThat(run("--input", input.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("by --application, or --code and --schema");
    }

    @Test
    void takesFilesAsAnEditorOfWindowsWritesThem() throws Exception {
        Path schema =
                Files.writeString(
                        folder.resolve("schema.json"),
                        """
                        \uFEFF{"NamePrefix": "SOURCE_SQL_STREAM", "InputSchema": {
                          "RecordFormat": {"RecordFormatType": "CSV"},
                          "RecordColumns": [{"Name": "TICKER", "SqlType": "VARCHAR(4)"}]}}
                        """);
        Path code =
                Files.writeString(
                        folder.resolve("app.sql"), "\uFEFFCREATE STREAM s (t VARCHAR(4));\r\n");
        Path input = Files.writeString(folder.resolve("in.jsonl"), "\uFEFF{\"ROWTIME\": \"now\"}");

        assertThat(ApplicationFiles.ofSchema(schema, code, Map.of()).code())
                .isEqualTo("CREATE STREAM s (t VARCHAR(4));\r\n");
        run("--schema", schema.toString(), "--code", code.toString(), "--input", input.toString());
        assertThat(err.toString()).contains("line 1: ROWTIME \"now\" is no time");
    }

    private int run(String... arguments) {
        return new CommandLine(new KdaTestCommand())
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
