package io.hydrant.localstack.fakes.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** The faults that a fake has in store, each for a number of requests of one action. */
public final class Faults {

    /** Stands for every action. */
    public static final String ANY = "*";

    private final List<Planned> planned = new ArrayList<>();

    /** The next {@code times} requests of {@code action} suffer {@code fault}. */
    public void next(String action, int times, Fault fault) {
        after(action, 0, times, fault);
    }

    /** Lets {@code passing} requests of {@code action} through, then {@code times} suffer. */
    public synchronized void after(String action, int passing, int times, Fault fault) {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(fault, "fault");
        if (passing < 0 || times < 1) {
            throw new IllegalArgumentException(
                    "passing must be at least 0 and times at least 1, but are "
                            + passing
                            + " and "
                            + times);
        }
        planned.add(new Planned(action, passing, times, fault));
    }

    /** Forgets all that is left. */
    public synchronized void clear() {
        planned.clear();
    }

    /** Requests that are still to suffer. */
    public synchronized int outstanding() {
        return planned.stream().mapToInt(plan -> plan.times).sum();
    }

    /** The fault for a request of {@code action} that has just come in, or null. */
    synchronized Fault take(String action) {
        for (Iterator<Planned> plans = planned.iterator(); plans.hasNext(); ) {
            Planned plan = plans.next();
            if (!plan.action.equals(ANY) && !plan.action.equals(action)) {
                continue;
            }
            if (plan.passing > 0) {
                plan.passing--;
                continue;
            }
            if (--plan.times == 0) {
                plans.remove();
            }
            return plan.fault;
        }
        return null;
    }

    private static final class Planned {
        private final String action;
        private final Fault fault;
        private int passing;
        private int times;

        Planned(String action, int passing, int times, Fault fault) {
            this.action = action;
            this.passing = passing;
            this.times = times;
            this.fault = fault;
        }
    }
}
