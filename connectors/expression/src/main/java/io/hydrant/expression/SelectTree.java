package io.hydrant.expression;

import io.hydrant.delivery.conversion.schema.HiveType;

import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutable;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A SELECT as what it asks of one record: conditions, in the order in which they have to hold, and
 * values. Sub-queries in FROM are folded into one another.
 */
final class SelectTree {

    private static final String OF_OBJECTS =
            "a whole struct cannot be computed with, not even by CASE, COALESCE or IF; name its"
                    + " fields one by one, as in CASE WHEN ok THEN a.x ELSE b.x END AS x";
    private static final String NO_CODE =
            "what it computes has no code for columns of these types; try another function, or cast what"
                    + " it is given";

    private final RexBuilder expressions;
    private final List<RexNode> conditions = new ArrayList<>();
    private List<RexNode> values;

    private SelectTree(RexBuilder expressions, RelNode tree) {
        this.expressions = expressions;
        this.values = new ArrayList<>(expressions.identityProjects(tree.getRowType()));
    }

    /**
     * Folds a tree of Calcite's.
     *
     * @throws IllegalArgumentException if it needs more than one record
     */
    static SelectTree of(RelNode tree, RexBuilder expressions) {
        SelectTree folded = new SelectTree(expressions, tree);
        RelNode node = tree;
        while (!(node instanceof TableScan)) {
            if (node instanceof Project project) {
                folded.under(project);
            } else if (node instanceof Filter filter) {
                folded.conditions.add(0, filter.getCondition());
            } else {
                throw needsMore(node.getRelTypeName().replace("Logical", ""));
            }
            node = node.getInput(0);
        }
        folded.everything().forEach(each -> each.accept(new OneRecordOnly()));
        return folded;
    }

    private void under(Project project) {
        if (project.containsOver()) {
            throw needsMore("OVER");
        }
        values = RelOptUtil.pushPastProject(values, project);
        List<RexNode> pushed = RelOptUtil.pushPastProject(conditions, project);
        conditions.clear();
        conditions.addAll(pushed);
    }

    private List<RexNode> everything() {
        List<RexNode> all = new ArrayList<>(conditions);
        all.addAll(values);
        return all;
    }

    private static IllegalArgumentException needsMore(String what) {
        return new IllegalArgumentException(
                what
                        + " needs more than one record, and a transform sees one; select columns FROM "
                        + SelectCompiler.TABLE
                        + " WHERE …, and leave the rest to SQL over the stream (sql/README.md)");
    }

    /**
     * Generates the code.
     *
     * @param output names and types of what is selected
     * @param columns what the record has, of which the first {@code declared} are in its JSON
     */
    CompiledSelect compile(
            List<RelDataTypeField> output,
            List<HiveType.Field> columns,
            RelDataType row,
            int declared) {
        int[] copied = new int[values.size()];
        List<RexNode> computed = new ArrayList<>();
        List<String> computedNames = new ArrayList<>();
        for (int i = 0; i < copied.length; i++) {
            // A key is the text of its value, which somebody has to make.
            boolean isCopied =
                    values.get(i) instanceof RexInputRef && !OutputColumns.isKey(output.get(i));
            copied[i] =
                    isCopied ? ((RexInputRef) values.get(i)).getIndex() : CompiledSelect.COMPUTED;
            if (!isCopied) {
                computed.add(values.get(i));
                computedNames.add("column '" + output.get(i).getName() + "'");
            }
        }
        ShortCircuit shortCircuit = new ShortCircuit();
        RexExecutable condition = null;
        if (!conditions.isEmpty()) {
            RexNode all = RexUtil.composeConjunction(expressions, conditions);
            condition = executable(List.of(all.accept(shortCircuit)), List.of("WHERE"), row);
        }
        List<RexNode> lazy = computed.stream().map(value -> value.accept(shortCircuit)).toList();
        return new CompiledSelect(
                condition == null ? null : condition.getFunction(),
                lazy.isEmpty() ? null : executable(lazy, computedNames, row).getFunction(),
                output,
                columns,
                columnsOf(computed),
                copied,
                declared);
    }

