package io.hydrant.sql.kda.tryout;

import io.hydrant.sql.kda.application.ApplicationDocument;
import io.hydrant.sql.kda.application.KdaApplication;
import io.hydrant.sql.kda.tryout.KdaTest.Outcome;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What expressions give for one row, all of them in one application: each line has the type of a
 * column, an expression, and its value, or ERROR and the error's name.
 */
class ExpressionValuesITCase {

    private static final String SCHEMA =
            """
            {"NamePrefix": "S", "InputSchema": {"RecordEncoding": "UTF-8",
             "RecordFormat": {"RecordFormatType": "JSON"},
             "RecordColumns": [
               {"Name": "I", "Mapping": "$.I", "SqlType": "INTEGER"},
               {"Name": "Z", "Mapping": "$.Z", "SqlType": "INTEGER"},
               {"Name": "NI", "Mapping": "$.NI", "SqlType": "INTEGER"},
               {"Name": "D", "Mapping": "$.D", "SqlType": "DOUBLE"},
               {"Name": "SECS", "Mapping": "$.SECS", "SqlType": "BIGINT"},
               {"Name": "V", "Mapping": "$.V", "SqlType": "VARCHAR(16)"},
               {"Name": "B", "Mapping": "$.B", "SqlType": "VARBINARY(8)"},
               {"Name": "DT", "Mapping": "$.DT", "SqlType": "DATE"}]}}
            """;

    private static final String ROW =
            """
            {"ROWTIME": "2024-03-01T00:00:07.123Z", "I": 7, "Z": 0, "D": 2.5, "SECS": 1709251198,\
             "V": "Hello", "B": "X'0a80ff'", "DT": "2024-02-29"}\
            """;

