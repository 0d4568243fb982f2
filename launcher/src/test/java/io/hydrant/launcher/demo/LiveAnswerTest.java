package io.hydrant.launcher.demo;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LiveAnswerTest {

    private final LiveAnswer answer = new LiveAnswer(Answer.BUSIEST_AIRPORTS);

    @Test
    void keepsTheNewestRowOfEachPlace() throws IOException {
        come(1, "ATL", 7);
        come(2, "ORD", 5);
        go(1, "ATL", 7);
        come(1, "ORD", 9);
        go(2, "ORD", 5);
        come(2, "ATL", 7);

        assertThat(answer.rows())
                .containsExactly(List.of("1", "ORD", "9"), List.of("2", "ATL", "7"));
    }

    /** As a job writes them once more that goes on from a checkpoint. */
    @Test
    void comesToTheSameWhenChangesComeAgain() throws IOException {
        come(1, "ATL", 7);
        go(1, "ATL", 7);
        come(1, "ORD", 9);
        come(1, "ATL", 7);
        go(1, "ATL", 7);
        come(1, "ORD", 9);

        assertThat(answer.rows()).containsExactly(List.of("1", "ORD", "9"));
    }

    @Test
    void takesAwayNoRowButTheOneThatWent() throws IOException {
        come(1, "ORD", 9);
        go(1, "ATL", 7);
        assertThat(answer.rows()).hasSize(1);
        go(1, "ORD", 9);
        assertThat(answer.rows()).isEmpty();
    }

    @Test
    void namesTheFieldThatIsMissing() {
        assertThatThrownBy(() -> apply("{\"before\":null,\"after\":{\"place\":1},\"op\":\"c\"}"))
                .hasMessageContaining("hydrant-demo-busiest-airports has no field airport");
    }

    private void come(int place, String airport, int flights) throws IOException {
        apply("{\"before\":null,\"after\":" + row(place, airport, flights) + ",\"op\":\"c\"}");
    }

    private void go(int place, String airport, int flights) throws IOException {
        apply("{\"before\":" + row(place, airport, flights) + ",\"after\":null,\"op\":\"d\"}");
    }

    private void apply(String change) throws IOException {
        answer.apply(change.getBytes(StandardCharsets.UTF_8));
    }

    private static String row(int place, String airport, int flights) {
        return "{\"place\":%d,\"airport\":\"%s\",\"flights\":%d}"
                .formatted(place, airport, flights);
    }
}