    /** The columns that the conditions and those values ask for. */
    private BitSet columnsOf(List<RexNode> computed) {
        BitSet asked = new BitSet();
        RexVisitorImpl<Void> asking =
                new RexVisitorImpl<>(true) {
                    @Override
                    public Void visitInputRef(RexInputRef ref) {
                        asked.set(ref.getIndex());
                        return null;
                    }
                };
        conditions.forEach(each -> each.accept(asking));
        computed.forEach(each -> each.accept(asking));
        return asked;
    }

    private RexExecutable executable(List<RexNode> nodes, List<String> names, RelDataType row) {
        try {
            return RexExecutorImpl.getExecutable(expressions, nodes, row);
        } catch (RuntimeException e) {
            for (int i = 0; nodes.size() > 1 && i < nodes.size(); i++) {
                // Says which of them it is, where it is one of them.
                executable(nodes.subList(i, i + 1), names.subList(i, i + 1), row);
            }
            throw new IllegalArgumentException(
                    String.join(", ", names)
                            + ": "
                            + (isChoiceOfObjects(nodes) ? OF_OBJECTS : NO_CODE),
                    e);
        }
    }

    /** Calcite has no type in Java for what CASE makes of structs, and says so of its own code. */
    private static boolean isChoiceOfObjects(List<RexNode> nodes) {
        boolean[] found = new boolean[1];
        RexVisitorImpl<Void> looking =
                new RexVisitorImpl<>(true) {
                    @Override
                    public Void visitCall(RexCall call) {
                        found[0] |=
                                call.operands.stream().anyMatch(each -> each.getType().isStruct());
                        return super.visitCall(call);
                    }
                };
        nodes.forEach(each -> each.accept(looking));
        return found[0];
    }

    /** Refuses what does not follow from the record alone. */
    private static final class OneRecordOnly extends RexVisitorImpl<Void> {

        OneRecordOnly() {
            super(true);
        }

        @Override
        public Void visitCall(RexCall call) {
            SqlOperator operator = call.getOperator();
            if (!operator.isDeterministic() || operator.isDynamicFunction()) {
                throw new IllegalArgumentException(
                        operator.getName()
                                + " is not the same when the record is transformed again after a failure, and the delivery would not be exactly once; for the time take the column arrival_time");
            }
            return super.visitCall(call);
        }

        @Override
        public Void visitSubQuery(RexSubQuery query) {
            throw needsMore("A sub-query");
        }

        @Override
        public Void visitOver(RexOver over) {
            throw needsMore("OVER");
        }
    }

    /**
     * Evaluates an operand of AND and OR only where the ones before it leave the answer open, as
     * everybody expects of {@code x <> 0 AND 10 / x > 1}; Calcite's code evaluates all of them.
     */
    private final class ShortCircuit extends RexShuttle {

        @Override
        public RexNode visitCall(RexCall call) {
            RexCall inner = (RexCall) super.visitCall(call);
            SqlKind kind = inner.getKind();
            if (kind != SqlKind.AND && kind != SqlKind.OR) {
                return inner;
            }
            List<RexNode> operands = inner.getOperands();
            RexNode lazy = operands.get(operands.size() - 1);
            for (int i = operands.size() - 2; i >= 0; i--) {
                lazy = decidedBy(operands.get(i), lazy, kind, inner.getOperator());
            }
            return lazy;
        }

        private RexNode decidedBy(RexNode first, RexNode rest, SqlKind kind, SqlOperator operator) {
            boolean isAnd = kind == SqlKind.AND;
            RexNode isDecided =
                    expressions.makeCall(
                            isAnd ? SqlStdOperatorTable.IS_FALSE : SqlStdOperatorTable.IS_TRUE,
                            first);
            return expressions.makeCall(
                    SqlStdOperatorTable.CASE,
                    isDecided,
                    expressions.makeLiteral(!isAnd),
                    expressions.makeCall(operator, first, rest));
        }
    }
}
