package io.hydrant.sql.kda.job;

import io.hydrant.sql.kda.parse.KdaParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RowByRowTest {

    @Test
    void knowsAFilter() {
        assertThat(
                        holds(
                                """
                                CREATE OR REPLACE STREAM "OUT" ("a" BIGINT, b VARCHAR(8));
                                CREATE OR REPLACE PUMP "P" AS INSERT INTO "OUT"
                                  SELECT STREAM s."a" * 2, CASE WHEN c LIKE 'x%' THEN d END
                                  FROM "S_001" AS s WHERE e IS NOT NULL AND f BETWEEN 1 AND g;
                                """))
                .isTrue();
    }

    @Test
    void followsPumpsFromStreamToStream() {
        assertThat(
                        holds(
                                """
                                CREATE STREAM t (a INTEGER);
                                CREATE STREAM u (a INTEGER);
                                CREATE PUMP p AS INSERT INTO t SELECT STREAM a FROM s WHERE a > 1;
                                CREATE PUMP q AS INSERT INTO u (a) SELECT STREAM a FROM t;
                                """))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT STREAM * FROM s",
                "SELECT STREAM s.* FROM s",
                "SELECT STREAM a, ROWTIME FROM s",
                "SELECT STREAM a FROM s WHERE s.ROWTIME > TIMESTAMP '2020-01-01 00:00:00'",
                "SELECT STREAM a FROM s ORDER BY s.ROWTIME",
                "SELECT STREAM DISTINCT a FROM s",
                "SELECT STREAM COUNT(*) FROM s GROUP BY a",
                "SELECT STREAM SUM(a) OVER (PARTITION BY a RANGE INTERVAL '1' MINUTE PRECEDING) FROM s",
                "SELECT STREAM s.a FROM s JOIN t ON s.a = t.a",
                "SELECT STREAM a FROM (SELECT STREAM a FROM s)",
                "SELECT STREAM a FROM s UNION ALL SELECT STREAM a FROM t",
                "SELECT STREAM a FROM s WHERE a IN (SELECT a FROM t)",
                "SELECT STREAM CURRENT_TIMESTAMP FROM s",
                "SELECT STREAM CURRENT_ROW_TIMESTAMP FROM s",
                "SELECT STREAM UPPER(a) FROM s",
                "SELECT STREAM MESSAGE FROM \"error_stream\"",
                "SELECT STREAM a FROM TABLE(f(CURSOR(SELECT STREAM a FROM s)))"
            })
    void leavesAllElseAlone(String query) {
        assertThat(
                        holds(
                                "CREATE STREAM o (a INTEGER); CREATE PUMP p AS INSERT INTO o "
                                        + query
                                        + ";"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE STREAM (",
                "CREATE VIEW v AS SELECT STREAM a FROM s;",
                "SELECT STREAM a FROM s;"
            })
    void leavesAloneWhatItDoesNotUnderstand(String code) {
        assertThat(holds(code)).isFalse();
    }

    private static boolean holds(String code) {
        return RowByRow.holds(KdaParser.parse(code));
    }
}
