package io.hydrant.sql.functions.aggregate;

import org.apache.flink.table.functions.AggregateFunction;

/**
 * {@code KDA_EVERY(condition)}: whether the condition is true in every row. Rows in which it is
 * unknown are left out; null where there are no others.
 *
 * <p>Source: SQL reference, EVERY, which is a word of Flink's grammar, hence the name.
 */
public final class EveryTrue extends AggregateFunction<Boolean, Truths> {

    private static final long serialVersionUID = 1;

    @Override
    public Truths createAccumulator() {
        return new Truths();
    }

    @Override
    public Boolean getValue(Truths truths) {
        return truths.yes + truths.no == 0 ? null : truths.no == 0;
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
