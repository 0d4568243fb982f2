package io.hydrant.localstack.fakes.redshift;

import java.util.List;

/**
 * Makes PostgreSQL's SQL of Redshift's: layout of tables is left out, and so is what Redshift does
 * not enforce (PRIMARY KEY, UNIQUE, REFERENCES); SUPER is jsonb, GETDATE() the time of now.
 *
 * <p>Source: Redshift developer guide, "CREATE TABLE", "GETDATE", "SUPER type".
 */
final class DialectRewrite {

    private final String sql;
    private final List<SqlToken> tokens;
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

    private String run() {
        boolean isTable = isCreateTable();
        while (at < tokens.size()) {
            if (token(0).is("GETDATE") && is(1, "(") && is(2, ")")) {
                replace(3, "(clock_timestamp() AT TIME ZONE 'UTC')::timestamp(0)");
            } else if (token(0).is("VARCHAR") && is(1, "(") && is(2, "MAX") && is(3, ")")) {
                replace(4, "varchar(65535)");
            } else if (!isTable || !rewriteTable()) {
                at++;
            }
        }
        return out.append(sql, copied, sql.length()).toString();
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
