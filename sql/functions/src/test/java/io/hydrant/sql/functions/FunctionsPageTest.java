package io.hydrant.sql.functions;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds {@code docs/sql-functions.md} to the functions in the code. To write the page anew, run
 * this test with {@code -Dhydrant.docs.write=true} and commit what changed.
 */
class FunctionsPageTest {

    private static final String WRITE_PROPERTY = "hydrant.docs.write";

    private static final String HEAD =
            """
            # SQL functions

            What `LOAD MODULE hydrant` adds to Flink SQL. A name that begins with `KDA_` belongs to a function of Kinesis Data
            Analytics whose own name means something else in Flink. This page is made from the code;
            `./mvnw -pl sql/functions -am test -Dtest=FunctionsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dhydrant.docs.write=true`
            writes it anew.

            | function | result | meaning | rule |
            | --- | --- | --- | --- |
            """;

    @Test
    void thePageOfFunctionsSaysWhatTheCodeSays() throws IOException {
        Path page = projectFolder().resolve("docs/sql-functions.md");
        String expected = page();
        if (Boolean.getBoolean(WRITE_PROPERTY)) {
            Files.writeString(page, expected);
        }

        assertThat(Files.readString(page))
                .as(
                        "docs/sql-functions.md is out of date; -D%s=true writes it anew",
                        WRITE_PROPERTY)
                .isEqualTo(expected);
    }

    @Test
    void noTwoFunctionsHaveOneName() {
        assertThat(HydrantFunctions.all()).extracting(FunctionEntry::name).doesNotHaveDuplicates();
    }

    @Test
    void theModuleFindsEveryFunctionInAnyCase() {
        HydrantModule module = new HydrantModule();
        List<String> names = HydrantFunctions.all().stream().map(FunctionEntry::name).toList();

        assertThat(names)
                .allSatisfy(
                        name -> {
                            assertThat(module.getFunctionDefinition(name)).isPresent();
                            assertThat(module.getFunctionDefinition(name.toLowerCase(Locale.ROOT)))
                                    .isEqualTo(module.getFunctionDefinition(name));
                        });
        assertThat(module.listFunctions()).hasSameSizeAs(names);
        assertThat(module.getFunctionDefinition("nothing")).isEmpty();
    }

    private static String page() {
        return HydrantFunctions.all().stream()
                .sorted(Comparator.comparing(FunctionEntry::name))
                .map(FunctionsPageTest::line)
                .collect(Collectors.joining("", HEAD, ""));
    }

    private static String line(FunctionEntry entry) {
        return "| `%s(%s)` | %s | %s | %s |%n"
                .formatted(
                        entry.name(),
                        cell(entry.arguments()),
                        cell(entry.result()),
                        cell(entry.meaning()),
                        cell(entry.source()));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    /** Maven runs tests in the module's folder, an IDE perhaps in the project's. */
    private static Path projectFolder() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
