package io.hydrant.sql.functions.windows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Gives values their ranks: equal ones have one rank, and as many ranks behind are skipped. */
final class Ranking {

    private Ranking() {}

    /**
     * The values with their ranks.
     *
     * @param by what a value is ranked by; null is smaller than all else
     * @param descending whether the greatest is the first
     * @param lastFirst whether the last rank comes out first
     * @param most how many come out; 0 for all
     */
    static <T> List<Ranked<T>> of(
            List<T> values,
            Function<T, Comparable<?>> by,
            boolean descending,
            boolean lastFirst,
            int most) {
        Comparator<T> order = Comparator.comparing(by, Ranking::compare);
        if (descending) {
            order = order.reversed();
        }
        List<T> sorted = new ArrayList<>(values);
        sorted.sort(order);
        List<Ranked<T>> ranked = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            boolean tie = i > 0 && order.compare(sorted.get(i - 1), sorted.get(i)) == 0;
            ranked.add(new Ranked<>(sorted.get(i), tie ? ranked.get(i - 1).rank() : i + 1));
        }
        if (lastFirst) {
            Collections.reverse(ranked);
        }
        return most == 0 || most >= ranked.size() ? ranked : ranked.subList(0, most);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(Comparable one, Comparable other) {
        if (one == null || other == null) {
            return Boolean.compare(one != null, other != null);
        }
        return one.compareTo(other);
    }

    /** A value and its rank. */
    record Ranked<T>(T value, int rank) {}
}
