package io.hydrant.launcher.replay;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/**
 * Shows progress: on a terminal as one line that is written over, elsewhere as a new line every ten
 * seconds, so that a log stays short.
 */
final class ProgressLine {

    private static final long BETWEEN_LINES_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private long shown;
    private boolean open;

    ProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        this.shown = System.nanoTime();
    }

    synchronized void show(Object progress) {
        if (terminal) {
            out.print(CLEAR + progress);
            out.flush();
            open = true;
        } else if (System.nanoTime() - shown >= BETWEEN_LINES_NANOS) {
            shown = System.nanoTime();
            out.println(progress);
        }
    }

    /** Leaves the line, so that what is printed next begins a new one. */
    synchronized void end() {
        if (open) {
            out.print(CLEAR);
            out.flush();
            open = false;
        }
    }
}