    private static final String VALUES =
            """
            TIMESTAMP | DT + INTERVAL '25' HOUR | 2024-03-01 01:00:00.000
            TIMESTAMP | INTERVAL '90' MINUTE + DT | 2024-02-29 01:30:00.000
            DATE | DT - INTERVAL '1' SECOND | 2024-02-28
            DATE | DT + INTERVAL '1' YEAR | 2025-02-28
            BOOLEAN | DT + INTERVAL '1' HOUR > TIMESTAMP '2024-02-29 00:30:00' | true
            TIMESTAMP | TIMESTAMP '1970-01-01 00:00:00' + SECS * INTERVAL '1' SECOND | 2024-02-29 23:59:58.000
            TIMESTAMP | TIMESTAMP '2024-01-01 00:00:00' + I * 10 * INTERVAL '1' DAY | 2024-03-11 00:00:00.000
            DOUBLE | EXP(0) | 1.0
            DOUBLE | EXP(NI) | null
            DOUBLE | EXP(I * 200) | ERROR NUMERIC_OVERFLOW_ERROR
            DOUBLE | POWER(10, 400) | ERROR NUMERIC_OVERFLOW_ERROR
            DOUBLE | POWER(-10, 401) | ERROR NUMERIC_OVERFLOW_ERROR
            DOUBLE | POWER(I, 2) | 49.0
            TIMESTAMP | CAST('2024-02-30 00:00:00' AS TIMESTAMP) | ERROR COERCION_ERROR
            TIMESTAMP | CAST('2024-02-29 00:00:00' AS TIMESTAMP) | 2024-02-29 00:00:00.000
            DATE | CAST('2023-02-29' AS DATE) | ERROR COERCION_ERROR
            DATE | CAST('2024-04-30' AS DATE) | 2024-04-30
            INTEGER | CAST('12.6' AS INTEGER) | 13
            INTEGER | CAST(' -12.5 ' AS INTEGER) | -13
            INTEGER | CAST('2147483647.6' AS INTEGER) | ERROR COERCION_ERROR
            INTEGER | CAST('' AS INTEGER) | ERROR COERCION_ERROR
            BIGINT | CAST('9223372036854775807' AS BIGINT) | 9223372036854775807
            BIGINT | CAST('9223372036854775808' AS BIGINT) | ERROR COERCION_ERROR
            BOOLEAN | CAST(' False' AS BOOLEAN) | false
            BOOLEAN | CAST('yes' AS BOOLEAN) | ERROR COERCION_ERROR
            INTEGER | CASE WHEN Z = 0 THEN 0 WHEN I / Z > 2 THEN 1 ELSE 2 END | 0
            INTEGER | CASE WHEN Z = 1 THEN 0 WHEN I / Z > 2 THEN 1 ELSE 2 END | ERROR DIVISION_BY_ZERO_ERROR
            INTEGER | CASE WHEN Z = 0 THEN I / Z ELSE -1 END | ERROR DIVISION_BY_ZERO_ERROR
            INTEGER | CASE WHEN Z <> 0 THEN I / Z ELSE -1 END | -1
            INTEGER | CASE WHEN V LIKE 'X%' THEN CAST(V AS INTEGER) ELSE 5 END | 5
            INTEGER | CASE WHEN I = 7 THEN CAST(V AS INTEGER) ELSE I / Z END | ERROR COERCION_ERROR
            INTEGER | COALESCE(I / NULLIF(Z, 0), -5) | -5
            BIGINT | UNIX_TIMESTAMP(CURRENT_TIMESTAMP) | 1709251207123
            VARCHAR(16) | TRIM(LEADING 'He' FROM V) | ERROR EVALUATION_ERROR
            VARCHAR(16) | TRIM(BOTH '' FROM V) | ERROR EVALUATION_ERROR
            VARCHAR(16) | TRIM(BOTH V FROM V) | ERROR EVALUATION_ERROR
            VARCHAR(16) | TRIM(LEADING CAST(NULL AS VARCHAR(1)) FROM V) | null
            VARCHAR(16) | TRIM(TRAILING 'o' FROM V) | Hell
            VARCHAR(16) | TRIM('  x ') | x
            VARCHAR(16) | INITCAP('o''neil a-b ÜBER') | O'neil A-b Über
            VARCHAR(16) | REGEX_REPLACE(V, 'l', 'L', 1, 0) | HeLLo
            VARCHAR(16) | REGEX_REPLACE(V, V, 'L', 1, 0) | L
            VARCHAR(16) | REGEX_REPLACE(V, 'l', 'L', I - 3, Z) | HelLo
            VARCHAR(16) | REGEX_REPLACE(V, 'l', 'L', NI, 0) | null
            VARCHAR(16) | REGEX_REPLACE(V, 'l', 'L', 9, 0) | Hello
            VARCHAR(16) | REGEX_REPLACE(V, 'l', 'L', 0, 0) | ERROR EVALUATION_ERROR
            VARCHAR(16) | REGEX_REPLACE(V, 'l', 'L', 1, -1) | ERROR EVALUATION_ERROR
            VARCHAR(16) | REGEX_REPLACE(V, 'l', 'L', Z, 0) | ERROR EVALUATION_ERROR
            VARCHAR(16) | REGEX_REPLACE(V, '(l)', '$1$1', 1, 1) | Helllo
            VARCHAR(16) | REGEX_REPLACE(V, 'l', '$1', 1, 1) | ERROR EVALUATION_ERROR
            VARCHAR(16) | SUBSTRING('say Hello' FROM V) | Hello
            VARCHAR(16) | SUBSTRING(V, 2, 3) | ell
            VARCHAR(16) | SUBSTRING(V, 6) | null
            VARCHAR(16) | SUBSTRING(V FROM 6) || '.' | .
            TIMESTAMP | CHAR_TO_TIMESTAMP(TRIM(' yyyy'), '2024') | 2024-01-01 00:00:00.000
            BIGINT | TSDIFF(SECS, SECS + 5) | 5
            VARBINARY(8) | SUBSTRING(B FROM 2) | gP8=
            VARBINARY(8) | SUBSTRING(B FROM 0 FOR 2) | Cg==
            VARBINARY(8) | SUBSTRING(B FROM 4) |\s
            VARBINARY(8) | SUBSTRING(B, 2, 1) | gA==
            VARBINARY(8) | SUBSTRING(B, 4) | null
            VARBINARY(8) | SUBSTRING(SUBSTRING(B, 2) FROM 2) | /w==
            VARBINARY(8) | SUBSTRING(CAST(B AS VARBINARY(2)) FROM 2) | gA==
            TIME | CURRENT_TIME | 00:00:07.123
            DOUBLE | CAST('NaN' AS DOUBLE) | ERROR COERCION_ERROR
            DOUBLE | CAST('-Infinity' AS DOUBLE) | ERROR COERCION_ERROR
            REAL | CAST('1.5f' AS REAL) | ERROR COERCION_ERROR
            DOUBLE | CAST(' -1.5e2 ' AS DOUBLE) | -150.0
            REAL | CAST('.5' AS REAL) | 0.5
            DOUBLE | CAST('1e999' AS DOUBLE) | ERROR NUMERIC_OVERFLOW_ERROR
            INTEGER | MOD(CAST(I AS DECIMAL(5)), 4) | 3
            BOOLEAN | NOT UNKNOWN IS TRUE | false
            BOOLEAN | NOT UNKNOWN IS FALSE | false
            BOOLEAN | NOT UNKNOWN IS UNKNOWN | true
            BOOLEAN | NOT (UNKNOWN IS TRUE) | true
            BOOLEAN | NOT NI IS NULL | false
            INTEGER | TWICE(I) | 14
            INTEGER | CAST((DATE '2024-03-01' - DATE '2023-03-01') MONTH AS INTEGER) | 12
            BIGINT | CAST((DT - DATE '2020-03-01') YEAR AS BIGINT) | 3
            INTEGER | CAST(INTERVAL -'3' MONTH AS INTEGER) | -3
            INTEGER | CAST(-INTERVAL '3' MONTH AS INTEGER) | -3
            BIGINT | CAST(-(+INTERVAL '2' YEAR) AS BIGINT) | -2
            INTEGER | CAST(-((DATE '2024-03-01' - DATE '2023-03-01') MONTH) AS INTEGER) | -12
            INTEGER | TWICE(I, Z) | 7
            """;

