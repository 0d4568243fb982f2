package io.hydrant.localstack.fakes.redshift;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes PostgreSQL's SQL of Redshift's: layout of tables is left out, and so is what Redshift does
 * not enforce (PRIMARY KEY, UNIQUE, REFERENCES); SUPER is jsonb, GETDATE() and SYSDATE are the time
 * of now, NVL is COALESCE, TOP is LIMIT, LISTAGG is string_agg, DECODE is CASE, CONVERT of two is
 * CAST, DATEADD and DATEDIFF are functions of the double; version() is Redshift's; settings of a
 * session that concern queues and caches are taken and mean nothing.
 *
 * <p>Source: Redshift developer guide, "CREATE TABLE", "GETDATE", "SYSDATE", "NVL", "SUPER type",
 * "SET", "SELECT list" (TOP), "LISTAGG", "DECODE", "CONVERT", "VERSION", "DATEADD", "DATEDIFF",
 * "Date parts for date or timestamp functions".
 */
final class DialectRewrite {

    /** What tools know Redshift by: "Redshift" behind the PostgreSQL that it comes from. */
    private static final String VERSION =
            "PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017"
                    + " (Red Hat 3.4.2-6.fc3), Redshift 1.0.0";

    private static final List<String> SETTINGS =
            List.of("QUERY_GROUP", "ENABLE_RESULT_CACHE_FOR_SESSION", "WLM_QUERY_SLOT_COUNT");

    /** Date parts by every name that they have. */
    private static final Map<String, String> DATE_PARTS =
            Map.ofEntries(
                    Map.entry("year", "year"),
                    Map.entry("years", "year"),
                    Map.entry("yr", "year"),
                    Map.entry("y", "year"),
                    Map.entry("quarter", "quarter"),
                    Map.entry("quarters", "quarter"),
                    Map.entry("qtr", "quarter"),
                    Map.entry("month", "month"),
                    Map.entry("months", "month"),
                    Map.entry("mon", "month"),
                    Map.entry("week", "week"),
                    Map.entry("weeks", "week"),
                    Map.entry("w", "week"),
                    Map.entry("day", "day"),
                    Map.entry("days", "day"),
                    Map.entry("d", "day"),
                    Map.entry("hour", "hour"),
                    Map.entry("hours", "hour"),
                    Map.entry("h", "hour"),
                    Map.entry("minute", "minute"),
                    Map.entry("minutes", "minute"),
                    Map.entry("m", "minute"),
                    Map.entry("second", "second"),
                    Map.entry("seconds", "second"),
                    Map.entry("s", "second"),
                    Map.entry("millisecond", "millisecond"),
                    Map.entry("milliseconds", "millisecond"),
                    Map.entry("ms", "millisecond"));

    private final String sql;
    private final List<SqlToken> tokens;

    /** What is to stand in front of a token, by its number; the number of tokens is the end. */
    private final Map<Integer, String> inserts = new TreeMap<>();

    private final StringBuilder out = new StringBuilder();
    private int copied;
    private int at;

    private DialectRewrite(String sql, List<SqlToken> tokens) {
        this.sql = sql;
        this.tokens = tokens;
    }

    /** The statement as PostgreSQL takes it. */
    static String rewrite(String sql) throws FakeSqlException {
        List<SqlToken> tokens = SqlToken.of(sql);
        return new DialectRewrite(sql, tokens).run();
    }

    private String run() throws FakeSqlException {
        if (!tokens.isEmpty() && tokens.get(0).is("UNLOAD")) {
            throw FakeSqlException.notBuilt("UNLOAD; read the rows with SELECT");
        }
        boolean isTable = isCreateTable();
        boolean isSet = tokens.size() > 1 && tokens.get(0).is("SET");
        if (isSet && SETTINGS.stream().anyMatch(tokens.get(1)::is)) {
            at = 1;
            replace(1, "fake." + tokens.get(1).text());
        }
        while (at < tokens.size()) {
            insertDue();
            if (rewriteCall() || rewriteTop()) {
                continue;
            }
            if (token(0).is("GETDATE") && is(1, "(") && is(2, ")")) {
                replace(3, "(clock_timestamp() AT TIME ZONE 'UTC')::timestamp(0)");
            } else if (isVersion(0)) {
                replace(3, versionQuery());
            } else if (token(0).is("PG_CATALOG") && is(1, ".") && isVersion(2)) {
                replace(5, versionQuery());
            } else if (token(0).is("SYSDATE")) {
                replace(1, "(now() AT TIME ZONE 'UTC')");
            } else if (token(0).is("NVL") && is(1, "(")) {
                replace(1, "coalesce");
            } else if (token(0).is("VARCHAR") && is(1, "(") && is(2, "MAX") && is(3, ")")) {
                replace(4, "varchar(65535)");
            } else if (!isTable || !rewriteTable()) {
                at++;
            }
        }
        out.append(sql, copied, sql.length());
        return out.append(inserts.getOrDefault(tokens.size(), "")).toString();
    }

