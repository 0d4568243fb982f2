package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.parse.KdaParser;
import io.hydrant.sql.kda.translate.Scope.Field;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GroupKeysTest {

    private final Expressions expressions =
            new Expressions(
                    new Scope(
                            "view",
                            List.of(
                                    new Field("S", "ROWTIME", "ROWTIME", null, false),
                                    new Field("S", "T", "T", new TimestampType(3), true),
                                    new Field("S", "ID", "ID", new IntType(), true))),
                    null,
                    Map.of(),
                    node -> null);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ROWTIME | 1 | 0",
                "CURRENT_ROW_TIMESTAMP | 1 | 0",
                "FLOOR(s.ROWTIME TO MINUTE) | 60000 | 0",
                "FLOOR(CURRENT_TIMESTAMP TO SECOND) | 1000 | 0",
                "CEIL(ROWTIME TO HOUR) | 3600000 | 1",
                "STEP(ROWTIME BY INTERVAL '90' SECOND) | 90000 | 0",
                "STEP(MONOTONIC(ROWTIME) BY INTERVAL '90' SECOND) | |",
                "MONOTONIC(FLOOR(ROWTIME TO DAY)) | 86400000 | 0",
                "FLOOR((ROWTIME + INTERVAL '15' SECOND) TO MINUTE) | 60000 | 45000",
                "FLOOR((ROWTIME - INTERVAL '15' SECOND) TO MINUTE) | 60000 | 15000",
                "STEP((INTERVAL '7' HOUR + ROWTIME) BY INTERVAL '1' DAY) | 86400000 | 61200000",
                "FLOOR((ROWTIME - TIMESTAMP '1970-01-01 00:00:02') SECOND / 10 TO SECOND) | 10000 | 2000",
                "CAST(ROWTIME AS DATE) | 86400000 | 0",
                "FLOOR(ROWTIME TO MINUTE) - INTERVAL '1' DAY | 60000 | 0",
                "INTERVAL '1' MONTH + CEIL(ROWTIME TO HOUR) | 3600000 | 1",
                "UNIX_TIMESTAMP(ROWTIME) | 1 | 0",
                "UNIX_TIMESTAMP(s.ROWTIME) / 15000 | 15000 | 0",
                "UNIX_TIMESTAMP(CURRENT_ROW_TIMESTAMP) / 1000 / 60 | 60000 | 0",
                "(UNIX_TIMESTAMP(ROWTIME) + 5000) / 15000 | 15000 | 10000",
                "(UNIX_TIMESTAMP(ROWTIME) / 1000 - 5) / 15 | 15000 | 5000",
                "UNIX_TIMESTAMP(ROWTIME - INTERVAL '5' SECOND) / 15000 | 15000 | 5000",
                "UNIX_TIMESTAMP(ROWTIME) / 15000 * 15000 + 7 | 15000 | 0",
                "TO_TIMESTAMP(UNIX_TIMESTAMP(ROWTIME) / 15000 * 15000) | 15000 | 0",
                "UNIX_TIMESTAMP(FLOOR(ROWTIME TO MINUTE)) | 60000 | 0",
                "UNIX_TIMESTAMP(FLOOR(ROWTIME TO MINUTE)) * 2 | 60000 | 0",
                "STEP(UNIX_TIMESTAMP(ROWTIME) BY 60000) | 60000 | 0",
                "STEP(UNIX_TIMESTAMP(ROWTIME) / 1000 BY 60) | 60000 | 0",
                "UNIX_TIMESTAMP(ROWTIME) / -15000 | |",
                "UNIX_TIMESTAMP(ROWTIME) / 15000.5 | |",
                "UNIX_TIMESTAMP(ROWTIME) / id | |",
                "UNIX_TIMESTAMP(ROWTIME) * 0 | |",
                "UNIX_TIMESTAMP(t) / 15000 | |",
                "UNIX_TIMESTAMP(FLOOR(ROWTIME TO MINUTE)) / 7 | |",
                "UNIX_TIMESTAMP(ROWTIME) / 999999999999999999 / 999999999999999999 | |",
                "FLOOR(ROWTIME TO MINUTE) - t | |",
                "FLOOR(t TO MINUTE) | |",
                "STEP(t BY INTERVAL '1' MINUTE) | |",
                "FLOOR((ROWTIME + t) TO MINUTE) | |",
                "CAST(ROWTIME AS VARCHAR(10)) | |",
                "id | |",
            })
    void knowsHowLongAnExpressionOfTheTimeStaysTheSame(String key, Long millis, Long offset) {
        TimeWindow window = TimeWindow.of(node(key), expressions);

        if (millis == null) {
            assertThat(window).isNull();
        } else {
            assertThat(window.millis()).isEqualTo(millis);
            assertThat(window.offset()).isEqualTo(offset);
        }
    }

    @Test
    void knowsTheWindowOfAColumnOfAQueryInFrom() {
        Scope behind =
                new Scope(
                        "view",
                        List.of(new Field("S", "M", "M", new TimestampType(3), true)),
                        expressions.rising(
                                List.of(node("FLOOR(ROWTIME TO MINUTE)"), node("MONOTONIC(id)")),
                                List.of("M", "N"),
                                false));
        Expressions ofColumns = new Expressions(behind, null, Map.of(), node -> null);

        assertThat(TimeWindow.of(node("s.m"), ofColumns))
                .isEqualTo(new TimeWindow(60_000, 0, null));
        assertThat(behind.rising().asserted()).containsExactly("N");
    }

    @ParameterizedTest
    @CsvSource({
        "FLOOR(ROWTIME TO MINUTE), 60000, 1",
        "ROWTIME, 1, 0",
        "CEIL(ROWTIME TO HOUR), 3600000, 1"
    })
    void theEndOfAWindowBelongsToItWhereRowsAreGroups(String key, long millis, long offset) {
        assertThat(TimeWindow.of(node(key), expressions).ofEnds())
                .isEqualTo(new TimeWindow(millis, offset, null, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MONTH", "QUARTER", "YEAR"})
    void leavesUnitsWithoutALengthToTheCalendar(String unit) {
        assertThat(TimeWindow.of(node("FLOOR(ROWTIME TO " + unit + ")"), expressions).unit())
                .isEqualTo(unit);
    }

    @ParameterizedTest
    @CsvSource({
        "FLOOR(ROWTIME TO MINUTE), 2020-02-29T10:00:59.999, 2020-02-29T10:00:00",
        "FLOOR(ROWTIME TO MINUTE), 1969-12-31T23:59:59.999, 1969-12-31T23:59:00",
        "CEIL(ROWTIME TO HOUR), 2020-02-29T11:00:00, 2020-02-29T10:00:00.001",
        "STEP(ROWTIME BY INTERVAL '90' SECOND), 2020-02-29T10:02:00, 2020-02-29T10:01:30",
        "UNIX_TIMESTAMP(ROWTIME) / 15000, 2020-02-29T10:01:44.999, 2020-02-29T10:01:30",
        "FLOOR((ROWTIME + INTERVAL '15' SECOND) TO MINUTE), 2020-02-29T10:00:44.999, 2020-02-29T09:59:45",
        "FLOOR(ROWTIME TO MONTH), 2020-02-29T23:59:59.999, 2020-02-01T00:00:00",
        "FLOOR(ROWTIME TO QUARTER), 2020-06-30T00:00:00, 2020-04-01T00:00:00",
        "FLOOR(ROWTIME TO YEAR), 2020-12-31T00:00:00, 2020-01-01T00:00:00",
    })
    void knowsWhenTheWindowOfATimeBegan(String key, LocalDateTime time, LocalDateTime start) {
        TimeWindow window = TimeWindow.of(node(key), expressions);

        assertThat(window.start(millis(time))).isEqualTo(millis(start));
        assertThat(window.start(millis(start))).isEqualTo(millis(start));
        assertThat(window.start(millis(start) - 1)).isLessThan(millis(start));
    }

    private static long millis(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    @Test
    void refusesAStepOfNothing() {
        assertThatThrownBy(
                        () ->
                                TimeWindow.of(
                                        node("STEP(ROWTIME BY INTERVAL '0' SECOND)"), expressions))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("longer than nothing");
    }

    /** The reference's rules for deducing monotonicity. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "MONOTONIC(id)",
                "MONOTONIC(id) + 1",
                "100 - MONOTONIC(id)",
                "-MONOTONIC(id)",
                "FLOOR(MONOTONIC(t) TO MINUTE)",
                "STEP(MONOTONIC(t) BY INTERVAL '1' MINUTE)",
                "CEIL(MONOTONIC(id) / 10)",
                "UNIX_TIMESTAMP(ROWTIME) / 60000",
                "STEP(UNIX_TIMESTAMP(ROWTIME) BY 60000)",
                "CAST(MONOTONIC(id) * 2 AS BIGINT)",
            })
    void knowsWhatNeverTurnsBack(String key) {
        assertThat(Monotonic.is(node(key), expressions)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "FLOOR(t TO MINUTE)",
                "MONOTONIC(id) + id",
                "id * MONOTONIC(id)",
                "MOD(MONOTONIC(id), 7)",
                "EXTRACT(MINUTE FROM ROWTIME)",
                "100 / MONOTONIC(id)",
                "1 + 2",
            })
    void knowsWhatMayTurnBack(String key) {
        assertThat(Monotonic.is(node(key), expressions)).isFalse();
    }

    private static SqlNode node(String expression) {
        SqlSelect select =
                (SqlSelect)
                        KdaParser.parse("SELECT STREAM " + expression + " FROM s")
                                .statements()
                                .get(0);
        return select.getSelectList().get(0);
    }
}
