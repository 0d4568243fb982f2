package io.hydrant.delivery.processing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A place in a record that paths lead to or through; the keys in {@code results} have its value.
 */
final class PathStep {

    private final byte[] name;
    private final List<PathStep> children = new ArrayList<>();
    private int[] results = {};

    private PathStep(byte[] name) {
        this.name = name;
    }

    /** The record itself. */
    static PathStep root() {
        return new PathStep(new byte[0]);
    }

    /** Adds a path from here, whose value key {@code result} has. */
    void add(List<String> path, int result) {
        PathStep step = this;
        for (String next : path) {
            step = step.childOf(next.getBytes(StandardCharsets.UTF_8));
        }
        step.results = Arrays.copyOf(step.results, step.results.length + 1);
        step.results[step.results.length - 1] = result;
    }

    private PathStep childOf(byte[] wanted) {
        PathStep child = child(wanted, 0, wanted.length);
        if (child == null) {
            child = new PathStep(wanted);
            children.add(child);
        }
        return child;
    }

    /** The place under that name, null where no path leads there. */
    PathStep child(byte[] bytes, int from, int to) {
        for (int i = 0; i < children.size(); i++) {
            PathStep child = children.get(i);
            if (Arrays.equals(child.name, 0, child.name.length, bytes, from, to)) {
                return child;
            }
        }
        return null;
    }

    /** Whether a key has its value. */
    boolean isWanted() {
        return results.length > 0;
    }

    /** Whether paths lead on from here. */
    boolean leadsOn() {
        return !children.isEmpty();
    }

    /** Gives the value to those keys that have it. */
    void set(String value, String[] values) {
        for (int result : results) {
            values[result] = value;
        }
    }

    /** Takes the values back of this place and all that lie in it. */
    void forget(String[] values) {
        set(null, values);
        for (int i = 0; i < children.size(); i++) {
            children.get(i).forget(values);
        }
    }
}
