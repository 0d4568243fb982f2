package io.hydrant.sql.functions;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.hydrant.sql.functions.EventTables.at;
import static org.assertj.core.api.Assertions.assertThat;

/** The functions over groups and OVER windows as SQL calls them. */
class AggregateFunctionsITCase {

    private final EventTables tables = new EventTables();

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void overWindowsSlideInTheOrderOfTime(int seed) throws Exception {
        givePrices(seed);

        assertThat(
                        tables.rows(
                                """
                                SELECT rt, ticker, price,
                                  KDA_LAG(price, 1, CAST(0 AS DOUBLE), TRUE) OVER w,
                                  KDA_FIRST_VALUE(price) OVER w,
                                  KDA_FIRST_VALUE(price, TRUE) OVER w,
                                  KDA_LAST_VALUE(ticker) OVER w,
                                  KDA_NTH_VALUE(price, 2) OVER w,
                                  EXP_AVG(price, rt, INTERVAL '10' SECOND) OVER w,
                                  KDA_ANY(price > 15) OVER w,
                                  KDA_EVERY(price > 15) OVER w
                                FROM prices
                                WINDOW w AS (PARTITION BY ticker ORDER BY rt
                                  RANGE BETWEEN INTERVAL '30' SECOND PRECEDING AND CURRENT ROW)
                                """))
                .containsExactly(
                        "+I[10:00, A, 14.0, 0.0, 14.0, 14.0, A, null, 14.0, false, false]",
                        "+I[10:00:10, A, null, 14.0, 14.0, 14.0, A, null, 14.0, false, false]",
                        "+I[10:00:10.001, B, 1.0, 0.0, 1.0, 1.0, B, null, 1.0, false, false]",
                        "+I[10:00:20, A, 28.0, 14.0, 14.0, 14.0, A, null, 25.2, true, false]",
                        "+I[10:00:40, A, 7.0, 28.0, null, 28.0, A, 28.0, 11.2, true, false]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void groupsHaveOneResult(int seed) throws Exception {
        givePrices(seed);

        assertThat(
                        tables.rows(
                                """
                                SELECT window_end, ticker, EXP_AVG(price, rt, INTERVAL '10' SECOND),
                                  KDA_ANY(price > 15), KDA_EVERY(price > 5)
                                FROM TABLE(TUMBLE(TABLE prices, DESCRIPTOR(rt), INTERVAL '30' SECOND))
                                GROUP BY window_start, window_end, ticker
                                """))
                .containsExactlyInAnyOrder(
                        "+I[10:00:30, A, 25.2, true, true]",
                        "+I[10:00:30, B, 1.0, false, false]",
                        "+I[10:01, A, 7.0, false, true]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void sketchesCountInBoundedMemory(int seed) throws Exception {
        givePrices(seed);

        assertThat(
                        tables.rows(
                                """
                                SELECT window_end, HLL_COUNT_DISTINCT(price), APPROX_TOP_K(ticker, 1)
                                FROM TABLE(TUMBLE(TABLE prices, DESCRIPTOR(rt), INTERVAL '30' SECOND))
                                GROUP BY window_start, window_end
                                """))
                .containsExactly("+I[10:00:30, 3, [+I[A, 3, 0]]]", "+I[10:01, 1, [+I[A, 1, 0]]]");
    }

    private void givePrices(int seed) {
        tables.giveShuffled(
                seed,
                "prices",
                new String[] {"ticker", "price"},
                new TypeInformation<?>[] {Types.STRING, Types.DOUBLE},
                Row.of(at("10:00:00"), "A", 14.0),
                Row.of(at("10:00:10"), "A", null),
                Row.of(at("10:00:10.001"), "B", 1.0),
                Row.of(at("10:00:20"), "A", 28.0),
                Row.of(at("10:00:40"), "A", 7.0));
    }
}
