package io.hydrant.launcher.kda;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class KdaDiscoverCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir Path folder;

    @Test
    void printsSchemaAndCodeOfAFile() throws Exception {
        Path file = file("{\"a\": 1}\n\n{\"a\": 2}\n");

        assertThat(run("--input", file.toString())).isZero();
        assertThat(out.toString())
                .startsWith("{\n  \"NamePrefix\" : \"SOURCE_SQL_STREAM\"")
                .contains("\"Mapping\" : \"$.a\"")
                .contains("SELECT STREAM \"a\"\n    FROM \"SOURCE_SQL_STREAM_001\";");
        assertThat(err.toString()).isEqualTo("2 samples, 2 rows, 1 columns\n");
    }

    @Test
    void writesBothToFilesAndNamesWhatDoesNotFit() throws Exception {
        Path file = file("{\"a\": 1}\noops\n{\"a\": 2}\n");
        Path schema = folder.resolve("schema.json");
        Path code = folder.resolve("app.sql");

        assertThat(
                        run(
                                "--input",
                                file.toString(),
                                "--name-prefix",
                                "IN",
                                "--schema",
                                schema.toString(),
                                "--code",
                                code.toString()))
                .isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("3 samples, 2 rows, 1 columns\n  sample 2: ");
        assertThat(schema).content().contains("\"NamePrefix\" : \"IN\"");
        assertThat(code).content().contains("FROM \"IN_001\"");
    }

    @Test
    void takesAWholeFileAsOneRecord() throws Exception {
        Path file = file("id,name\n1,\"a\nb\"\n2,c\n");

        assertThat(run("--input", file.toString(), "--whole")).isEqualTo(1);
        assertThat(out.toString()).contains("\"Name\" : \"id\"").contains("VARCHAR(4)");
    }

    @Test
    void wantsAStreamOrAFile() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Name a stream, or a file with --input");
        assertThat(run("clicks", "--input", "x")).isEqualTo(2);
        assertThat(run("clicks", "--from", "AT_TIMESTAMP")).isEqualTo(2);
        assertThat(err.toString()).contains("--from is TRIM_HORIZON or LATEST");
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("input"), text);
    }

    private int run(String... arguments) {
        return new CommandLine(new KdaDiscoverCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
