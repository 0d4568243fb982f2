package io.hydrant.sql.kda.parse;

import io.hydrant.sql.kda.Problem;
import io.hydrant.sql.kda.parse.KdaParser.Script;
import io.hydrant.sql.kda.parse.generated.KdaParserImpl;

import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class KdaParserTest {

    @Test
    void readsStreamsAndPumpsWithTheirPositions() {
        Script script =
                KdaParser.parse(
                        """
                        -- a comment; with a semicolon
                        CREATE OR REPLACE STREAM "out" (ticker VARCHAR(4), "Price" DOUBLE);
                        CREATE OR REPLACE PUMP "p" AS INSERT INTO "out" // another; one
                            SELECT STREAM ticker, ';' FROM "SOURCE_SQL_STREAM_001";
                        """);

        assertThat(script.problems()).isEmpty();
        assertThat(script.statements()).hasSize(2);
        CreateStream stream = (CreateStream) script.statements().get(0);
        assertThat(stream.name().getSimple()).isEqualTo("out");
        assertThat(stream.columns())
                .extracting(column -> ((ColumnDeclaration) column).name())
                .containsExactly("TICKER", "Price");
        CreatePump pump = (CreatePump) script.statements().get(1);
        assertThat(pump.getParserPosition().getLineNum()).isEqualTo(3);
        assertThat(pump.insert()).isInstanceOf(SqlInsert.class);
    }

    /** What is not on the SQL reference's list of reserved words may be a name without quotes. */
    @ParameterizedTest
    @MethodSource("wordsThatTheReferenceDoesNotReserve")
    void takesForANameWhatTheReferenceDoesNotReserve(String word) {
        Script script =
                KdaParser.parse(
                        """
                        CREATE OR REPLACE STREAM %1$s (%1$s INTEGER, b VARCHAR(4));
                        CREATE OR REPLACE PUMP %1$s AS INSERT INTO %1$s (%1$s, b)
                        SELECT STREAM %1$s, s.%1$s + 1 AS %1$s, SUM(%1$s) FROM %1$s AS s WHERE %1$s > 1
                        GROUP BY %1$s, FLOOR(s.ROWTIME TO MINUTE);
                        SELECT STREAM a %1$s, COUNT(*) OVER %1$s FROM s %1$s WINDOW %1$s AS (ROWS 2 PRECEDING);
                        CREATE FUNCTION f(%1$s INTEGER) RETURNS INTEGER CONTAINS SQL RETURN %1$s + 1;
                        """
                                .formatted(word));

        assertThat(script.problems()).isEmpty();
        assertThat(script.statements()).hasSize(4);
    }

    static Stream<String> wordsThatTheReferenceDoesNotReserve() throws IOException {
        Set<String> reserved = new HashSet<>();
        try (InputStream list = KdaParserTest.class.getResourceAsStream("/reserved-words")) {
            new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(reserved::add);
        }
        SqlAbstractParserImpl.Metadata grammar =
                SqlParser.create("", SqlParser.config().withParserFactory(KdaParserImpl.FACTORY))
                        .getMetadata();
        return grammar.getTokens().stream()
                .filter(grammar::isKeyword)
                .filter(word -> word.matches("[A-Z_0-9]+") && !reserved.contains(word));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT STREAM LAG(lag, 1) OVER (ROWS 2 PRECEDING) FROM s",
                "SELECT STREAM a FROM s WHERE (a, b) CONTAINS (c, d)",
                "SELECT STREAM NTH_VALUE(a, 2) FROM LAST IGNORE NULLS OVER (ROWS 2 PRECEDING) FROM last",
                "SELECT STREAM NTH_VALUE(a, 2) FROM FIRST OVER w FROM s WINDOW w AS (ROWS 2 PRECEDING)",
                "SELECT STREAM SUBSTRING(a SIMILAR 'a#\"b#\"c' ESCAPE '#'), SUBSTRING(a FROM 2 FOR 3) FROM s",
            })
    void keepsTheMeaningOfAWordWhereItHasOne(String statement) {
        assertThat(KdaParser.parse(statement).problems()).isEmpty();
    }

    @Test
    void reportsEveryStatementThatDoesNotParse() {
        Script script =
                KdaParser.parse(
                        """
                        CREATE STREAM s (a INTEGER);
                        CREATE STREM t (a INTEGER);
                        SELECT STREAM a b c FROM s;
                        SELECT STREAM a FROM s
                        """);

        assertThat(script.statements()).hasSize(2);
        assertThat(script.problems()).extracting(Problem::line).containsExactly(2, 3);
        assertThat(script.problems().get(0).reason()).contains("STREM");
    }

    @Test
    void reportsWhereACharacterCannotBeRead() {
        Script script = KdaParser.parse("SELECT STREAM a\nFROM s WHERE a = #;");

        assertThat(script.problems()).extracting(Problem::line).containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE PUMP p AS INSERT EXPEDITED INTO s (a) SELECT STREAM expedited FROM expedited",
                "SELECT STREAM a, COUNT(*) FROM s GROUP BY a, STEP(s.ROWTIME BY INTERVAL '60' SECOND)",
                "SELECT STREAM a, COUNT(*) FROM s GROUP BY a,"
                        + " FLOOR((s.ROWTIME - TIMESTAMP '1970-01-01 00:00:00') SECOND / 10 TO SECOND)",
                "SELECT STREAM a, COUNT(*) FROM s WHERE a > 1 WINDOWED BY STAGGER"
                        + " (PARTITION BY FLOOR(t TO MINUTE), a RANGE INTERVAL '1' MINUTE) HAVING COUNT(*) > 1",
                "SELECT STREAM ROWTIME, o.a FROM o OVER (RANGE INTERVAL '1' MINUTE PRECEDING) AS x"
                        + " JOIN t AS y ON x.a = y.a",
                "SELECT STREAM COUNT(*) OVER HOUR FROM s WINDOW HOUR AS (RANGE INTERVAL '1' HOUR PRECEDING)",
                "SELECT STREAM o.a FROM o JOIN t OVER w ON o.a = t.a WINDOW w AS (RANGE INTERVAL '1' MINUTE PRECEDING)",
                "SELECT STREAM t AS ROWTIME, a FROM s ORDER BY FLOOR(t TO SECOND) WITHIN INTERVAL '5' SECOND, a DESC",
                "SELECT STREAM LAG(a, 1, 0) IGNORE NULLS OVER (PARTITION BY b ROWS 1 PRECEDING) FROM s",
                "SELECT STREAM * FROM TABLE(RANDOM_CUT_FOREST(CURSOR(SELECT STREAM * FROM s), 100, 256))",
                "CREATE SCHEMA \"Test\"",
                "CREATE FUNCTION f(d DOUBLE) RETURNS DOUBLE CONTAINS SQL RETURN d - FLOOR(d)",
                "ALTER PUMP \"Test\".\"p\" START",
                "CREATE STREAM step (pump INTEGER, stagger INTEGER) DESCRIPTION 'x'",
            })
    void knowsTheDialect(String statement) {
        Script script = KdaParser.parse(statement);

        assertThat(script.problems()).isEmpty();
    }

    @Test
    void keepsTheStaggerClauseInPlaceOfGroupBy() {
        SqlSelect select =
                (SqlSelect)
                        KdaParser.parse(
                                        "SELECT STREAM a, COUNT(*) FROM s WINDOWED BY STAGGER"
                                                + " (PARTITION BY a RANGE INTERVAL '1' MINUTE)")
                                .statements()
                                .get(0);

        assertThat(select.getGroup()).hasSize(1);
        assertThat(select.getGroup().get(0).toString()).contains("STAGGER");
    }

    @Test
    void saysThatANameIsAReservedWord() {
        assertThat(KdaParser.parse("CREATE STREAM s (k INTEGER, date DATE);").problems())
                .singleElement()
                .satisfies(
                        problem ->
                                assertThat(problem.reason())
                                        .contains("DATE is a reserved word")
                                        .contains("double quotes"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE STREAM s (a INTEGER) CREATE STREAM t (a INTEGER) | ends with a semicolon",
                "SELECT STREAM a FROM s WHERE a = \u2018x\u2019 | the plain ones",
                "SELECT STREAM `a` FROM s | Quotation marks around names are the plain ones",
                "SELECT STREAM \"a FROM s | This name does not end",
                "SELECT STREAM a FROM s WHERE a == 1 | compared by a single =",
                "SELECT STREAM a::INTEGER FROM s | CAST(value AS type)",
                "SELECT STREAM a) FROM s | ) cannot stand here.",
                "SELECT STREAM a FROM s WINDOWED BY TUMBLE (a) | Here stands STAGGER.",
            },
            quoteCharacter = '~')
    void aMistakeInPunctuationNamesAWayOut(String text, String wayOut) {
        assertThat(KdaParser.parse(text).problems())
                .first()
                .satisfies(problem -> assertThat(problem.reason()).contains(wayOut));
    }

    @Test
    void saysWhereATextAndACommentBeginThatDoNotEnd() {
        assertThat(KdaParser.parse("SELECT STREAM\n 'a FROM s").problems())
                .containsExactly(
                        new Problem(
                                2,
                                2,
                                "This text does not end; write ' behind it, and '' for one inside of"
                                        + " it."));
        assertThat(KdaParser.parse("/* one */ SELECT -- /* two\n STREAM /* three").problems())
                .containsExactly(
                        new Problem(2, 9, "This comment does not end; write */ behind it."));
    }

    @Test
    void takesCommentsForHintsOfOtherPlannersForComments() {
        Script script =
                KdaParser.parse(
                        "SELECT STREAM /*+ it's one; */ a, '/*+ none */' FROM s /*+ another */;\n"
                                + "SELECT STREAM b) FROM s;");

        assertThat(script.statements())
                .singleElement()
                .satisfies(query -> assertThat(query.toString()).contains("`A`", "'/*+ none */'"));
        assertThat(script.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.line()).isEqualTo(2));
    }
}
