package io.hydrant.sql.kda.job;

import io.hydrant.sql.kda.parse.KdaParser;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.util.SqlBasicVisitor;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which columns of its inputs an application can read: those whose names stand anywhere in it, or
 * all where it means columns without naming them. More may be read than are; never less.
 */
final class ColumnsRead {

    private final Set<String> names;
    private final boolean areAll;

    /** Whether nothing is known, so that system columns may be read, too. */
    private final boolean isUnknown;

    private ColumnsRead(Set<String> names, boolean areAll, boolean isUnknown) {
        this.names = Set.copyOf(names);
        this.areAll = areAll;
        this.isUnknown = isUnknown;
    }

    static ColumnsRead of(KdaParser.Script script) {
        if (!script.problems().isEmpty()) {
            return new ColumnsRead(Set.of(), true, true);
        }
        Reader reader = new Reader();
        script.statements().forEach(statement -> statement.accept(reader));
        return new ColumnsRead(reader.names, reader.readsAll, false);
    }

    /** Whether a column of the records may be read. */
    boolean hasColumn(String name) {
        return areAll || hasName(name);
    }

    /** Whether a column that says where a record was may be read, of which no star speaks. */
    boolean hasSystemColumn(String name) {
        return isUnknown || hasName(name);
    }

    private boolean hasName(String name) {
        return names.contains(name.toLowerCase(Locale.ROOT));
    }

    private static final class Reader extends SqlBasicVisitor<Void> {

        private final Set<String> names = new HashSet<>();
        private boolean readsAll;

        @Override
        public Void visit(SqlCall call) {
            if (countsRows(call)) {
                return null;
            }
            readsAll |=
                    call.getKind() == SqlKind.EXPLICIT_TABLE
                            || renamesByPlace(call)
                            || (call instanceof SqlJoin join && join.isNatural());
            return super.visit(call);
        }

        /** COUNT(*), whose star means rows and no columns. */
        private static boolean countsRows(SqlCall call) {
            return call.getOperator().getName().equalsIgnoreCase("COUNT")
                    && call.operandCount() == 1
                    && call.operand(0) instanceof SqlIdentifier argument
                    && argument.isStar();
        }

        /** AS with names for columns, which stand for others by their place. */
        private static boolean renamesByPlace(SqlCall call) {
            return call.getKind() == SqlKind.AS && call.operandCount() > 2;
        }

        @Override
        public Void visit(SqlIdentifier identifier) {
            readsAll |= identifier.isStar();
            for (String name : identifier.names) {
                names.add(name.toLowerCase(Locale.ROOT));
            }
            return null;
        }
    }
}
