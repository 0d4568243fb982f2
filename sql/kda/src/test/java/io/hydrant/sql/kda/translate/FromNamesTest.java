package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.parse.KdaParser;

import org.apache.calcite.sql.SqlIdentifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FromNamesTest {

    /** The stream d is written by the pump, so a column of the name must not look like a circle. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT STREAM d, a.d AS d FROM s AS a WHERE d > 1 | S",
                "SELECT STREAM t.d FROM s AS t(d) | S",
                "SELECT STREAM * FROM \"App\".s | S",
                "SELECT STREAM * FROM s OVER (RANGE INTERVAL '1' MINUTE PRECEDING) AS d JOIN t ON d.k = t.k | S,T",
                "SELECT STREAM * FROM a, b AS d, c OVER w WINDOW w AS (ROWS 2 PRECEDING) | A,B,C",
                "SELECT STREAM * FROM (SELECT STREAM d FROM s UNION ALL SELECT STREAM x FROM t) AS d | S,T",
                "SELECT STREAM * FROM TABLE(RANDOM_CUT_FOREST(CURSOR(SELECT STREAM d FROM s), 100)) | S",
                "SELECT STREAM d FROM s UNION ALL SELECT STREAM d FROM t ORDER BY ROWTIME, d | S,T",
            })
    void areThoseOfStreamsAlone(String query, String names) {
        assertThat(FromNames.of(KdaParser.parse(query).statements().get(0)))
                .extracting(FromNamesTest::last)
                .containsExactly(names.split(","));
    }

    private static String last(SqlIdentifier name) {
        return name.names.get(name.names.size() - 1);
    }
}