    /** Type, expression, and a part of the reason why the application does not run. */
    private static final String REFUSALS =
            """
            BIGINT | UNIX_TIMESTAMP() | write UNIX_TIMESTAMP(CURRENT_ROW_TIMESTAMP)
            DOUBLE | RAND() | Kinesis Data Analytics had no RAND
            VARCHAR(8) | I OR_TEXT 'x' | || does not take INTEGER and CHAR(1)
            INTEGER | LENGTH(V) | Kinesis Data Analytics had none. Write CHAR_LENGTH(text).
            INTEGER | I + V | + does not take INTEGER and VARCHAR(16)
            TIMESTAMP | CAST(I AS TIMESTAMP) | converts no INTEGER to TIMESTAMP; TO_TIMESTAMP(
            INTEGER | CAST(TRUE AS INTEGER) | converts no BOOLEAN to INTEGER; write CASE WHEN
            TIMESTAMP | I | Column V of E7 cannot take this value.
            BIGINT | TSDIFF(DT) | TSDIFF takes two TIMESTAMPs
            TIMESTAMP | CHAR_TO_TIMESTAMP('yyyy') | CHAR_TO_TIMESTAMP takes other arguments
            INTEGER | COALESCE(V, 1) | write CAST(
            VARCHAR(8) | MD5(V) | There is no function MD5
            VARCHAR(8) | LEFT(V, 2) | Write SUBSTRING(text FROM 1 FOR length)
            VARCHAR(8) | SUBSTRING(V FROM '[') | none of java.util.regex: '['
            VARCHAR(8) | REGEX_REPLACE(V, 'l', '') | takes five arguments
            TIMESTAMP | TO_TIMESTAMP(D) | Argument 1 is of type DOUBLE where one of type BIGINT
            BIGINT | UNIX_TIMESTAMP(V) | Argument 1 of UNIX_TIMESTAMP must be a TIMESTAMP
            BIGINT | TSDIFF(V, 1) | two BIGINTs of milliseconds since 1970, not VARCHAR(16) and INTEGER
            INTEGER | MOD(1.5, 2) | MOD takes whole numbers, not DECIMAL(2, 1)
            INTEGER | LAG(I, -1) OVER (ROWS 2 PRECEDING) | at least 0, not -1
            INTEGER | NTH_VALUE(I, 0) OVER (ROWS 2 PRECEDING) | at least 1, not 0
            INTEGER | STEP(V BY 5) | not VARCHAR(16) to INTEGER
            INTEGER | I + NULL | NULL by itself has no type here; write CAST(NULL AS INTEGER)
            INTEGER | I ^ 2 | had no ^; for powers write POWER(base, exponent)
            INTEGER | I[1] | had no arrays
            VARCHAR(8) | SUBSTRING(I, 1) | SUBSTRING takes a text, not INTEGER
            INTEGER | (DT - DT) DAY | converts no INTERVAL to INTEGER; write CAST((one - other)
            """;

