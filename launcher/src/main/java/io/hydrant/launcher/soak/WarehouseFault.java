package io.hydrant.launcher.soak;

import io.hydrant.localstack.fakes.redshift.Fault;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where a load can fail: at each of its statements, before the warehouse has carried it out or
 * after, by loss of the connection or of the TaskManager, or by an answer of the warehouse.
 */
final class WarehouseFault implements SoakFault {

    private static final String NOTE = "INSERT INTO";
    private static final String COMMIT = "COMMIT";

    /** Takes the faults to come, by the text of a statement. */
    private final Consumer<Function<String, Fault>> warehouse;

    private final String statement;
    private final String name;
    private final Function<CountDownLatch, Fault> kind;
    private final boolean kills;
    private final AtomicBoolean isArmed = new AtomicBoolean();
    private volatile CountDownLatch killed = new CountDownLatch(1);

    private WarehouseFault(
            Consumer<Function<String, Fault>> warehouse,
            String statement,
            String name,
            Function<CountDownLatch, Fault> kind,
            boolean kills) {
        this.warehouse = warehouse;
        this.statement = statement;
        this.name = name;
        this.kind = kind;
        this.kills = kills;
    }

    /**
     * Every failure of every statement.
     *
     * @param statements how those of a load begin, in their order
     * @param diskFull the warehouse's answer where no room is left
     * @param conflict its answer where transactions get in each other's way
     */
    static List<SoakFault> of(
            Consumer<Function<String, Fault>> warehouse,
            List<String> statements,
            Fault diskFull,
            Fault conflict) {
        List<SoakFault> faults = new ArrayList<>();
        for (String statement : statements) {
            faults.add(lost(warehouse, statement, "before", Fault.DROP_BEFORE));
            faults.add(lost(warehouse, statement, "after", Fault.DROP_AFTER));
            faults.add(killed(warehouse, statement, "before", Fault::holdUntil));
            faults.add(killed(warehouse, statement, "after", Fault::holdAnswerUntil));
        }
        faults.add(
                new WarehouseFault(
                        warehouse, "COPY", "disk full at COPY", latch -> diskFull, false));
        faults.add(
                new WarehouseFault(
                        warehouse,
                        COMMIT,
                        "conflict of transactions at COMMIT",
                        latch -> conflict,
                        false));
        return faults;
    }

    private static SoakFault lost(
            Consumer<Function<String, Fault>> warehouse,
            String statement,
            String when,
            Fault fault) {
        return new WarehouseFault(
                warehouse,
                statement,
                "connection lost " + when + ' ' + statement,
                latch -> fault,
                false);
    }

    private static SoakFault killed(
            Consumer<Function<String, Fault>> warehouse,
            String statement,
            String when,
            Function<CountDownLatch, Fault> kind) {
        return new WarehouseFault(
                warehouse, statement, "TaskManager lost " + when + ' ' + statement, kind, true);
    }

    @Override
    public void arm() {
        killed = new CountDownLatch(1);
        Fault fault = kind.apply(killed);
        isArmed.set(true);
        // Who only reads the ledger ends a transaction, too.
        AtomicBoolean isOfLoad = new AtomicBoolean(!statement.equals(COMMIT));
        warehouse.accept(
                sql -> {
                    if (sql.startsWith(NOTE)) {
                        isOfLoad.set(true);
                    }
                    return sql.startsWith(statement)
                                    && isOfLoad.get()
                                    && isArmed.compareAndSet(true, false)
                            ? fault
                            : Fault.NONE;
                });
    }

    @Override
    public boolean hasFired() {
        return !isArmed.get();
    }

    @Override
    public void disarm() {
        isArmed.set(false);
        warehouse.accept(sql -> Fault.NONE);
    }

    /** The warehouse goes on with the statement when the TaskManager is no more. */
    @Override
    public void strike(SoakJob job) throws Exception {
        if (kills) {
            job.replaceTaskManager();
            killed.countDown();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
