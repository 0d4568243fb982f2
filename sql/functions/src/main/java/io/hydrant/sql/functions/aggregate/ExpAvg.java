package io.hydrant.sql.functions.aggregate;

import io.hydrant.sql.functions.typing.AnyTimestamp;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;

/**
 * {@code EXP_AVG(value, time, half_life)}: the average of values, of which one that is a half-life
 * older than another counts half as much. Null values are left out; null where there are no others.
 *
 * <p>The weight falls steadily, not in steps of a half-life, so that a value of 10 seconds ago has
 * half the weight of one of now, and what lies between has a weight between. The result does not
 * depend on the order of the rows, but for the last digits.
 *
 * <p>Source: SQL reference, EXP_AVG; the time, which there is the row's ROWTIME, is an argument
 * here.
 */
public final class ExpAvg extends AggregateFunction<Double, ExpAvg.Sums> {

    private static final long serialVersionUID = 1;

    /** Sums of weights and weighted values, as seen from the newest time. */
    public static final class Sums {
        /** The values, each by its weight. */
        public double values;

        /** The weights. */
        public double weights;

        /** How many values there are; at 0, the sums are exactly 0 again. */
        public long count;

        /** The time from which the weights are seen, in milliseconds. */
        public long newest = Long.MIN_VALUE;

        /** The half-life in milliseconds. */
        public long halfLife = 1;
    }

    @Override
    public Sums createAccumulator() {
        return new Sums();
    }

    @Override
    public Double getValue(Sums sums) {
        return sums.count == 0 ? null : sums.values / sums.weights;
    }

    /** Adds a value. */
    public void accumulate(Sums sums, Double value, TimestampData time, Long halfLife) {
        if (value == null || time == null || halfLife == null || halfLife <= 0) {
            return;
        }
        long at = time.getMillisecond();
        sums.halfLife = halfLife;
        seeFrom(sums, Math.max(at, sums.newest));
        double weight = weight(sums.newest - at, halfLife);
        sums.values += weight * value;
        sums.weights += weight;
        sums.count++;
    }

    /** Takes a value away. */
    public void retract(Sums sums, Double value, TimestampData time, Long halfLife) {
        if (value == null || time == null || halfLife == null || halfLife <= 0) {
            return;
        }
        double weight = weight(sums.newest - time.getMillisecond(), halfLife);
        sums.values -= weight * value;
        sums.weights -= weight;
        sums.count--;
        if (sums.count == 0) {
            sums.values = 0;
            sums.weights = 0;
        }
    }

    /** Adds the values of others. */
    public void merge(Sums sums, Iterable<Sums> others) {
        for (Sums other : others) {
            if (other.count == 0) {
                continue;
            }
            sums.halfLife = other.halfLife;
            seeFrom(sums, Math.max(sums.newest, other.newest));
            double factor = weight(sums.newest - other.newest, other.halfLife);
            sums.values += factor * other.values;
            sums.weights += factor * other.weights;
            sums.count += other.count;
        }
    }

    private static void seeFrom(Sums sums, long time) {
        if (sums.count > 0 && time > sums.newest) {
            double factor = weight(time - sums.newest, sums.halfLife);
            sums.values *= factor;
            sums.weights *= factor;
        }
        sums.newest = time;
    }

    private static double weight(long age, long halfLife) {
        return Math.pow(0.5, (double) age / halfLife);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(
                        InputTypeStrategies.sequence(
                                InputTypeStrategies.explicit(DataTypes.DOUBLE()),
                                AnyTimestamp.INSTANCE,
                                InputTypeStrategies.explicit(
                                        DataTypes.INTERVAL(DataTypes.SECOND(3))
                                                .bridgedTo(Long.class))))
                .accumulatorTypeStrategy(TypeStrategies.explicit(types.createDataType(Sums.class)))
                .outputTypeStrategy(TypeStrategies.explicit(DataTypes.DOUBLE()))
                .build();
    }
}
