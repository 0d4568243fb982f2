package io.hydrant.sql.kda.tryout;

import io.hydrant.sql.kda.Problem;
import io.hydrant.sql.kda.application.ApplicationDocument;
import io.hydrant.sql.kda.application.KdaApplication;
import io.hydrant.sql.kda.tryout.KdaTest.Outcome;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class KdaTestITCase {

    private static final String SCHEMA =
            """
            {"NamePrefix": "SOURCE_SQL_STREAM", "InputSchema": {"RecordEncoding": "UTF-8",
             "RecordFormat": {"RecordFormatType": "JSON",
              "MappingParameters": {"JSONMappingParameters": {"RecordRowPath": "$"}}},
             "RecordColumns": [
              {"Name": "K", "Mapping": "$.K", "SqlType": "VARCHAR(8)"},
              {"Name": "A", "Mapping": "$.A", "SqlType": "INTEGER"},
              {"Name": "B", "Mapping": "$.B", "SqlType": "INTEGER"}]}}
            """;

    @Test
    void closesAWindowAtABoundAndAllWindowsAtTheEnd() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM counts (k VARCHAR(8), n INTEGER);
                        CREATE PUMP p AS INSERT INTO counts
                          SELECT STREAM k, COUNT(*) FROM "SOURCE_SQL_STREAM_001"
                          GROUP BY k, STEP("SOURCE_SQL_STREAM_001".ROWTIME BY INTERVAL '10' SECOND);
                        """,
                        row(1, "x", 1, 1),
                        row(9, "x", 1, 1),
                        "{\"BOUND\": \"2020-01-01T00:00:10Z\"}",
                        row(12, "x", 1, 1));

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.rows())
                .containsExactly(
                        "{\"K\":\"x\",\"N\":2,\"ROWTIME\":\"2020-01-01T00:00:10.000Z\",\"_stream\":\"COUNTS\"}",
                        "{\"K\":\"x\",\"N\":1,\"ROWTIME\":\"2020-01-01T00:00:20.000Z\",\"_stream\":\"COUNTS\"}");
    }

    @Test
    void aGroupOfMillisecondsSince1970ClosesWhenItsTimeHasPassed() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM counts (n BIGINT, part BIGINT);
                        CREATE PUMP p AS INSERT INTO counts
                          SELECT STREAM COUNT(*), UNIX_TIMESTAMP(s.ROWTIME) / 15000
                          FROM "SOURCE_SQL_STREAM_001" AS s
                          GROUP BY UNIX_TIMESTAMP(s.ROWTIME) / 15000;
                        """,
                        row(1, "x", 1, 1),
                        row(14, "x", 1, 1),
                        row(15, "x", 1, 1));

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.rows())
                .containsExactly(
                        "{\"N\":2,\"PART\":105189120,\"ROWTIME\":\"2020-01-01T00:00:15.000Z\",\"_stream\":\"COUNTS\"}",
                        "{\"N\":1,\"PART\":105189121,\"ROWTIME\":\"2020-01-01T00:00:30.000Z\",\"_stream\":\"COUNTS\"}");
    }

    @Test
    void sendsRowsThatCannotBeComputedToTheErrorStreamAndGoesOn() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM quotients (q INTEGER, tiny TINYINT);
                        CREATE PUMP p AS INSERT INTO quotients
                          SELECT STREAM a / b, a FROM "SOURCE_SQL_STREAM_001" WHERE a > 1;
                        """,
                        row(1, "x", 6, 3),
                        row(2, "x", 6, 0),
                        row(3, "x", 1, 0),
                        row(4, "x", 300, 1),
                        row(5, "x", 7, 2));

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.rows()).hasSize(4);
        assertThat(outcome.rows().get(0)).startsWith("{\"Q\":2,\"TINY\":6,");
        assertThat(outcome.rows().get(1))
                .contains("\"ERROR_NAME\":\"DIVISION_BY_ZERO_ERROR\"")
                .contains("\"DATA_ROW\":\"782c362c30\"")
                .contains("\"PUMP_NAME\":\"P\"")
                .endsWith("\"ROWTIME\":\"2020-01-01T00:00:02.000Z\",\"_stream\":\"error_stream\"}");
        assertThat(outcome.rows().get(2)).contains("\"ERROR_NAME\":\"COERCION_ERROR\"");
        assertThat(outcome.rows().get(3)).startsWith("{\"Q\":3,\"TINY\":7,");
    }

    @Test
    void nullsStandInAnOrderWhereTheQuerySaysSo() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM o (a INTEGER);
                        CREATE PUMP p AS INSERT INTO o SELECT STREAM a FROM "SOURCE_SQL_STREAM_001" s
                          ORDER BY FLOOR(s.ROWTIME TO MINUTE), a DESC NULLS FIRST;
                        CREATE STREAM q (a INTEGER);
                        CREATE PUMP pq AS INSERT INTO q SELECT STREAM a FROM "SOURCE_SQL_STREAM_001" s
                          ORDER BY s.ROWTIME NULLS LAST, a NULLS LAST;
                        """,
                        row(1, "x", 5, 1),
                        "{\"ROWTIME\": \"2020-01-01T00:00:01Z\", \"K\": \"x\"}",
                        row(1, "x", 7, 1));

        assertThat(outcome.problems()).isEmpty();
        String rest = ",\"ROWTIME\":\"2020-01-01T00:00:01.000Z\",\"_stream\":";
        assertThat(outcome.rows())
                .containsExactly(
                        "{\"A\":null" + rest + "\"O\"}",
                        "{\"A\":7" + rest + "\"O\"}",
                        "{\"A\":5" + rest + "\"O\"}",
                        "{\"A\":5" + rest + "\"Q\"}",
                        "{\"A\":7" + rest + "\"Q\"}",
                        "{\"A\":null" + rest + "\"Q\"}");
    }

    @Test
    void theRadiusOfHotspotsMayBeAWholeNumber() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM o (h VARCHAR(400));
                        CREATE PUMP p AS INSERT INTO o SELECT STREAM HOTSPOTS_RESULT
                          FROM TABLE(HOTSPOTS(
                            CURSOR(SELECT STREAM a, b FROM "SOURCE_SQL_STREAM_001"), 100, 1, 2));
                        """,
                        row(1, "x", 6, 3),
                        row(2, "x", 6, 3));

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.rows()).hasSize(2);
        assertThat(outcome.rows().get(0)).startsWith("{\"H\":\"{\\\"hotspots\\\":[]}\"");
        assertThat(outcome.rows().get(1)).contains("minValues");
    }

    /** Each statement by itself behind a stream and a pump that are there already. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CREATE STREAM t (k VARCHAR(8)) | There is a stream T already",
                "CREATE PUMP p AS INSERT INTO t SELECT STREAM k FROM source_sql_stream_001"
                        + " | There is a pump P already",
                "CREATE STREAM u (k VARCHAR(0)) | VARCHAR takes a length from 1 to 65535, not 0",
                "CREATE STREAM u (k CHAR(70000)) | CHAR takes a length from 1 to 65535, not 70000",
                "CREATE STREAM u (value INTEGER) | VALUE cannot stand here. VALUE is a reserved word",
                "CREATE STREAM u (k INTERVAL) | INTERVAL is a reserved word",
                "CREATE TABLE u (k INTEGER) | reference tables are part of its configuration",
                "CREATE PUMP q AS SELECT STREAM k FROM t | Behind AS stands INSERT INTO a stream",
                "CREATE STREAM | ends here before it is complete",
                "FOO BAR | one begins with CREATE, ALTER or DROP",
                "CREATE PUMP q AS INSERT INTO t SELECT STREAM a AS ROWTIME, k FROM source_sql_stream_001"
                        + " | ROWTIME is a TIMESTAMP, and this value is none",
                "CREATE PUMP q AS INSERT INTO n SELECT STREAM SUM(SUM(a)) FROM source_sql_stream_001"
                        + " GROUP BY FLOOR(source_sql_stream_001.ROWTIME TO MINUTE)"
                        + " | Inside of SUM stands no other aggregate function",
                "CREATE PUMP q AS INSERT INTO n SELECT STREAM SUM(a) FROM source_sql_stream_001"
                        + " GROUP BY 1, FLOOR(source_sql_stream_001.ROWTIME TO MINUTE)"
                        + " | Column 1 has an aggregate function",
                "CREATE PUMP q AS INSERT INTO t SELECT STREAM x.k FROM source_sql_stream_001 OVER"
                        + " (PARTITION BY k RANGE INTERVAL '1' MINUTE PRECEDING) AS x"
                        + " JOIN source_sql_stream_001 AS y ON x.k = y.k"
                        + " | The window of a join has no PARTITION BY",
                "CREATE PUMP q AS INSERT INTO t SELECT STREAM k FROM source_sql_stream_001"
                        + " WHERE SUM(a) OVER (ROWS 3 PRECEDING) > 3 | compute what looks at a window",
                "CREATE PUMP q AS INSERT INTO t SELECT STREAM k FROM source_sql_stream_001"
                        + " HAVING k = 'x' | HAVING stands behind GROUP BY",
                "CREATE PUMP q AS INSERT INTO n SELECT STREAM 1 FROM t AS x (ROWTIME)"
                        + " | ROWTIME is a column that every stream has",
                "CREATE PUMP q AS INSERT INTO source_sql_stream_001"
                        + " SELECT STREAM * FROM source_sql_stream_001"
                        + " | SOURCE_SQL_STREAM_001 is no stream that pumps can write",
            })
    void saysOfAStatementThatCannotRunWhyAndWhatToDo(String statement, String reason)
            throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM t (k VARCHAR(8));
                        CREATE STREAM n (a BIGINT);
                        CREATE OR REPLACE PUMP p DESCRIPTION 'd' STOPPED AS INSERT INTO t
                          SELECT STREAM k FROM source_sql_stream_001;
                        """
                                + statement
                                + ";");

        assertThat(outcome.problems())
                .anySatisfy(problem -> assertThat(problem.reason()).contains(reason));
    }

    @Test
    void aPumpThatIsDeclaredStoppedWaitsForAlter() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM t (k VARCHAR(8));
                        CREATE PUMP p DESCRIPTION 'd' STOPPED AS INSERT INTO t
                          SELECT STREAM 'one' FROM source_sql_stream_001;
                        CREATE PUMP q STOPPED DESCRIPTION 'd' AS INSERT INTO t
                          SELECT STREAM 'two' FROM source_sql_stream_001;
                        ALTER PUMP q START;
                        """,
                        row(1, "x", 1, 1));

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.rows()).singleElement().asString().contains("\"two\"");
    }

    @Test
    void numbersBeyondTheRangeOfADoubleAreErrorsOfTheirRows() throws Exception {
        Outcome outcome =
                runWith(
                        SCHEMA.replace("\"SqlType\": \"INTEGER\"}]", "\"SqlType\": \"DOUBLE\"}]"),
                        """
                        CREATE STREAM t (v DOUBLE);
                        CREATE PUMP p AS INSERT INTO t
                          SELECT STREAM SUM(b) OVER (ROWS 1 PRECEDING) FROM source_sql_stream_001;
                        CREATE STREAM products (v DOUBLE, w REAL);
                        CREATE PUMP products_pump AS INSERT INTO products
                          SELECT STREAM b * 2 - b, a FROM source_sql_stream_001;
                        CREATE STREAM groups (v DOUBLE);
                        CREATE PUMP groups_pump AS INSERT INTO groups
                          SELECT STREAM SUM(b) FROM source_sql_stream_001
                          GROUP BY FLOOR(source_sql_stream_001.ROWTIME TO MINUTE);
                        CREATE STREAM texts (v DOUBLE);
                        CREATE PUMP texts_pump AS INSERT INTO texts
                          SELECT STREAM CAST(k AS DOUBLE) FROM source_sql_stream_001;
                        """,
                        "{\"ROWTIME\": \"2020-01-01T00:00:01Z\", \"A\": 1, \"B\": 1.7e308, \"K\": \"NaN\"}",
                        "{\"ROWTIME\": \"2020-01-01T00:00:02Z\", \"A\": 2, \"B\": 1.7e308, \"K\": \"1e3\"}",
                        "{\"ROWTIME\": \"2020-01-01T00:00:03Z\", \"A\": 3, \"B\": -1.7e308, \"K\": \"2\"}",
                        "{\"ROWTIME\": \"2020-01-01T00:01:03Z\", \"A\": 4, \"B\": 2.5, \"K\": \"3\"}");

        assertThat(outcome.problems()).isEmpty();
        assertThat(shown(outcome))
                .containsExactlyInAnyOrder(
                        "01 T 1.7E308",
                        "02 NUMERIC_OVERFLOW_ERROR P",
                        "03 T 0.0",
                        "03 T -1.7E308",
                        "01 NUMERIC_OVERFLOW_ERROR PRODUCTS_PUMP",
                        "02 NUMERIC_OVERFLOW_ERROR PRODUCTS_PUMP",
                        "03 NUMERIC_OVERFLOW_ERROR PRODUCTS_PUMP",
                        "03 PRODUCTS 2.5,4.0",
                        "00 NUMERIC_OVERFLOW_ERROR GROUPS_PUMP",
                        "00 GROUPS 2.5",
                        "01 COERCION_ERROR TEXTS_PUMP",
                        "02 TEXTS 1000.0",
                        "03 TEXTS 2.0",
                        "03 TEXTS 3.0");
    }

    @Test
    void aResultBeyondTheRangeOfItsTypeIsAnErrorAndNeverAnotherNumber() throws Exception {
        Outcome outcome =
                runWith(
                        SCHEMA.replace("\"SqlType\": \"INTEGER\"}]", "\"SqlType\": \"BIGINT\"}]"),
                        """
                        CREATE STREAM sums (v INTEGER);
                        CREATE PUMP sums_pump AS INSERT INTO sums SELECT STREAM a + 1 FROM "SOURCE_SQL_STREAM_001";
                        CREATE STREAM products (v BIGINT, w BIGINT);
                        CREATE PUMP products_pump AS INSERT INTO products SELECT STREAM a * b, b - a FROM "SOURCE_SQL_STREAM_001";
                        CREATE STREAM turned (v INTEGER, w INTEGER);
                        CREATE PUMP turned_pump AS INSERT INTO turned SELECT STREAM -a, ABS(a) FROM "SOURCE_SQL_STREAM_001";
                        CREATE STREAM quotients (v INTEGER);
                        CREATE PUMP quotients_pump AS INSERT INTO quotients SELECT STREAM a / CAST(k AS INTEGER) FROM "SOURCE_SQL_STREAM_001";
                        CREATE STREAM groups (v BIGINT, w BIGINT);
                        CREATE PUMP groups_pump AS INSERT INTO groups SELECT STREAM SUM(a), SUM(b)
                          FROM "SOURCE_SQL_STREAM_001" GROUP BY STEP("SOURCE_SQL_STREAM_001".ROWTIME BY INTERVAL '10' SECOND);
                        CREATE STREAM slid (v BIGINT, w BIGINT);
                        CREATE PUMP slid_pump AS INSERT INTO slid
                          SELECT STREAM SUM(b) OVER (ROWS 1 PRECEDING), AVG(b) OVER (ROWS 1 PRECEDING) FROM "SOURCE_SQL_STREAM_001";
                        """,
                        row(1, "1", Integer.MAX_VALUE, 4611686018427387904L),
                        row(2, "-1", Integer.MIN_VALUE, 4611686018427387903L),
                        row(11, "1", Integer.MAX_VALUE, 4294967298L),
                        row(12, "1", Integer.MAX_VALUE, Long.MAX_VALUE),
                        row(21, "1", -65536, 140737488355328L));

        assertThat(outcome.problems()).isEmpty();
        assertThat(shown(outcome))
                .containsExactlyInAnyOrder(
                        "02 SUMS -2147483647",
                        "21 SUMS -65535",
                        "21 PRODUCTS -9223372036854775808,140737488420864",
                        "11 PRODUCTS 9223372036854775806,2147483651",
                        "01 TURNED -2147483647,2147483647",
                        "11 TURNED -2147483647,2147483647",
                        "12 TURNED -2147483647,2147483647",
                        "21 TURNED 65536,65536",
                        "01 QUOTIENTS 2147483647",
                        "11 QUOTIENTS 2147483647",
                        "12 QUOTIENTS 2147483647",
                        "21 QUOTIENTS -65536",
                        "10 GROUPS -1,9223372036854775807",
                        "30 GROUPS -65536,140737488355328",
                        "01 SLID 4611686018427387904,4611686018427387904",
                        "02 SLID 9223372036854775807,4611686018427387903",
                        "11 SLID 4611686022722355201,2305843011361177600",
                        "01 NUMERIC_OVERFLOW_ERROR SUMS_PUMP",
                        "11 NUMERIC_OVERFLOW_ERROR SUMS_PUMP",
                        "12 NUMERIC_OVERFLOW_ERROR SUMS_PUMP",
                        "01 NUMERIC_OVERFLOW_ERROR PRODUCTS_PUMP",
                        "02 NUMERIC_OVERFLOW_ERROR PRODUCTS_PUMP",
                        "12 NUMERIC_OVERFLOW_ERROR PRODUCTS_PUMP",
                        "02 NUMERIC_OVERFLOW_ERROR TURNED_PUMP",
                        "02 NUMERIC_OVERFLOW_ERROR QUOTIENTS_PUMP",
                        "20 NUMERIC_OVERFLOW_ERROR GROUPS_PUMP",
                        "12 NUMERIC_OVERFLOW_ERROR SLID_PUMP",
                        "21 NUMERIC_OVERFLOW_ERROR SLID_PUMP");
    }

    @Test
    void whatTheLeftSideDecidesTheRightSideCannotFail() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM guarded (q INTEGER);
                        CREATE PUMP p AS INSERT INTO guarded
                          SELECT STREAM a FROM "SOURCE_SQL_STREAM_001" WHERE b <> 0 AND a / b > 1;
                        CREATE STREAM either (q INTEGER);
                        CREATE PUMP q AS INSERT INTO either
                          SELECT STREAM a FROM "SOURCE_SQL_STREAM_001" WHERE b = 0 OR a / b > 1;
                        """,
                        row(1, "x", 6, 3),
                        row(2, "x", 6, 0),
                        row(3, "x", 1, 3));

        assertThat(outcome.problems()).isEmpty();
        assertThat(shown(outcome))
                .containsExactlyInAnyOrder("01 GUARDED 6", "01 EITHER 6", "02 EITHER 6");
    }

    @Test
    void reportsAllThatCannotRunAndRunsNothing() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM s (k VARCHAR(8), n INTEGER);
                        CREATE PUMP first_pump AS INSERT INTO s SELECT STREAM k, missing FROM "SOURCE_SQL_STREAM_001";
                        CREATE PUMP second_pump AS INSERT INTO s SELECT STREAM k, COUNT(*) FROM "SOURCE_SQL_STREAM_001" GROUP BY k;
                        CREATE PUMP third_pump AS INSERT INTO nowhere SELECT STREAM k FROM "SOURCE_SQL_STREAM_001";
                        """,
                        row(1, "x", 1, 1));

        assertThat(outcome.rows()).isEmpty();
        assertThat(outcome.problems()).extracting(Problem::line).containsExactly(2, 3, 4);
        assertThat(outcome.problems().get(0).reason()).contains("There is no column MISSING");
        assertThat(outcome.problems().get(1).reason()).contains("must ascend with ROWTIME");
        assertThat(outcome.problems().get(2).reason()).contains("There is no stream NOWHERE");
    }

    @Test
    void aRefusalNamesAWayOut() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM s (k VARCHAR(8), n INTEGER);
                        CREATE PUMP p3 AS INSERT INTO s SELECT STREAM k, a FROM "SOURCE_SQL_STREAM_001" LIMIT 3;
                        CREATE PUMP p4 AS INSERT INTO s SELECT STREAM k, a FROM "SOURCE_SQL_STREAM_001" WHERE a > (SELECT AVG(a) FROM "SOURCE_SQL_STREAM_001");
                        CREATE PUMP p5 AS INSERT INTO s VALUES ('a', 1);
                        CREATE PUMP p6 AS INSERT INTO s SELECT STREAM k, ROW_NUMBER() OVER (PARTITION BY k ORDER BY a) FROM "SOURCE_SQL_STREAM_001";
                        CREATE PUMP p7 AS INSERT INTO s SELECT STREAM k, a FROM "SOURCE_SQL_STREAM_001" EXCEPT SELECT STREAM k, a FROM "SOURCE_SQL_STREAM_001";
                        CREATE PUMP p8 AS INSERT INTO s SELECT STREAM k, a FROM "SOURCE_SQL_STREAM_001" WHERE k LIKE "% warn %";
                        """);

        List<String> waysOut =
                List.of(
                        "GROUP_RANK",
                        "AVG(…) OVER",
                        "JOIN (VALUES …)",
                        "COUNT(*) OVER",
                        "LEFT JOIN",
                        "single quotes");
        assertThat(outcome.problems()).extracting(Problem::line).containsExactly(2, 3, 4, 5, 6, 7);
        for (int i = 0; i < waysOut.size(); i++) {
            assertThat(outcome.problems().get(i).column()).isGreaterThan(1);
            assertThat(outcome.problems().get(i).reason()).contains(waysOut.get(i));
        }
    }

    /** A conversion that nobody wrote would fail the job at the first row that it does not suit. */
    @Test
    void refusesWhatDoesNotFitTogetherBeforeAnythingRuns() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM s (k VARCHAR(8), n INTEGER);
                        CREATE PUMP p2 AS INSERT INTO s SELECT STREAM k, a FROM "SOURCE_SQL_STREAM_001" WHERE k > 5;
                        CREATE PUMP p3 AS INSERT INTO s SELECT STREAM k, a FROM "SOURCE_SQL_STREAM_001" WHERE k BETWEEN 5 AND 6;
                        CREATE PUMP p4 AS INSERT INTO s SELECT STREAM k, a FROM "SOURCE_SQL_STREAM_001" WHERE a + 1 = 'x';
                        CREATE PUMP p5 AS INSERT INTO s SELECT STREAM k, a FROM "SOURCE_SQL_STREAM_001" WHERE ROWTIME > k;
                        CREATE PUMP p6 AS INSERT INTO s SELECT STREAM k, LAG(a, 1, k) OVER (ROWS 2 PRECEDING) FROM "SOURCE_SQL_STREAM_001";
                        CREATE PUMP p7 AS INSERT INTO s SELECT STREAM MAX(k), 1 FROM "SOURCE_SQL_STREAM_001" GROUP BY FLOOR(ROWTIME TO MINUTE) HAVING MAX(k) > 3;
                        CREATE PUMP p8 AS INSERT INTO s SELECT STREAM k, a FROM "SOURCE_SQL_STREAM_001" UNION ALL SELECT STREAM a, a FROM "SOURCE_SQL_STREAM_001";
                        CREATE PUMP p9 AS INSERT INTO s SELECT STREAM LISTAGG(k), 1 FROM "SOURCE_SQL_STREAM_001" GROUP BY FLOOR(ROWTIME TO MINUTE);
                        CREATE PUMP p10 AS INSERT INTO s SELECT STREAM 'x', COUNT(*) FILTER (WHERE a > 1) FROM "SOURCE_SQL_STREAM_001" GROUP BY FLOOR(ROWTIME TO MINUTE);
                        CREATE PUMP p11 AS INSERT INTO s SELECT STREAM 'x', SUM(COUNT(*)) OVER (ROWS 2 PRECEDING) FROM "SOURCE_SQL_STREAM_001" GROUP BY FLOOR(ROWTIME TO MINUTE);
                        CREATE PUMP p12 AS INSERT INTO s SELECT STREAM 'x', COUNT(*) FROM "SOURCE_SQL_STREAM_001" WHERE COUNT(*) > 1 GROUP BY FLOOR(ROWTIME TO MINUTE);
                        CREATE PUMP p13 AS INSERT INTO s SELECT STREAM k, a FROM "SOURCE_SQL_STREAM_001" ORDER BY a WITHIN INTERVAL '5' SECOND;
                        CREATE PUMP p14 AS INSERT INTO s SELECT STREAM k, a FROM "SOURCE_SQL_STREAM_001" WHERE ROWTIME > '2020-01-01 00:00:00' AND k = CAST(a AS VARCHAR(8));
                        """);

        List<String> waysOut =
                List.of(
                        "a text is compared with a number",
                        "a text is compared with a number",
                        "a number is compared with a text",
                        "a time is compared with a text",
                        "a number has for its default a text",
                        "a text is compared with a number",
                        "Column 1 of the queries",
                        "none of the dialect's aggregate functions",
                        "CASE WHEN condition",
                        "a query in FROM",
                        "HAVING",
                        "event_time AS ROWTIME");
        assertThat(outcome.problems())
                .extracting(Problem::line)
                .containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        for (int i = 0; i < waysOut.size(); i++) {
            assertThat(outcome.problems().get(i).column()).isGreaterThan(1);
            assertThat(outcome.problems().get(i).reason()).contains(waysOut.get(i));
        }
    }

    /** A key that tells the time is a column like any other where an expression reads it. */
    @Test
    void theTimeThatAQueryInFromNamesIsAKeyInsideOfExpressions() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM kinds (since BIGINT, until_time TIMESTAMP, n INTEGER);
                        CREATE PUMP p AS INSERT INTO kinds
                          SELECT STREAM UNIX_TIMESTAMP(part), part + INTERVAL '10' SECOND, COUNT(k)
                          FROM (SELECT STREAM DISTINCT s.ROWTIME AS seen, s.k,
                                  STEP(s.ROWTIME BY INTERVAL '10' SECOND) AS part
                                FROM "SOURCE_SQL_STREAM_001" AS s) AS once
                          GROUP BY part, STEP(once.seen BY INTERVAL '10' SECOND);
                        """,
                        row(1, "x", 1, 1),
                        row(2, "x", 2, 1),
                        row(3, "y", 3, 1),
                        row(12, "x", 4, 1));

        assertThat(outcome.problems()).isEmpty();
        assertThat(shown(outcome))
                .containsExactly(
                        "10 KINDS 1577836800000,2020-01-01 00:00:10.000,2",
                        "20 KINDS 1577836810000,2020-01-01 00:00:20.000,1");
    }

    @Test
    void theFirstAndTheLastValueOfAGroupMayBeNull() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM ends (k VARCHAR(8), f INTEGER, l INTEGER, fi INTEGER, li INTEGER);
                        CREATE PUMP p AS INSERT INTO ends
                          SELECT STREAM k, FIRST_VALUE(NULLIF(a, 0)), LAST_VALUE(NULLIF(a, 0)),
                            FIRST_VALUE(NULLIF(a, 0)) IGNORE NULLS, LAST_VALUE(NULLIF(a, 0)) IGNORE NULLS
                          FROM "SOURCE_SQL_STREAM_001" AS s GROUP BY k, FLOOR(s.ROWTIME TO MINUTE);
                        """,
                        row(1, "x", 0, 1),
                        row(2, "x", 2, 1),
                        row(3, "x", 3, 1),
                        row(4, "y", 4, 1),
                        row(5, "y", 0, 1));

        assertThat(outcome.problems()).isEmpty();
        assertThat(shown(outcome))
                .containsExactlyInAnyOrder("00 ENDS x,null,3,2,3", "00 ENDS y,4,null,4,4");
    }

    @Test
    void rowtimeThatIsCastToWhatItIsAlreadyIsAValueOfAWindow() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM gaps (a INTEGER, since BIGINT);
                        CREATE PUMP p AS INSERT INTO gaps
                          SELECT STREAM a, TSDIFF(at_time, last_time) FROM (
                            SELECT STREAM a, CAST(s.ROWTIME AS TIMESTAMP) AS at_time,
                              LAG(CAST(s.ROWTIME AS TIMESTAMP)) OVER (ROWS 1 PRECEDING) AS last_time
                            FROM "SOURCE_SQL_STREAM_001" AS s) AS lagged;
                        """,
                        row(1, "x", 1, 1),
                        row(4, "x", 2, 1));

        assertThat(outcome.problems()).isEmpty();
        assertThat(shown(outcome)).containsExactly("01 GAPS 1,null", "04 GAPS 2,3000");
    }

    @Test
    void whatNoPumpUsesIsCheckedToo() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE VIEW wrong AS SELECT STREAM k,
                          missing FROM "SOURCE_SQL_STREAM_001";
                        CREATE VIEW inner_view AS SELECT STREAM k, a / b AS q FROM "SOURCE_SQL_STREAM_001";
                        CREATE VIEW outer_view AS SELECT STREAM COUNT(*) AS n FROM inner_view
                          GROUP BY k, FLOOR(inner_view.ROWTIME TO MINUTE);
                        CREATE FUNCTION half(x INTEGER) RETURNS INTEGER RETURN X / 2;
                        CREATE FUNCTION more(x INTEGER) RETURNS INTEGER RETURN x
                          + y;
                        CREATE FUNCTION texts(x VARCHAR(8)) RETURNS INTEGER RETURN UPPER(x) * 2;
                        CREATE STREAM s (k VARCHAR(8));
                        CREATE PUMP idle STOPPED AS INSERT INTO s SELECT STREAM
                          nowhere FROM "SOURCE_SQL_STREAM_001";
                        CREATE PUMP p AS INSERT INTO s SELECT STREAM k FROM "SOURCE_SQL_STREAM_001";
                        """,
                        row(1, "x", 1, 1));

        assertThat(outcome.rows()).isEmpty();
        assertThat(outcome.problems())
                .extracting(problem -> problem.line() + ":" + problem.column())
                .containsExactly("2:3", "8:5", "9:1", "12:3");
        assertThat(outcome.problems())
                .extracting(Problem::reason)
                .satisfiesExactly(
                        view -> assertThat(view).contains("There is no column MISSING"),
                        name -> assertThat(name).isEqualTo("MORE has no parameter Y; there are X."),
                        types -> assertThat(types).contains("* does not take VARCHAR"),
                        pump -> assertThat(pump).contains("There is no column NOWHERE"));
    }

    @Test
    void whatNoPumpUsesRunsNothing() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE VIEW failing AS SELECT STREAM a / 0 AS q FROM "SOURCE_SQL_STREAM_001";
                        CREATE VIEW sums AS SELECT STREAM SUM(q) OVER (ROWS 2 PRECEDING) AS s FROM failing;
                        CREATE FUNCTION half(x INTEGER) RETURNS INTEGER RETURN x / 0;
                        CREATE STREAM s (k VARCHAR(8));
                        CREATE PUMP p AS INSERT INTO s SELECT STREAM k FROM "SOURCE_SQL_STREAM_001";
                        """,
                        row(1, "x", 1, 1));

        assertThat(outcome.problems()).isEmpty();
        assertThat(shown(outcome)).containsExactly("01 S x");
    }

    @Test
    void havingComparesWhatAnAliasNames() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM counts (k VARCHAR(8), n INTEGER);
                        CREATE PUMP p AS INSERT INTO counts
                          SELECT STREAM k, COUNT(*) AS n FROM "SOURCE_SQL_STREAM_001"
                          GROUP BY k, STEP("SOURCE_SQL_STREAM_001".ROWTIME BY INTERVAL '10' SECOND)
                          HAVING n > 1;
                        """,
                        row(1, "x", 1, 1),
                        row(2, "y", 1, 1),
                        row(3, "x", 1, 1));

        assertThat(outcome.problems()).isEmpty();
        assertThat(shown(outcome)).containsExactly("10 COUNTS x,2");
    }

    @Test
    void stagesSayWhatTheyReadAndWhichLineTheyAreOf() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM s (k VARCHAR(8), n INTEGER);
                        CREATE PUMP p AS INSERT INTO s
                          SELECT STREAM k, SUM(a) OVER (PARTITION BY k RANGE INTERVAL '1' MINUTE PRECEDING) FROM "SOURCE_SQL_STREAM_001";
                        CREATE STREAM t (k VARCHAR(8));
                        CREATE PUMP q AS INSERT INTO t SELECT STREAM s.k
                          FROM s JOIN "SOURCE_SQL_STREAM_001" AS x ON s.k = x.k;
                        """,
                        row(1, "x", 1, 1));

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.planned())
                .filteredOn(stage -> stage.text().startsWith("--"))
                .extracting(stage -> stage.line() + " " + stage.text().lines().toList().get(0))
                .contains(
                        "3 -- `stream SOURCE_SQL_STREAM_001` is no SQL: the rows of the input, ROWTIME"
                                + " as the time attribute.",
                        "0 -- `P$2` is no SQL: P$1 with SUM($A1) OVER (PARTITION BY $A0 RANGE 60000 ms"
                                + " PRECEDING) AS $R0.",
                        "6 -- `stream S` is no SQL: the rows of P$written.");
        assertThat(outcome.planned())
                .extracting(stage -> stage.text())
                .anySatisfy(
                        text ->
                                assertThat(text)
                                        .endsWith(
                                                "\n-- To plan what reads it, put in its place: CREATE"
                                                        + " TEMPORARY TABLE `stream S` (`ROWTIME`"
                                                        + " TIMESTAMP(3), `K` VARCHAR(8), `N` INT,"
                                                        + " WATERMARK FOR `ROWTIME` AS `ROWTIME`) WITH"
                                                        + " ('connector' = 'datagen');"));
        assertThat(outcome.planned())
                .filteredOn(stage -> !stage.text().startsWith("--"))
                .allMatch(stage -> stage.line() > 0);
    }

    @Test
    void queriesOfWithAreViewsOfOneQuery() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM big (k VARCHAR(8), n INTEGER);
                        CREATE PUMP p AS INSERT INTO big
                          WITH "SOURCE_SQL_STREAM_001" AS (SELECT STREAM * FROM "SOURCE_SQL_STREAM_001" WHERE a > 1),
                               named (x, y) AS (SELECT STREAM k, b FROM "SOURCE_SQL_STREAM_001")
                          SELECT STREAM x, y FROM named WHERE y < 9;
                        """,
                        row(1, "x", 1, 1),
                        row(2, "y", 2, 9),
                        row(3, "z", 3, 3));

        assertThat(outcome.problems()).isEmpty();
        assertThat(shown(outcome)).containsExactly("03 BIG z,3");
    }

    @Test
    void reportsTheExpressionThatFlinkRefuses() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM s (n INTEGER, m INTEGER);
                        CREATE PUMP p AS INSERT INTO s SELECT STREAM a,
                          b + TIMESTAMP '2020-01-01 00:00:00' FROM "SOURCE_SQL_STREAM_001";
                        CREATE PUMP q AS INSERT INTO s SELECT STREAM a, b
                          FROM "SOURCE_SQL_STREAM_001"
                          WHERE b < k AND a < ROWTIME;
                        """);

        assertThat(outcome.problems())
                .extracting(p -> p.line() + ":" + p.column())
                .containsExactly("3:3", "6:9");
    }

    @Test
    void aStreamWhosePumpsAreStoppedHasNoRowsAndHoldsNoClockUp() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM quiet (k VARCHAR(8), a INTEGER);
                        CREATE PUMP quiet_pump AS INSERT INTO quiet SELECT STREAM k, a FROM "SOURCE_SQL_STREAM_001";
                        ALTER PUMP quiet_pump STOP;
                        CREATE STREAM unwritten (k VARCHAR(8), a INTEGER);
                        CREATE STREAM counts (n INTEGER);
                        CREATE PUMP p AS INSERT INTO counts
                          SELECT STREAM COUNT(*) FROM (
                            SELECT STREAM a FROM quiet UNION ALL SELECT STREAM a FROM unwritten
                            UNION ALL SELECT STREAM a FROM "SOURCE_SQL_STREAM_001") AS x
                          GROUP BY STEP(x.ROWTIME BY INTERVAL '10' SECOND);
                        """,
                        row(1, "x", 1, 1),
                        row(12, "x", 1, 1));

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.rows())
                .containsExactly(
                        "{\"N\":1,\"ROWTIME\":\"2020-01-01T00:00:10.000Z\",\"_stream\":\"COUNTS\"}",
                        "{\"N\":1,\"ROWTIME\":\"2020-01-01T00:00:20.000Z\",\"_stream\":\"COUNTS\"}");
    }

    @Test
    void whatFollowsAPumpThatCannotRunIsNoProblemOfItsOwn() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM s (k VARCHAR(8));
                        CREATE PUMP p AS INSERT INTO s SELECT STREAM missing FROM "SOURCE_SQL_STREAM_001";
                        CREATE STREAM t (k VARCHAR(8));
                        CREATE PUMP q AS INSERT INTO t SELECT STREAM k FROM s;
                        """);

        assertThat(outcome.problems()).extracting(Problem::line).containsExactly(2);
    }

    @Test
    void linesGoToTheStreamsOfAnInputInTurn() throws Exception {
        Outcome outcome =
                runWith(
                        SCHEMA.replace(
                                "\"InputSchema\"",
                                "\"InputParallelism\": {\"Count\": 2}, \"InputSchema\""),
                        """
                        CREATE STREAM firsts (a INTEGER);
                        CREATE PUMP p AS INSERT INTO firsts SELECT STREAM a FROM "SOURCE_SQL_STREAM_001";
                        CREATE STREAM seconds (a INTEGER);
                        CREATE PUMP q AS INSERT INTO seconds SELECT STREAM a FROM "SOURCE_SQL_STREAM_002";
                        """,
                        row(1, "x", 1, 1),
                        row(2, "x", 2, 1),
                        row(3, "x", 3, 1));

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.rows())
                .containsExactly(
                        "{\"A\":1,\"ROWTIME\":\"2020-01-01T00:00:01.000Z\",\"_stream\":\"FIRSTS\"}",
                        "{\"A\":2,\"ROWTIME\":\"2020-01-01T00:00:02.000Z\",\"_stream\":\"SECONDS\"}",
                        "{\"A\":3,\"ROWTIME\":\"2020-01-01T00:00:03.000Z\",\"_stream\":\"FIRSTS\"}");
    }

    @Test
    void aColumnOfTheRecordsTakesThePlaceOfASystemColumn() throws Exception {
        Outcome outcome =
                runWith(
                        SCHEMA.replace("\"Name\": \"K\"", "\"Name\": \"PARTITION_KEY\""),
                        """
                        CREATE STREAM s (k VARCHAR(8), num VARCHAR(8), shard VARCHAR(32));
                        CREATE PUMP p AS INSERT INTO s
                          SELECT STREAM partition_key, sequence_number, shard_id FROM "SOURCE_SQL_STREAM_001";
                        """,
                        row(1, "x", 1, 1));

        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.rows())
                .singleElement()
                .asString()
                .startsWith("{\"K\":\"x\",\"NUM\":\"1\",\"SHARD\":\"shardId-000000000000\"");
    }

    @Test
    void aColumnWithTheNameOfAFunctionIsAColumn() throws Exception {
        Outcome outcome =
                runWith(
                        SCHEMA.replace("\"Name\": \"K\"", "\"Name\": \"user\""),
                        """
                        CREATE STREAM top (item VARCHAR(8), n DOUBLE);
                        CREATE PUMP p AS INSERT INTO top SELECT STREAM * FROM TABLE(TOP_K_ITEMS_TUMBLING(
                          CURSOR(SELECT STREAM s."user" FROM "SOURCE_SQL_STREAM_001" AS s WHERE s."user" <> 'y'),
                          'user', 2, 10));
                        """,
                        row(1, "x", 1, 1),
                        row(2, "y", 1, 1));

        assertThat(outcome.problems()).isEmpty();
        assertThat(shown(outcome)).containsExactly("10 TOP x,1.0");
    }

    @Test
    void theTimeOfOneSideOfAJoinIsAValueAndThePairKeepsItsOwnTime() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM pairs (first_seen TIMESTAMP, a INTEGER);
                        CREATE PUMP p AS INSERT INTO pairs
                          SELECT STREAM l.ROWTIME, r.a
                          FROM "SOURCE_SQL_STREAM_001" OVER (RANGE INTERVAL '30' SECOND PRECEDING) AS l
                          JOIN "SOURCE_SQL_STREAM_001" AS r ON l.k = r.k AND l.a < r.a;
                        """,
                        row(1, "x", 1, 1),
                        row(20, "x", 2, 1));

        assertThat(outcome.problems()).isEmpty();
        assertThat(shown(outcome)).containsExactly("20 PAIRS 2020-01-01 00:00:01.000,2");
    }

    @Test
    void aNullForAColumnThatIsDeclaredNotNullIsAnError() throws Exception {
        Outcome outcome =
                run(
                        """
                        CREATE STREAM kept (k VARCHAR(8), a INTEGER NOT NULL);
                        CREATE PUMP p AS INSERT INTO kept
                          SELECT STREAM k, NULLIF(a, 0) FROM "SOURCE_SQL_STREAM_001";
                        """,
                        row(1, "x", 0, 1),
                        row(2, "y", 5, 1));

        assertThat(outcome.problems()).isEmpty();
        assertThat(shown(outcome)).containsExactly("01 COERCION_ERROR P", "02 KEPT y,5");
        assertThat(outcome.rows().get(0)).contains("A of KEPT, which is declared NOT NULL");
    }

    private static Outcome run(String code, String... lines) throws Exception {
        return runWith(SCHEMA, code, lines);
    }

    private static Outcome runWith(String schema, String code, String... lines) throws Exception {
        KdaApplication application = ApplicationDocument.readSchema("schema.json", schema);
        return KdaTest.run(code, application, Path.of("."), List.of(lines), "ROWTIME", null);
    }

    /** Rows as their second, their stream and their values; errors with name and pump. */
    private static List<String> shown(Outcome outcome) throws Exception {
        List<String> shown = new ArrayList<>();
        for (String row : outcome.rows()) {
            JsonNode fields = new ObjectMapper().readTree(row);
            List<String> values = new ArrayList<>();
            fields.properties().forEach(field -> values.add(field.getValue().asText()));
            String stream = fields.get("_stream").textValue();
            shown.add(
                    fields.get("ROWTIME").textValue().substring(17, 19)
                            + " "
                            + (stream.equals("error_stream")
                                    ? fields.get("ERROR_NAME").textValue()
                                            + " "
                                            + fields.get("PUMP_NAME").textValue()
                                    : stream
                                            + " "
                                            + String.join(
                                                    ",", values.subList(0, values.size() - 2))));
        }
        return shown;
    }

    private static String row(int second, String key, int a, long b) {
        return String.format(
                "{\"ROWTIME\": \"2020-01-01T00:00:%02dZ\", \"K\": \"%s\", \"A\": %d, \"B\": %d}",
                second, key, a, b);
    }
}
