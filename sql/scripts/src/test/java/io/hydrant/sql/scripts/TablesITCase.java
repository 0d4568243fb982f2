package io.hydrant.sql.scripts;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables in their two forms, planned and not run. */
class TablesITCase {

    static List<String> tables() throws IOException {
        return ScriptFilesTest.names("tables/kinesis");
    }

    static List<Path> questions() throws IOException {
        return ScriptFilesTest.questions();
    }

    private static Question generated;
    private static Question inStreams;

    @BeforeAll
    static void defineThem() throws Exception {
        generated = new Question().withTablesOf("generated");
        inStreams = new Question().withTablesOf("kinesis");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void haveTheSameColumnsGeneratedAndInAStream(String table) {
        assertThat(inStreams.columns(table)).isNotEmpty().containsAll(generated.columns(table));
    }

    /** In one session after the others, as somebody who is curious would. */
    @ParameterizedTest
    @MethodSource("questions")
    void canBeAskedOverBoth(Path question) throws Exception {
        assertThat(generated.plan(question)).contains("Execution Plan", "_generator");
        assertThat(inStreams.plan(question)).contains("Execution Plan");
    }
}
