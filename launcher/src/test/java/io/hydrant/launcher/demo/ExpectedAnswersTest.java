package io.hydrant.launcher.demo;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ExpectedAnswersTest {

    private final ExpectedAnswers expected = new ExpectedAnswers();

    @Test
    void ranksByFiguresAndThenByName() throws IOException {
        for (int i = 0; i < 10; i++) {
            flight("UA", "ORD", 3, "2013-01-01T23:00:00Z");
            flight("B6", "ATL", i == 0 ? 4 : 3, "2013-01-02T00:30:00Z");
        }
        flight("UA", "ORD", null, "2013-01-02T01:00:00Z");
        flight("AA", "BOS", 500, "2013-01-02T02:00:00Z");

        assertThat(expected.rows(Answer.BUSIEST_AIRPORTS))
                .containsExactly(
                        List.of("1", "ATL", "10"),
                        List.of("2", "ORD", "10"),
                        List.of("3", "BOS", "1"));
        assertThat(expected.rows(Answer.LATEST_CARRIERS))
                .as("AA has fewer than ten flights")
                .containsExactly(List.of("1", "B6", "10", "3.1"), List.of("2", "UA", "10", "3.0"));
        assertThat(expected.rows(Answer.DEPARTURES_BY_DAY))
                .containsExactly(
                        List.of("2013-01-01", "10", "0"), List.of("2013-01-02", "11", "1"));
    }

    @Test
    void showsTheLastRowsOfATableThatIsTooLong() throws IOException {
        flight("UA", "ORD", 3, "2013-01-01T23:00:00Z");
        flight("UA", "ORD", null, "2013-01-02T23:00:00Z");

        assertThat(
                        AnswerScreen.table(
                                Answer.DEPARTURES_BY_DAY,
                                expected.rows(Answer.DEPARTURES_BY_DAY),
                                1))
                .containsExactly(
                        "",
                        "Departures by day (departures_by_day)",
                        "    flown_on  departed  cancelled",
                        "  2013-01-02         0          1");
    }

    private void flight(String carrier, String dest, Integer delay, String at) throws IOException {
        expected.add(
                "{\"carrier\":\"%s\",\"dest\":\"%s\",\"dep_delay\":%s,\"event_time\":\"%s\"}"
                        .formatted(carrier, dest, delay, at)
                        .getBytes(StandardCharsets.UTF_8));
    }
}
