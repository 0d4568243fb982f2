package io.hydrant.sql.functions;

import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The functions as SQL calls them: found by their names, with the types that the planner infers.
 */
class ScalarFunctionsITCase {

    private final TableEnvironment tables =
            TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    ScalarFunctionsITCase() {
        tables.getConfig().set("table.local-time-zone", "America/New_York");
        tables.executeSql("LOAD MODULE hydrant");
    }

    @Test
    void timesKeepTheirTypesAndMeaning() throws Exception {
        assertThat(
                        valuesOf(
                                """
                                STEP(t, INTERVAL '2' HOUR),
                                STEP(t, INTERVAL '1' YEAR),
                                STEP(CAST(t AS DATE), INTERVAL '1' MONTH),
                                STEP(CAST(t AS TIME), INTERVAL '30' MINUTE),
                                STEP(n, 5),
                                STEP(CAST(n AS BIGINT), 5),
                                TSDIFF(t, t + INTERVAL '1' SECOND),
                                TSDIFF(3000, 1000),
                                KDA_UNIX_TIMESTAMP(t),
                                KDA_UNIX_TIMESTAMP(TO_TIMESTAMP_LTZ(5, 3)),
                                KDA_TO_TIMESTAMP(1096552103000),
                                CHAR_TO_TIMESTAMP('yyyy-MM-dd', '2004-09-30 13:48:23'),
                                CHAR_TO_DATE('yyyy-MM-dd', '2004-09-30 13:48:23'),
                                CHAR_TO_TIME('HH:mm', '13:48'),
                                TIMESTAMP_TO_CHAR('HH:mm z', t),
                                TIMESTAMP_TO_CHAR('HH:mm', CAST(NULL AS TIMESTAMP(3))),
                                DATE_TO_CHAR('MM', CAST(t AS DATE)),
                                TIME_TO_CHAR('mm', CAST(t AS TIME))
                                """))
                .isEqualTo(
                        "+I[2004-09-30T12:00, 2004-01-01T00:00, 2004-09-01, 13:30, 20, 20, 1000,"
                                + " 2000, 1096552103000, 5, 2004-09-30T13:48:23, 2004-09-30T00:00,"
                                + " 2004-09-30, 13:48, 13:48 UTC, null, 09, 48]");
    }

    @Test
    void logParsersMakeRowsWhoseColumnsHaveNamesAndTypes() throws Exception {
        assertThat(
                        valuesOf(
                                """
                                REGEX_LOG_PARSE(s, '(t.)(.*)').COLUMN2,
                                FAST_REGEX_LOG_PARSE(s, '(.*)x(.*)').COLUMN1,
                                VARIABLE_COLUMN_LOG_PARSE('x,7', 'a TYPE VARCHAR(3), "b" TYPE INTEGER', ',').`b` + 1,
                                VARIABLE_COLUMN_LOG_PARSE('x,7', 2, ',').COLUMN2,
                                FIXED_COLUMN_LOG_PARSE(s, 'a TYPE VARCHAR(3) START 1 FOR 2').A,
                                W3C_LOG_PARSE('h 7', '%h %b').COLUMN2 + 1,
                                SYS_LOG_PARSE('Oct 11 22:14:15 m su: x'),
                                REGEX_LOG_PARSE('other', '(t.)(.*)'),
                                REGEX_REPLACE(s, 't', 'T', 2, 0)
                                """))
                .isEqualTo("+I[xt, te, 8, 7, ex, 8, +I[1970-10-11T22:14:15, m su: x], null, texT]");
    }

    @Test
    void refusesWrongLiteralsWhileItPlans() {
        assertThatThrownBy(() -> valuesOf("CHAR_TO_TIMESTAMP('QQQQ', '2009')"))
                .rootCause()
                .hasMessageContaining("CHAR_TO_TIMESTAMP")
                .hasMessageContaining("'QQQQ'")
                .hasMessageContaining("yyyy-MM-dd HH:mm:ss");
        assertThatThrownBy(() -> valuesOf("STEP(n, 0)"))
                .rootCause()
                .hasMessageContaining("greater than zero");
        assertThatThrownBy(() -> valuesOf("VARIABLE_COLUMN_LOG_PARSE(s, 'a TYPE COLOUR', ',')"))
                .hasStackTraceContaining("Expected a type")
                .hasStackTraceContaining("at character 8");
        assertThatThrownBy(() -> valuesOf("REGEX_LOG_PARSE('x', s)"))
                .hasStackTraceContaining("The pattern of REGEX_LOG_PARSE must be a literal");
        assertThatThrownBy(() -> valuesOf("REGEX_REPLACE(s, 't', 'T', 0, 0)"))
                .hasStackTraceContaining("start of REGEX_REPLACE must be at least 1, but is 0");
        assertThatThrownBy(() -> valuesOf("STEP('x', 5)"))
                .hasStackTraceContaining("an integer to an integer");
    }

    @Test
    void patternsMayBeColumns() throws Exception {
        assertThat(
                        valuesOf(
                                """
                                REGEX_REPLACE('a text', s, 'T', n - 22, n - 23),
                                CHAR_TO_TIMESTAMP(SUBSTRING(s FROM 5) || 'yyyy', '2004'),
                                TIMESTAMP_TO_CHAR(SUBSTRING('MM' || s FROM 1 FOR 2), t)
                                """))
                .isEqualTo("+I[a T, 2004-01-01T00:00, 09]");
    }

    @Test
    void theModuleTakesNoOptions() {
        assertThatThrownBy(
                        () -> {
                            tables.executeSql("UNLOAD MODULE hydrant");
                            tables.executeSql("LOAD MODULE hydrant WITH ('colour' = 'red')");
                        })
                .hasStackTraceContaining("colour");
    }

    /**
     * The columns of one row, in which {@code t} is a time, {@code n} is 23 and {@code s} a text.
     */
    private String valuesOf(String columns) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> result =
                tables.executeSql(
                                "SELECT "
                                        + columns
                                        + " FROM (VALUES (TIMESTAMP '2004-09-30 13:48:23', 23, 'text'))"
                                        + " AS input(t, n, s)")
                        .collect()) {
            result.forEachRemaining(rows::add);
        }
        assertThat(rows).hasSize(1);
        return rows.get(0).toString();
    }
}
