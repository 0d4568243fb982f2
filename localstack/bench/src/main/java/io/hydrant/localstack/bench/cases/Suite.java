package io.hydrant.localstack.bench.cases;

import java.util.Arrays;
import java.util.List;

/** Which cases one command runs, and what they are given. */
public enum Suite {
    /** From a stream to objects. */
    CORRIDOR("corridor.md", List.of(1, 100, 2000), "-Xmx640m", false),
    /**
     * What formats, partitions and transforms cost, without a stream to read. The heap is of one
     * size from the start, as Flink starts its task managers.
     */
    DELIVERY("delivery.md", List.of(50_000), "-Xms1500m -Xmx1500m", true);

    private final String page;
    private final List<Integer> openObjects;
    private final String jvmOptions;
    private final boolean leavesWarmUpOut;

    Suite(String page, List<Integer> openObjects, String jvmOptions, boolean leavesWarmUpOut) {
        this.page = page;
        this.openObjects = openObjects;
        this.jvmOptions = jvmOptions;
        this.leavesWarmUpOut = leavesWarmUpOut;
    }

    /** Its cases, in the order in which they run. */
    public List<BenchCase> cases() {
        return Arrays.stream(BenchCase.values()).filter(one -> one.isIn(this)).toList();
    }

    /** Name of its result page. */
    public String page() {
        return page;
    }

    /** Numbers of open objects that state is measured for, unless others are asked for. */
    public List<Integer> openObjects() {
        return openObjects;
    }

    /** Whether a run's first half only warms its JVM up. */
    public boolean leavesWarmUpOut() {
        return leavesWarmUpOut;
    }

    /** Options of the measured JVMs, unless others are asked for. */
    public String jvmOptions() {
        return jvmOptions;
    }
}
