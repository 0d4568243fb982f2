package io.hydrant.sql.runner;

/**
 * One statement of a script.
 *
 * @param file name of the script
 * @param line its first line in the script, from 1
 * @param column its first column in that line, from 1
 * @param text it, without the semicolon behind it
 */
record Statement(String file, int line, int column, String text) {

    /** The statement where it stands in its script, so that a parser counts lines as the script. */
    String inPlace() {
        return "\n".repeat(line - 1) + " ".repeat(column - 1) + text;
    }

    /** As {@link #inPlace()}, with something before it that moves no line. */
    String inPlaceBehind(String words) {
        String blank = line == 1 ? "" : "\n".repeat(line - 2);
        return line == 1
                ? words + " " + text
                : blank + words + "\n" + " ".repeat(column - 1) + text;
    }

    /** Where it is, for messages. */
    String where() {
        return file + ", line " + line;
    }
}
