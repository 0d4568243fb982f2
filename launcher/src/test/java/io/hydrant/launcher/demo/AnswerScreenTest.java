package io.hydrant.launcher.demo;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerScreenTest {

    private static final String OVER = "\u001b[12A\u001b[J";

    private final StringWriter out = new StringWriter();

    @Test
    void keepsWhatIsSaidAboveTheTablesThatAreWrittenOver() {
        AnswerScreen screen = new AnswerScreen(new PrintWriter(out), true);

        // Of each of three answers a blank line, its title and its columns; a blank line, two
        // parts.
        screen.show("in 5 | 4 in the answers", answer -> List.of());
        String tables = taken();
        screen.say("rotated");
        String said = taken();
        screen.show("in 6 | 5 in the answers", answer -> List.of());

        assertThat(tables.lines()).hasSize(12).endsWith("in 5", "4 in the answers");
        assertThat(said).isEqualTo(OVER + "rotated" + System.lineSeparator() + tables);
        assertThat(taken()).startsWith(OVER).doesNotContain("rotated");
    }

    @Test
    void saysALineWhereNothingCanBeWrittenOver() {
        AnswerScreen screen = new AnswerScreen(new PrintWriter(out), false);

        screen.show("in 5 | 4 in the answers", answer -> List.of(List.of("1", "ATL", "3", "2")));
        screen.say("rotated");

        assertThat(taken().lines())
                .containsExactly(
                        "in 5 | 4 in the answers | 1 ATL 3 2 | 1 ATL 3 2 | 1 ATL 3 2", "rotated");
    }

    private String taken() {
        String text = out.toString();
        out.getBuffer().setLength(0);
        return text;
    }
}