    private boolean isVersion(int ahead) {
        return is(ahead, "VERSION") && is(ahead + 1, "(") && is(ahead + 2, ")");
    }

    /** A query, so that the column is called version. */
    private static String versionQuery() {
        return "(SELECT version FROM (VALUES ('" + VERSION + "')) AS fake(version))";
    }

    private void insertDue() {
        String due = inserts.remove(at);
        if (due != null) {
            out.append(sql, copied, token(0).start()).append(due);
            copied = token(0).start();
        }
    }

    /** Rewrites the call of a function that PostgreSQL has not, or has with another meaning. */
    private boolean rewriteCall() throws FakeSqlException {
        if (!is(1, "(") || token(0).kind() != SqlToken.Kind.WORD || !is(toClosing(1) - 1, ")")) {
            return false;
        }
        switch (token(0).text().toUpperCase(Locale.ROOT)) {
            case "DATEADD" -> {
                List<String> given = arguments(3);
                replace(
                        toClosing(1),
                        "public.fake_dateadd(%s, (%s)::bigint, (%s)::timestamp)"
                                .formatted(datePart(), given.get(1), given.get(2)));
            }
            case "DATEDIFF" -> {
                List<String> given = arguments(3);
                replace(
                        toClosing(1),
                        "public.fake_datediff(%s, (%s)::timestamp, (%s)::timestamp)"
                                .formatted(datePart(), given.get(1), given.get(2)));
            }
            case "DECODE" -> {
                List<String> given = arguments(-1);
                // With two it is PostgreSQL's own, of bytes.
                if (given.size() < 3) {
                    return false;
                }
                replace(toClosing(1), decode(given));
            }
            case "CONVERT" -> {
                List<String> given = arguments(-1);
                // With three it is PostgreSQL's own, of encodings.
                if (given.size() != 2) {
                    return false;
                }
                replace(
                        toClosing(1),
                        "CAST(%s AS %s)".formatted(given.get(1), castType(given.get(0))));
            }
            case "LISTAGG" -> rewriteListagg();
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String castType(String type) {
        return type.equalsIgnoreCase("SUPER") ? "jsonb" : type;
    }

    /** Equal as DECODE has it, where null equals null. */
    private static String decode(List<String> given) {
        StringBuilder text = new StringBuilder("CASE");
        for (int i = 1; i + 1 < given.size(); i += 2) {
            text.append(" WHEN (")
                    .append(given.get(0))
                    .append(") IS NOT DISTINCT FROM (")
                    .append(given.get(i))
                    .append(") THEN ")
                    .append(given.get(i + 1));
        }
        if (given.size() % 2 == 0) {
            text.append(" ELSE ").append(given.get(given.size() - 1));
        }
        return text.append(" END").toString();
    }

    private void rewriteListagg() throws FakeSqlException {
        List<String> given = arguments(-1);
        if (given.isEmpty() || given.size() > 2) {
            throw FakeSqlException.syntax("LISTAGG takes an expression and a delimiter");
        }
        boolean isDistinct = is(2, "DISTINCT");
        String what =
                isDistinct ? given.get(0).strip().substring("DISTINCT".length()) : given.get(0);
        int length = toClosing(1);
        String order = "";
        if (is(length, "WITHIN") && is(length + 1, "GROUP") && is(length + 2, "(")) {
            int end = toClosing(length + 2);
            order = ' ' + rewrite(sql.substring(token(length + 2).end(), token(end - 1).start()));
            length = end;
        }
        replace(
                length,
                "string_agg(%s(%s)::text, %s%s)"
                        .formatted(
                                isDistinct ? "DISTINCT " : "",
                                what.strip(),
                                given.size() == 2 ? given.get(1).strip() : "''",
                                order));
    }

    /** {@code SELECT TOP n …} becomes {@code SELECT … LIMIT n}. */
    private boolean rewriteTop() throws FakeSqlException {
        boolean isBehindSelect =
                at > 0
                        && (tokens.get(at - 1).is("SELECT")
                                || (at > 1
                                        && (tokens.get(at - 1).is("DISTINCT")
                                                || tokens.get(at - 1).is("ALL"))
                                        && tokens.get(at - 2).is("SELECT")));
        if (!isBehindSelect
                || !token(0).is("TOP")
                || at + 1 == tokens.size()
                || token(1).kind() != SqlToken.Kind.NUMBER) {
            return false;
        }
        inserts.merge(endOfSelect(), " LIMIT " + token(1).text() + ' ', String::concat);
        replace(2, "");
        return true;
    }

    /** The number of the token that ends the SELECT at hand. */
    private int endOfSelect() throws FakeSqlException {
        int depth = 0;
        for (int i = at; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.is("(")) {
                depth++;
            } else if (token.is(")") && depth-- == 0) {
                return i;
            } else if (depth == 0 && token.is(";")) {
                return i;
            } else if (depth == 0
                    && (token.is("UNION") || token.is("INTERSECT") || token.is("EXCEPT"))) {
                throw FakeSqlException.notBuilt("TOP beside " + token.text() + "; use LIMIT");
            }
        }
        return tokens.size();
    }

    /**
     * The arguments of the call at hand, rewritten.
     *
     * @param count how many there must be, or -1
     */
    private List<String> arguments(int count) throws FakeSqlException {
        int end = toClosing(1) - 1;
        List<String> given = new ArrayList<>();
        int depth = 0;
        int begin = token(1).end();
        for (int i = 2; i <= end && at + i < tokens.size(); i++) {
            boolean isLast = i == end;
            if (isLast || (depth == 0 && is(i, ","))) {
                given.add(rewrite(sql.substring(begin, token(i).start())).strip());
                begin = token(i).end();
            } else if (is(i, "(")) {
                depth++;
            } else if (is(i, ")")) {
                depth--;
            }
        }
        if (count >= 0 && given.size() != count) {
            throw FakeSqlException.syntax(
                    token(0).text() + " takes " + count + " arguments, not " + given.size());
        }
        return given;
    }

    /** The date part that is the first argument of the call at hand, as a text of SQL. */
    private String datePart() throws FakeSqlException {
        String given = token(2).value();
        String part = DATE_PARTS.get(given.toLowerCase(Locale.ROOT));
        if (part == null) {
            throw FakeSqlException.syntax(
                    given
                            + " is no date part that this double has; "
                            + new TreeMap<>(DATE_PARTS).keySet());
        }
        return '\'' + part + '\'';
    }

    private boolean isCreateTable() {
        if (tokens.isEmpty() || !tokens.get(0).is("CREATE")) {
            return false;
        }
        for (int i = 1; i < Math.min(4, tokens.size()); i++) {
            if (tokens.get(i).is("TABLE")) {
                return true;
            }
        }
        return false;
    }

    /** Rewrites what is at hand, and says whether there was something. */
    private boolean rewriteTable() {
        if (token(0).is("SUPER")) {
            replace(1, "jsonb");
        } else if (token(0).is("IDENTITY") && is(1, "(") && is(3, ",") && is(5, ")")) {
            replace(
                    6,
                    "GENERATED BY DEFAULT AS IDENTITY (START "
                            + token(2).text()
                            + " INCREMENT "
                            + token(4).text()
                            + ")");
        } else if (token(0).is("DISTSTYLE") || token(0).is("ENCODE") || token(0).is("BACKUP")) {
            replace(2, "");
        } else if (token(0).is("DISTKEY") || token(0).is("SORTKEY")) {
            int length = is(1, "(") ? toClosing(1) : is(1, "AUTO") ? 2 : 1;
            replace(length, "");
        } else if ((token(0).is("COMPOUND") || token(0).is("INTERLEAVED")) && is(1, "SORTKEY")) {
            replace(1, "");
        } else if (isConstraint()) {
            leaveOutConstraint();
        } else {
            return false;
        }
        return true;
    }

    private boolean isConstraint() {
        return (token(0).is("PRIMARY") && is(1, "KEY"))
                || token(0).is("UNIQUE")
                || token(0).is("REFERENCES")
                || (token(0).is("FOREIGN") && is(1, "KEY"))
                || token(0).is("CONSTRAINT");
    }

    private void leaveOutConstraint() {
        boolean isOfTable = out(copied, token(0).start()).strip().endsWith(",");
        int length = token(0).is("PRIMARY") ? 2 : 1;
        if (isOfTable) {
            while (at + length < tokens.size() && !is(length, ",") && !is(length, ")")) {
                length = is(length, "(") ? toClosing(length) : length + 1;
            }
            int comma = before(token(0).start());
            out.append(sql, copied, comma);
            copied = tokens.get(at + length - 1).end();
            at += length;
            return;
        }
        if (token(0).is("REFERENCES")) {
            length = is(2, "(") ? toClosing(2) : 2;
        }
        replace(length, "");
    }

    private String out(int from, int to) {
        return out + sql.substring(from, to);
    }

    private int before(int end) {
        return sql.lastIndexOf(',', end);
    }

    private SqlToken token(int ahead) {
        return tokens.get(at + ahead);
    }

    private boolean is(int ahead, String word) {
        return at + ahead < tokens.size() && token(ahead).is(word);
    }

    /** How many tokens there are up to the one behind the parenthesis that closes. */
    private int toClosing(int opening) {
        int depth = 0;
        for (int i = opening; at + i < tokens.size(); i++) {
            if (is(i, "(")) {
                depth++;
            } else if (is(i, ")") && --depth == 0) {
                return i + 1;
            }
        }
        return tokens.size() - at;
    }

    private void replace(int length, String text) {
        out.append(sql, copied, token(0).start()).append(text);
        int last = Math.min(at + length, tokens.size()) - 1;
        copied = tokens.get(last).end();
        at = last + 1;
    }
}
