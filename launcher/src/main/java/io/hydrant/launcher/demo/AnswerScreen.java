package io.hydrant.launcher.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Shows answers while they change: in a terminal as tables that are written over, elsewhere a line
 * every five seconds with the first row of each, so that a log stays short.
 */
final class AnswerScreen {

    private static final long BETWEEN_LINES_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int LINES_SHOWN = 7;
    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintWriter out;
    private final boolean isTerminal;
    private List<String> last = List.of();
    private long shown = System.nanoTime() - BETWEEN_LINES_NANOS;

    AnswerScreen(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /**
     * Shows how it stands.
     *
     * @param status how far the input has come; a bar is between its parts
     * @param answers the rows of an answer
     */
    void show(String status, Function<Answer, List<List<String>>> answers) {
        if (isTerminal) {
            List<String> lines = new ArrayList<>();
            for (Answer answer : Answer.values()) {
                lines.addAll(table(answer, answers.apply(answer), LINES_SHOWN));
            }
            lines.add("");
            // Lines that the terminal has to break would not be written over.
            lines.addAll(List.of(status.split(" \\| ", -1)));
            rewrite(lines);
        } else if (System.nanoTime() - shown >= BETWEEN_LINES_NANOS) {
            shown = System.nanoTime();
            StringBuilder line = new StringBuilder(status);
            for (Answer answer : Answer.values()) {
                List<List<String>> rows = answers.apply(answer);
                if (!rows.isEmpty()) {
                    // The newest day, and the first place of the others.
                    int row = answer == Answer.DEPARTURES_BY_DAY ? rows.size() - 1 : 0;
                    line.append(" | ").append(String.join(" ", rows.get(row)));
                }
            }
            out.println(line);
            out.flush();
        }
    }

    /** Shows all rows for good. */
    void end(Function<Answer, List<List<String>>> answers) {
        List<String> lines = new ArrayList<>();
        for (Answer answer : Answer.values()) {
            lines.addAll(table(answer, answers.apply(answer), Integer.MAX_VALUE));
        }
        rewrite(lines);
        last = List.of();
    }

    /** Says something for good, above what is written over. */
    void say(String line) {
        List<String> below = last;
        rewrite(List.of(line));
        last = List.of();
        rewrite(below);
    }

    private void rewrite(List<String> lines) {
        if (isTerminal && !last.isEmpty()) {
            out.print(UP.formatted(last.size()) + CLEAR_BELOW);
        }
        lines.forEach(out::println);
        last = lines;
        out.flush();
    }

    /** A table with its title; of more rows than are asked for the last ones. */
    static List<String> table(Answer answer, List<List<String>> rows, int most) {
        List<List<String>> shown = new ArrayList<>();
        shown.add(answer.columns());
        shown.addAll(rows.subList(Math.max(0, rows.size() - most), rows.size()));
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(answer.title() + " (" + answer.table() + ")");
        for (List<String> row : shown) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width =
                        shown.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
                line.append("  ")
                        .append(" ".repeat(width - row.get(i).length()))
                        .append(row.get(i));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
