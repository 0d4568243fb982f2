package io.hydrant.launcher.soak;

import io.hydrant.localstack.fakes.redshift.FakeRedshift;
import io.hydrant.localstack.fakes.redshift.Fault;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Where a load can fail: at each of its statements, before the warehouse has carried it out or
 * after, by loss of the connection or of the TaskManager, or by an answer of the warehouse.
 */
final class WarehouseFault implements SoakFault {

    /** How the statements of a load begin, in their order. */
    private static final List<String> STATEMENTS =
            List.of(
                    "LOCK TABLE",
                    "SELECT object_id",
                    "COPY",
                    "SELECT pg_last_copy_count",
                    "INSERT INTO",
                    "COMMIT");

    private final FakeRedshift redshift;
    private final String statement;
    private final String name;
    private final Function<CountDownLatch, Fault> kind;
    private final boolean kills;
    private final AtomicBoolean isArmed = new AtomicBoolean();
    private volatile CountDownLatch killed = new CountDownLatch(1);

    private WarehouseFault(
            FakeRedshift redshift,
            String statement,
            String name,
            Function<CountDownLatch, Fault> kind,
            boolean kills) {
        this.redshift = redshift;
        this.statement = statement;
        this.name = name;
        this.kind = kind;
        this.kills = kills;
    }

    /** Every failure of every statement. */
    static List<SoakFault> of(FakeRedshift redshift) {
        List<SoakFault> faults = new ArrayList<>();
        for (String statement : STATEMENTS) {
            faults.add(lost(redshift, statement, "before", Fault.DROP_BEFORE));
            faults.add(lost(redshift, statement, "after", Fault.DROP_AFTER));
            faults.add(killed(redshift, statement, "before", Fault::holdUntil));
            faults.add(killed(redshift, statement, "after", Fault::holdAnswerUntil));
        }
        faults.add(
                new WarehouseFault(
                        redshift, "COPY", "disk full at COPY", latch -> Fault.diskFull(), false));
        faults.add(
                new WarehouseFault(
                        redshift,
                        "COMMIT",
                        "conflict of transactions at COMMIT",
                        latch -> Fault.serializationConflict(),
                        false));
        return faults;
    }

    private static SoakFault lost(
            FakeRedshift redshift, String statement, String when, Fault fault) {
        return new WarehouseFault(
                redshift,
                statement,
                "connection lost " + when + ' ' + statement,
                latch -> fault,
                false);
    }

    private static SoakFault killed(
            FakeRedshift redshift,
            String statement,
            String when,
            Function<CountDownLatch, Fault> kind) {
        return new WarehouseFault(
                redshift, statement, "TaskManager lost " + when + ' ' + statement, kind, true);
    }

    @Override
    public void arm() {
        killed = new CountDownLatch(1);
        Fault fault = kind.apply(killed);
        isArmed.set(true);
        redshift.faults(
                sql ->
                        sql.startsWith(statement) && isArmed.compareAndSet(true, false)
                                ? fault
                                : Fault.NONE);
    }

    @Override
    public boolean hasFired() {
        return !isArmed.get();
    }

    @Override
    public void disarm() {
        isArmed.set(false);
        redshift.faults(sql -> Fault.NONE);
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
