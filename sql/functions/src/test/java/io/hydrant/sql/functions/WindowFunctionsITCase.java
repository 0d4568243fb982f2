package io.hydrant.sql.functions;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

import static io.hydrant.sql.functions.EventTables.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The functions over windows as SQL calls them, over rows in order and in disorder. */
class WindowFunctionsITCase {

    private static final String STAGGERED =
            """
            WITH staggered AS (
              SELECT * FROM STAGGER(
                input => TABLE keyed PARTITION BY (event_minute, ticker),
                on_time => DESCRIPTOR(rt),
                size => INTERVAL '1' MINUTE))
            SELECT MAX(rowtime) AS closed, event_minute, ticker, COUNT(*) AS n
            FROM staggered
            GROUP BY TUMBLE(rowtime, INTERVAL '0.001' SECOND), event_minute, ticker
            """;

    private final EventTables tables = new EventTables();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void staggerFollowsTheGuidesExampleInAnyOrder(int seed) throws Exception {
        tables.giveShuffled(
                seed,
                "trades",
                new String[] {"event_time", "ticker"},
                new TypeInformation<?>[] {Types.LOCAL_DATE_TIME, Types.STRING},
                Row.of(at("11:00:20"), at("11:00:10"), "AMZN"),
                Row.of(at("11:00:30"), at("11:00:20"), "AMZN"),
                Row.of(at("11:01:05"), at("11:00:55"), "AMZN"),
                Row.of(at("11:01:15"), at("11:01:05"), "AMZN"));
        tables.environment()
                .executeSql(
                        "CREATE TEMPORARY VIEW keyed AS SELECT rt, FLOOR(event_time TO MINUTE) AS event_minute, ticker FROM trades");

        assertThat(tables.rows(STAGGERED))
                .containsExactly("+I[11:01:20, 11:00, AMZN, 3]", "+I[11:02:15, 11:01, AMZN, 1]");
    }

