package io.hydrant.launcher.soak;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Which failure comes next: each of them once, in an order of chance, before any comes again. One
 * that nothing came by has not had its turn, and is tried again behind the others.
 */
final class FaultTurns {

    private final List<SoakFault> faults;
    private final Random random;
    private final Deque<SoakFault> due = new ArrayDeque<>();
    private final Set<SoakFault> had = new HashSet<>();

    /**
     * Turns.
     *
     * @param faults at least one
     * @param random chooses the order
     */
    FaultTurns(Collection<SoakFault> faults, Random random) {
        this.faults = new ArrayList<>(faults);
        this.random = random;
    }

    /** The next one; what came of it is told by {@link #reached} or {@link #missed}. */
    SoakFault next() {
        if (due.isEmpty()) {
            Collections.shuffle(faults, random);
            due.addAll(faults);
        }
        return due.remove();
    }

    /** Something came by it, so it has had its turn. */
    void reached(SoakFault fault) {
        had.add(fault);
    }

    /** Nothing came by the one that was next. */
    void missed(SoakFault fault) {
        due.add(fault);
    }

    /** How many have had their turn. */
    int had() {
        return had.size();
    }

    /** How many there are. */
    int all() {
        return faults.size();
    }
}
