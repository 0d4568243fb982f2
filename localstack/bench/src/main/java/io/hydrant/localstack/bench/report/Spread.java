package io.hydrant.localstack.bench.report;

import java.util.Collection;

/**
 * One figure over the repetitions: the middle one, and between which it lay.
 *
 * @param median the middle value, or the mean of the two in the middle
 * @param least the least value
 * @param most the greatest value
 */
record Spread(double median, double least, double most) {

    static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("There is no spread of no values");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
