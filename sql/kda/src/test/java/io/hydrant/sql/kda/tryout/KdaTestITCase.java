package io.hydrant.sql.kda.tryout;

import io.hydrant.sql.kda.Problem;
import io.hydrant.sql.kda.application.ApplicationDocument;
import io.hydrant.sql.kda.application.KdaApplication;
import io.hydrant.sql.kda.tryout.KdaTest.Outcome;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
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

    private static Outcome run(String code, String... lines) throws Exception {
        KdaApplication application = ApplicationDocument.readSchema("schema.json", SCHEMA);
        return KdaTest.run(code, application, Path.of("."), List.of(lines), "ROWTIME", true);
    }

    private static String row(int second, String key, int a, int b) {
        return String.format(
                "{\"ROWTIME\": \"2020-01-01T00:00:%02dZ\", \"K\": \"%s\", \"A\": %d, \"B\": %d}",
                second, key, a, b);
    }
}