    @Test
    void expressionsGiveTheValuesAndErrorsOfTheReference() throws Exception {
        List<String[]> cases = cases(VALUES);

        Outcome outcome = run(cases);

        assertThat(outcome.problems()).isEmpty();
        Map<String, String> given = new HashMap<>();
        for (String line : outcome.rows()) {
            JsonNode row = new ObjectMapper().readTree(line);
            boolean error = row.get("_stream").textValue().equals("error_stream");
            given.put(
                    error
                            ? row.get("PUMP_NAME").textValue().replace("P", "E")
                            : row.get("_stream").textValue(),
                    error ? "ERROR " + row.get("ERROR_NAME").textValue() : row.get("V").asText());
        }
        Map<String, String> found = new TreeMap<>();
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < cases.size(); i++) {
            found.put(cases.get(i)[1], given.get("E" + i));
            expected.put(cases.get(i)[1], cases.get(i)[2]);
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void whatTheDialectHasNotIsRefusedAtItsPlaceInItsWords() throws Exception {
        List<String[]> cases = cases(REFUSALS);

        Outcome outcome = run(cases);

        assertThat(outcome.problems()).hasSameSizeAs(cases);
        for (int i = 0; i < cases.size(); i++) {
            assertThat(outcome.problems().get(i).line()).isEqualTo(i + 1);
            assertThat(outcome.problems().get(i).reason()).contains(cases.get(i)[2]);
        }
    }

    private static List<String[]> cases(String lines) {
        return lines.lines()
                .map(line -> line.split(" \\| ", 3))
                .map(c -> new String[] {c[0], c[1].replace("OR_TEXT", "||"), c[2]})
                .toList();
    }

    private static Outcome run(List<String[]> cases) throws Exception {
        StringBuilder code =
                new StringBuilder()
                        .append("CREATE FUNCTION TWICE(X INTEGER) RETURNS INTEGER RETURN X * 2;")
                        .append("CREATE FUNCTION TWICE(X INTEGER, Y INTEGER) RETURNS INTEGER")
                        .append(" RETURN X + Y; ");
        for (int i = 0; i < cases.size(); i++) {
            code.append("CREATE STREAM E%d (V %s); ".formatted(i, cases.get(i)[0]))
                    .append("CREATE PUMP P%d AS INSERT INTO E%d SELECT STREAM ".formatted(i, i))
                    .append(cases.get(i)[1])
                    .append(" FROM S_001;\n");
        }
        KdaApplication application = ApplicationDocument.readSchema("schema.json", SCHEMA);
        return KdaTest.run(
                code.toString(), application, Path.of("."), List.of(ROW), "ROWTIME", null);
    }
}
