package io.hydrant.sql.kda;

/**
 * Something in an application's text that cannot be run.
 *
 * @param line the line, from 1; 0 where no line can be named
 * @param column the column, from 1; 0 where none can be named
 * @param reason what is wrong, and the way out
 */
public record Problem(int line, int column, String reason) implements Comparable<Problem> {

    @Override
    public int compareTo(Problem other) {
        return line != other.line
                ? Integer.compare(line, other.line)
                : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return line == 0 ? reason : "line " + line + ", column " + column + ": " + reason;
    }
}
