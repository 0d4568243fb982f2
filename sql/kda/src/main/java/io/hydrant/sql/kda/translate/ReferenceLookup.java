package io.hydrant.sql.kda.translate;

import io.hydrant.sql.kda.translate.Queries.Context;
import io.hydrant.sql.kda.translate.Stages.Keep;

import org.apache.calcite.sql.parser.SqlParserPos;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The stages that put rows of a reference table beside those of a stream. */
final class ReferenceLookup {

    /** Says of a row which of the table's it has: 0 none, 1 one with more to come, 2 the last. */
    static final String CANDIDATE = "$CANDIDATE";

    /** Whether a row of the stream and one of the table belong together. */
    static final String MATCH = "$MATCH";

    private final Stages stages;
    private final Names names;
    private final SqlParserPos position;

    /** A stage of rows of a stream beside those of the table, and its columns. */
    record Beside(String view, List<Column> columns) {}

    ReferenceLookup(Context context, SqlParserPos position) {
        stages = context.stages();
        names = context.names();
        this.position = position;
    }

    /** The stage with the stream's rows beside those of the table with equal keys. */
    Beside equal(String stream, String table, ReferenceKeys keys, String prefix, boolean outer) {
        String keyed = names.next();
        keyed(keyed, stream, keys);
        String view = names.next();
        return new Beside(
                view, stages.reference(view, keyed, table, keys.pairs(), outer, prefix, false));
    }

    /**
     * The stage with what is kept of the stream's rows where conditions hold, too.
     *
     * @param computing adds columns that are computed of the table's
     * @param conditions what must be true, written for a stage with the columns of both
     */
    String matched(
            String stream,
            String table,
            ReferenceKeys keys,
            UnaryOperator<Beside> computing,
            Function<String, List<String>> conditions,
            String prefix,
            Keep keep) {
        String keyed = names.next();
        List<Column> kept = keyed(keyed, stream, keys);
        String candidates = names.next();
        Beside beside =
                computing.apply(
                        new Beside(
                                candidates,
                                stages.reference(
                                        candidates,
                                        keyed,
                                        table,
                                        keys.pairs(),
                                        true,
                                        prefix,
                                        true)));
        String checked = names.next();
        stages.view(
                checked,
                "SELECT "
                        + beside.columns().stream()
                                .map(Column::name)
                                .filter(name -> !name.equals(CANDIDATE))
                                .map(name -> FlinkSql.name(name) + ", ")
                                .collect(Collectors.joining())
                        + FlinkSql.name(CANDIDATE)
                        + ", "
                        + FlinkSql.name(CANDIDATE)
                        + " > 0"
                        + conditions.apply(beside.view()).stream()
                                .map(c -> " AND " + c)
                                .collect(Collectors.joining())
                        + " AS "
                        + FlinkSql.name(MATCH)
                        + " FROM "
                        + FlinkSql.name(beside.view()),
                position);
        String matched = names.next();
        stages.matched(matched, checked, kept.size(), keep);
        return matched;
    }

    private List<Column> keyed(String keyed, String stream, ReferenceKeys keys) {
        return stages.view(
                keyed,
                "SELECT *"
                        + keys.computed().stream().map(c -> ", " + c).collect(Collectors.joining())
                        + " FROM "
                        + FlinkSql.name(stream),
                position);
    }
}
