package io.hydrant.jobs.gateway.plain;

import java.util.ArrayList;
import java.util.List;

/** Writes numbers that rise as stretches of neighbours, since there may be many. */
final class NumberRanges {

    private static final int SHOWN = 5;

    private final List<int[]> ranges = new ArrayList<>();

    /** Adds a record; its neighbour is the one that stood before it. */
    void add(int index, int number) {
        int[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
        if (last != null && last[2] + 1 == index) {
            last[1] = number;
            last[2] = index;
        } else {
            ranges.add(new int[] {number, number, index});
        }
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** The first few, such as {@code 3, 7-9}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int[] range : ranges.subList(0, Math.min(SHOWN, ranges.size()))) {
            text.append(text.isEmpty() ? "" : ", ").append(range[0]);
            if (range[1] > range[0]) {
                text.append('-').append(range[1]);
            }
        }
        return text.append(ranges.size() > SHOWN ? " and more" : "").toString();
    }
}
