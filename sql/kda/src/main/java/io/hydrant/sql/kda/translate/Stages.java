package io.hydrant.sql.kda.translate;

import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.List;

/**
 * Takes the stages that a translation consists of, in the order in which they build on one another.
 *
 * <p>Every stage of a stream has its time in a column ROWTIME, which is the stage's time attribute:
 * rows come such that none is older than the watermark says.
 */
public interface Stages {

    /**
     * A query of Flink SQL as a view of the given name.
     *
     * @return its columns, ROWTIME among them where it has one
     * @throws IllegalArgumentException if Flink refuses the query
     */
    List<Column> view(String name, String sql, SqlParserPos origin);

    /** The type of an expression over a view. */
    Column typed(String expression, String view, SqlParserPos origin);

    /** The stream of what could not be computed, which queries can read. */
    Relation errorStream();

    /**
     * The view of a stream's rows; of the error stream those that the stages so far could not
     * compute.
     */
    String source(Relation relation);

    /**
     * A view whose column ROWTIME is a plain timestamp, as a view where it is the time attribute.
     * Assumes that no row is older than the watermark.
     */
    void retime(String name, String input);

    /**
     * A view whose column ROWTIME is a plain timestamp that the application computed, as one where
     * it is the time attribute; rows that go back in time go to the error stream.
     *
     * @param within how many milliseconds they may go back; then they are out of order still, and
     *     such without a time are left out
     */
    void order(String name, String input, long within, String pump);

    /**
     * A view of rows that come in batches, window of time by window of time, with ROWTIME as the
     * time attribute.
     *
     * @param own the column of their own time, a plain timestamp. It becomes ROWTIME; that of a row
     *     before which the batch has a later one becomes this one
     */
    void settle(String name, String input, String own, TimeWindow window);

    /** A view and, for each of its rows, functions over rows before it. */
    List<Column> slide(String name, String input, Slide slide);

    /**
     * A view with a column more, {@code $END}, which says when the stagger window of a row ends: it
     * begins with the first row of a key and ends {@code millis} later. ROWTIME becomes the last
     * millisecond of the window.
     */
    void stagger(String name, String input, List<String> keys, long millis);

    /**
     * A view whose rows wait until a column of them has another value; ROWTIME becomes the time of
     * the row that has it, or what the clock says at the end.
     */
    void change(String name, String input, String column);

    /**
     * A view of the rows of two streams, which its column {@code $SIDE} tells apart (0 and 1), as
     * the pairs that each row makes with those that the other stream's window has when it comes.
     */
    void pair(String name, String input, Frame left, Frame right);

    /**
     * A stream's rows, each beside the rows of a reference table that have equal keys.
     *
     * @param outer whether a row without one is kept
     * @param candidates whether there is a column {@code $CANDIDATE} behind the table's: 0 in a row
     *     without a row of the table, 2 in the last of those that one row makes, 1 in the others
     */
    List<Column> reference(
            String name,
            String input,
            String table,
            List<KeyPair> keys,
            boolean outer,
            String prefix,
            boolean candidates);

    /**
     * What is kept of rows beside their candidates: a view whose last columns are {@code
     * $CANDIDATE} and {@code $MATCH}, which says whether the two belong together.
     *
     * @param width how many columns the rows have without those of the table
     */
    void matched(String name, String input, int width, Keep keep);

    /**
     * The rows of a view, made to fit a stream's columns, flow into the stream.
     *
     * @param computes whether approximate numbers among them can be beyond the range of their types
     */
    void pump(
            String pump,
            String view,
            Relation stream,
            List<Target> targets,
            boolean computes,
            SqlParserPos origin);

    /** Rows (ROWTIME, ERROR_NAME, MESSAGE, DATA) that a stage could not compute. */
    void errors(String view, String pump);

    /** Stages of the same inputs and tables that nobody runs, to check queries by. */
    Stages trial();

    /** What is kept of a row of a stream that rows of a reference table may match. */
    enum Keep {
        /** The pairs that match; the row alone where there are none. */
        PAIRS_OR_ROW,
        /** The row where any matches. */
        ROW_IF_ANY,
        /** The row where none matches. */
        ROW_IF_NONE
    }

    /** Equal columns of a stream and a reference table. */
    record KeyPair(String left, String right) {}

    /**
     * What a column of a stream is written from.
     *
     * @param column of the stream
     * @param source column of the view; null for NULL
     * @param required whether NULL is an error, for the column is declared NOT NULL
     */
    record Target(Column column, String source, boolean required) {}

    /** Functions over the rows up to the current one, of one partition. */
    record Slide(List<String> partition, List<Call> calls) {

        public Slide {
            partition = List.copyOf(partition);
            calls = List.copyOf(calls);
        }
    }

    /**
     * One function over a window that ends at the current row.
     *
     * @param result the column that it adds
     * @param function its name
     * @param arguments columns
     * @param frame the window's rows
     * @param distinct whether equal values count once
     * @param ignoreNulls whether IGNORE NULLS stands behind it
     */
    record Call(
            String result,
            String function,
            List<String> arguments,
            Frame frame,
            boolean distinct,
            boolean ignoreNulls) {

        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * The rows of a window before the current one.
     *
     * @param millis how much older than the current row they may be; negative for any age
     * @param rows how many they may be; negative for any number
     */
    record Frame(long millis, long rows) implements java.io.Serializable {

        /** All rows up to the current one. */
        public static final Frame UNBOUNDED = new Frame(-1, -1);
    }
}
