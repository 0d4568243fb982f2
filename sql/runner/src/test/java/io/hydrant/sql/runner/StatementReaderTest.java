package io.hydrant.sql.runner;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Where a script is cut. What Flink's parser says of statements is {@code SqlJobITCase}'s. */
class StatementReaderTest {

    @Test
    void cutsAtSemicolonsThatAreCode() {
        assertThat(
                        texts(
                                """
                                -- one; two
                                SELECT 'a;b', `c;d`, 'it''s;' /* e; */ FROM t; ; SELECT 2
                                  -- f;
                                  + 3;
                                SET 'a' = 'b'
                                """))
                .containsExactly(
                        "SELECT 'a;b', `c;d`, 'it''s;' /* e; */ FROM t",
                        "SELECT 2\n  -- f;\n  + 3",
                        "SET 'a' = 'b'");
    }

    @Test
    void goesOnWhereTheParserAsksForMore() {
        StatementReader reader = new StatementReader("a.sql", "BEGIN a; b; END; c;");
        Statement set =
                reader.next(
                        statement ->
                                !statement.text().startsWith("BEGIN")
                                        || statement.text().endsWith("END"));

        assertThat(set.text()).isEqualTo("BEGIN a; b; END");
        assertThat(reader.next(statement -> true).text()).isEqualTo("c");
        assertThat(reader.next(statement -> true)).isNull();
    }

    @Test
    void knowsWhereAStatementBegins() {
        StatementReader reader = new StatementReader("a.sql", "a;\n\n  -- x\n  b\nc; d");
        reader.next(statement -> true);
        Statement b = reader.next(statement -> true);
        Statement d = reader.next(statement -> true);

        assertThat(b).isEqualTo(new Statement("a.sql", 4, 3, "b\nc"));
        assertThat(b.inPlace()).isEqualTo("\n\n\n  b\nc");
        assertThat(b.inPlaceBehind("INSERT INTO t")).isEqualTo("\n\nINSERT INTO t\n  b\nc");
        assertThat(d).isEqualTo(new Statement("a.sql", 5, 4, "d"));
        assertThat(new Statement("a.sql", 1, 1, "e").inPlaceBehind("INSERT INTO t"))
                .isEqualTo("INSERT INTO t e");
    }

    @Test
    void findsNothingInCommentsAndBlanks() {
        assertThat(texts("")).isEmpty();
        assertThat(texts(" ;; \n-- a;\n/* b; */ ;")).isEmpty();
        assertThat(texts("/* b; ")).isEmpty();
    }

    @Test
    void leavesWhatIsNotClosedToTheParser() {
        assertThat(texts("SELECT 'a; b")).containsExactly("SELECT 'a; b");
    }

    private static List<String> texts(String script) {
        StatementReader reader = new StatementReader("a.sql", script);
        List<String> texts = new ArrayList<>();
        for (Statement next = reader.next(statement -> true);
                next != null;
                next = reader.next(statement -> true)) {
            texts.add(next.text());
        }
        return texts;
    }
}