    @Test
    void staggerOpensTheNextWindowWithTheNextRowAndDropsWhatIsTooLate() throws Exception {
        tables.give(
                "events",
                new String[] {"n"},
                new TypeInformation<?>[] {Types.INT},
                Duration.ofSeconds(5),
                Row.of(at("10:00:10"), 1),
                Row.of(at("10:00:19"), 2),
                Row.of(at("10:00:20"), 3),
                // Before the last one, and its window is open.
                Row.of(at("10:00:18"), 4),
                Row.of(at("10:00:45"), 5),
                // Its window has closed.
                Row.of(at("10:00:17"), 6));

        assertThat(
                        tables.rows(
                                """
                                SELECT n, window_start, window_end, rowtime FROM STAGGER(
                                  input => TABLE events, on_time => DESCRIPTOR(rt),
                                  size => INTERVAL '10' SECOND)
                                """))
                .containsExactly(
                        "+I[1, 10:00:10, 10:00:20, 10:00:20]",
                        "+I[4, 10:00:10, 10:00:20, 10:00:20]",
                        "+I[2, 10:00:10, 10:00:20, 10:00:20]",
                        "+I[3, 10:00:20, 10:00:30, 10:00:30]",
                        "+I[5, 10:00:45, 10:00:55, 10:00:55]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void groupRankRanksTheRowsOfOneTime(int seed) throws Exception {
        giveTickers(seed);

        assertThat(
                        tables.rows(
                                """
                                SELECT rt, ticker, n, `groupRank`, rowtime FROM GROUP_RANK(
                                  input => TABLE tickers, rankByColumnName => 'n',
                                  rankOutColumnName => 'groupRank', sortOrder => 'desc',
                                  outputOrder => 'asc', maxIdle => 5, outputMax => 1,
                                  on_time => DESCRIPTOR(rt))
                                """))
                .containsExactly(
                        "+I[10:00:01, AMZN, 9, 1, 10:00:01]", "+I[10:00:02, AMZN, 3, 1, 10:00:02]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void theMostFrequentItemsAreThoseOfTheWindow(int seed) throws Exception {
        giveTickers(seed);

        assertThat(
                        tables.rows(
                                """
                                SELECT * FROM TOP_K_ITEMS_TUMBLING(
                                  input => TABLE tickers, columnName => 'ticker', k => 2,
                                  windowSize => 60, on_time => DESCRIPTOR(rt))
                                """))
                .containsExactly("+I[AMZN, 2, 10:01]", "+I[BAC, 1, 10:01]");
        assertThat(
                        tables.rows(
                                """
                                SELECT * FROM COUNT_DISTINCT_ITEMS_TUMBLING(
                                  input => TABLE tickers, columnName => 'ticker', windowSize => 1,
                                  on_time => DESCRIPTOR(rt))
                                """))
                .containsExactly("+I[3, 10:00:02]", "+I[1, 10:00:03]");
    }

    @Test
    void moreValuesThanHavePlacesAreCountedInStateOfTheSameSize() throws Exception {
        tables.environment()
                .executeSql(
                        """
                        CREATE TEMPORARY TABLE many (n BIGINT, rt AS TO_TIMESTAMP_LTZ(n / 100, 3),
                          WATERMARK FOR rt AS rt) WITH ('connector' = 'datagen',
                          'number-of-rows' = '30000', 'fields.n.kind' = 'sequence',
                          'fields.n.start' = '0', 'fields.n.end' = '29999')
                        """);

        List<String> counted =
                tables.rows(
                        """
                        SELECT NUMBER_OF_DISTINCT_ITEMS > 10000 AND
                          ABS(NUMBER_OF_DISTINCT_ITEMS - 30000) < 1040
                        FROM COUNT_DISTINCT_ITEMS_TUMBLING(
                          input => TABLE many, columnName => 'n', windowSize => 60,
                          on_time => DESCRIPTOR(rt))
                        """);

        assertThat(counted).containsExactly("+I[true]");
    }

    @Test
    void refusesArgumentsOutOfTheirBounds() {
        giveTickers(0);

        assertRefused(
                "TOP_K_ITEMS_TUMBLING(TABLE tickers, 'ticker', 100001, 60, DESCRIPTOR(rt))",
                "argument K of TOP_K_ITEMS_TUMBLING must be from 1 to 100000, but is 100001");
        assertRefused(
                "TOP_K_ITEMS_TUMBLING(TABLE tickers, 'TICKER', 1, 60, DESCRIPTOR(rt))",
                "'TICKER', but the table has no such column: it has [rt, ticker, n]");
        assertRefused(
                "COUNT_DISTINCT_ITEMS_TUMBLING(TABLE tickers, 'ticker', 3601, DESCRIPTOR(rt))",
                "windowSize (seconds) of COUNT_DISTINCT_ITEMS_TUMBLING must be from 1 to 3600");
        assertRefused(
                "GROUP_RANK(TABLE tickers, 'n', 'rank', 'up', 'asc', 0, 0, DESCRIPTOR(rt))",
                "sortOrder of GROUP_RANK must be 'asc' or 'desc', but is 'up'");
        assertRefused(
                "STAGGER(TABLE tickers, INTERVAL '0' SECOND, DESCRIPTOR(rt))",
                "must be longer than nothing");
    }

    private void assertRefused(String call, String message) {
        assertThatThrownBy(() -> tables.rows("SELECT * FROM " + call))
                .hasStackTraceContaining(message);
    }

    private void giveTickers(int seed) {
        tables.giveShuffled(
                seed,
                "tickers",
                new String[] {"ticker", "n"},
                new TypeInformation<?>[] {Types.STRING, Types.INT},
                Row.of(at("10:00:01"), "CRM", 5),
                Row.of(at("10:00:01"), "BAC", 5),
                Row.of(at("10:00:01"), "AMZN", 9),
                Row.of(at("10:00:02"), "AMZN", 3));
    }
}
