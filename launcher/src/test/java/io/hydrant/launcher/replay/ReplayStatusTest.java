package io.hydrant.launcher.replay;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayStatusTest {

    private static final Instant EVENT = Instant.parse("2013-01-03T12:00:00Z");

    @Test
    void readsAsALine() {
        assertThat(status(13_502, Duration.ZERO, 0))
                .hasToString(
                        "13,502 of 27,004 records (50 %), 1,350 records/s, 0.50 MB/s, at"
                                + " 2013-01-03T12:00:00Z");
        assertThat(status(0, Duration.ofMillis(2900), 1200))
                .hasToString(
                        "0 of 27,004 records (0 %), 0 records/s, 0.50 MB/s, at"
                                + " 2013-01-03T12:00:00Z, 2 s behind, 1,200 throttled");
    }

    @Test
    void isAllDoneWhenThereIsNothingToDo() {
        assertThat(new ReplayStatus(0, 0, 0, Duration.ZERO, Duration.ZERO, null, 0))
                .hasToString("0 of 0 records (100 %), 0 records/s, 0.00 MB/s");
    }

    @Test
    void isWrittenOverOnATerminal() {
        StringWriter shown = new StringWriter();
        ProgressLine line = new ProgressLine(new PrintWriter(shown), true);

        line.show("one");
        line.show("two");
        line.end();
        line.end();

        assertThat(shown).hasToString("\r\u001b[Kone\r\u001b[Ktwo\r\u001b[K");
    }

    @Test
    void keepsALogShort() {
        StringWriter shown = new StringWriter();
        ProgressLine line = new ProgressLine(new PrintWriter(shown), false);

        line.show("one");
        line.end();

        assertThat(shown.toString()).isEmpty();
    }

    private static ReplayStatus status(long records, Duration lag, long throttled) {
        return new ReplayStatus(
                records, 27_004, 5_000_000, Duration.ofSeconds(10), lag, EVENT, throttled);
    }
}
