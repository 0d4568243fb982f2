package io.hydrant.sql.kda.job;

import io.hydrant.sql.kda.parse.KdaParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ColumnsReadTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT STREAM \"named\" FROM s",
                "SELECT STREAM NAMED FROM s",
                "SELECT STREAM COUNT(*) FROM s GROUP BY named, FLOOR(s.ROWTIME TO MINUTE)",
                "SELECT STREAM a FROM s WHERE CASE WHEN x.named > 1 THEN TRUE END",
                "SELECT STREAM a FROM s AS x JOIN t OVER (RANGE INTERVAL '1' MINUTE PRECEDING) AS y"
                        + " ON x.a = y.named",
                "SELECT STREAM a FROM s JOIN t USING (named)",
                "SELECT STREAM SUM(a) OVER w FROM s WINDOW w AS (PARTITION BY named ROWS 2 PRECEDING)",
                "SELECT STREAM LAG(a, 1) OVER (PARTITION BY named ROWS 2 PRECEDING) FROM s",
                "SELECT STREAM COUNT(*) FROM s WINDOWED BY STAGGER (PARTITION BY named RANGE"
                        + " INTERVAL '1' MINUTE)",
                "SELECT STREAM a FROM TABLE(RANDOM_CUT_FOREST(CURSOR(SELECT STREAM named FROM s)))",
                "SELECT STREAM a FROM s ORDER BY FLOOR(s.ROWTIME TO MINUTE), named",
                "SELECT STREAM a FROM s UNION ALL SELECT STREAM named FROM t",
                "SELECT STREAM a FROM s WHERE a IN (SELECT named FROM t)",
                "SELECT STREAM a FROM s GROUP BY a HAVING MAX(named) > 1",
                "SELECT STREAM x.b FROM (SELECT STREAM named AS b FROM s) AS x",
                "SELECT STREAM POSITION('x' IN named) FROM s",
                "SELECT STREAM CAST(named AS INTEGER) FROM s",
                "SELECT STREAM STDDEV_SAMP(DISTINCT named) FROM s"
            })
    void readsWhatIsNamedAnywhereAndNothingElse(String query) {
        ColumnsRead read = read(pump(query));

        assertThat(read.hasColumn("named") || read.hasColumn("NAMED")).isTrue();
        assertThat(read.hasColumn("OTHER")).isFalse();
        assertThat(read.hasSystemColumn("SHARD_ID")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT STREAM * FROM s",
                "SELECT STREAM a, x.* FROM s AS x",
                "SELECT STREAM b FROM s AS x (b, c)",
                "SELECT STREAM a FROM s NATURAL JOIN t",
                "SELECT STREAM a FROM TABLE(HOTSPOTS(CURSOR(SELECT STREAM * FROM s), 1, 2, 3, 4))"
            })
    void readsAllColumnsWhereTheyAreMeantWithoutAName(String query) {
        ColumnsRead read = read(pump(query));

        assertThat(read.hasColumn("other")).isTrue();
        assertThat(read.hasSystemColumn("SHARD_ID")).isFalse();
    }

    @Test
    void readsSystemColumnsThatAreNamed() {
        ColumnsRead read = read(pump("SELECT STREAM *, shard_id FROM s"));

        assertThat(read.hasSystemColumn("SHARD_ID")).isTrue();
        assertThat(read.hasSystemColumn("SEQUENCE_NUMBER")).isFalse();
    }

    @Test
    void readsWhatViewsName() {
        ColumnsRead read =
                read(
                        "CREATE VIEW v AS SELECT STREAM named FROM s; "
                                + pump("SELECT STREAM a FROM v"));

        assertThat(read.hasColumn("NAMED")).isTrue();
        assertThat(read.hasColumn("OTHER")).isFalse();
    }

    @Test
    void readsEverythingOfWhatItDoesNotUnderstand() {
        ColumnsRead read = read("CREATE STREAM (");

        assertThat(read.hasColumn("OTHER")).isTrue();
        assertThat(read.hasSystemColumn("SHARD_ID")).isTrue();
    }

    private static ColumnsRead read(String code) {
        return ColumnsRead.of(KdaParser.parse(code));
    }

    private static String pump(String query) {
        return "CREATE STREAM o (a INTEGER); CREATE PUMP p AS INSERT INTO o " + query + ";";
    }
}
