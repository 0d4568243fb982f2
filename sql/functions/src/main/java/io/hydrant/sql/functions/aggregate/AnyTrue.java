package io.hydrant.sql.functions.aggregate;

import org.apache.flink.table.functions.AggregateFunction;

/**
 * {@code KDA_ANY(condition)}: whether the condition is true in any row. Rows in which it is unknown
 * are left out; null where there are no others.
 *
 * <p>Source: SQL reference, ANY, which is a word of Flink's grammar, hence the name.
 */
public final class AnyTrue extends AggregateFunction<Boolean, Truths> {

    private static final long serialVersionUID = 1;

    @Override
    public Truths createAccumulator() {
        return new Truths();
    }

    @Override
    public Boolean getValue(Truths truths) {
        return truths.yes + truths.no == 0 ? null : truths.yes > 0;
    }

    /** Adds a row. */
    public void accumulate(Truths truths, Boolean condition) {
        truths.add(condition, 1);
    }

    /** Takes a row away. */
    public void retract(Truths truths, Boolean condition) {
        truths.add(condition, -1);
    }

    /** Adds the rows of others. */
    public void merge(Truths truths, Iterable<Truths> others) {
        truths.add(others);
    }
}
