package io.hydrant.sql.kda.translate;

import java.util.List;

/**
 * Something that SQL can name in FROM: a stream of the application, a view, a reference table.
 *
 * @param name as quoted SQL has to write it
 * @param columns its columns in order; of a stream without ROWTIME
 * @param system columns that it has, too, but that a star leaves out
 * @param kind what it is
 */
public record Relation(String name, List<Column> columns, List<Column> system, Kind kind) {

    /** The kinds of relations. */
    public enum Kind {
        /** A stream that reads the application's input. */
        INPUT,
        /** A stream that pumps write. */
        STREAM,
        /** The rows that could not be computed. */
        ERRORS,
        /** A finite table that streams are joined with. */
        REFERENCE
    }

    public Relation {
        columns = List.copyOf(columns);
        system = List.copyOf(system);
    }
}
