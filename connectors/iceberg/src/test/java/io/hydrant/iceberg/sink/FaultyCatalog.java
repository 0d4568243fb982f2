package io.hydrant.iceberg.sink;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A catalog in memory whose commits can be made to fail, before or behind the point of no return.
 */
final class FaultyCatalog extends InMemoryCatalog {

    private final Deque<Runnable> before = new ConcurrentLinkedDeque<>();
    private final Deque<Runnable> behind = new ConcurrentLinkedDeque<>();

    FaultyCatalog() {
        initialize("faulty", Map.of());
    }

    /** Runs that before the next commit. */
    FaultyCatalog beforeNextCommit(Runnable fault) {
        before.add(fault);
        return this;
    }

    /** Runs that behind the next commit, once it is there. */
    FaultyCatalog behindNextCommit(Runnable fault) {
        behind.add(fault);
        return this;
    }

    /** Whether a fault is still to come. */
    boolean hasFaults() {
        return !before.isEmpty() || !behind.isEmpty();
    }

    /** Every task closes its catalog, and this one is shared. */
    @Override
    public void close() {
        // Stays open.
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier identifier) {
        return new Faulty(super.newTableOps(identifier));
    }

    private static void runNext(Deque<Runnable> faults) {
        Runnable fault = faults.poll();
        if (fault != null) {
            fault.run();
        }
    }

    private final class Faulty implements TableOperations {

        private final TableOperations real;

        Faulty(TableOperations real) {
            this.real = real;
        }

        @Override
        public TableMetadata current() {
            return real.current();
        }

        @Override
        public TableMetadata refresh() {
            return real.refresh();
        }

        @Override
        public void commit(TableMetadata base, TableMetadata metadata) {
            runNext(before);
            real.commit(base, metadata);
            runNext(behind);
        }

        @Override
        public FileIO io() {
            return real.io();
        }

        @Override
        public String metadataFileLocation(String fileName) {
            return real.metadataFileLocation(fileName);
        }

        @Override
        public LocationProvider locationProvider() {
            return real.locationProvider();
        }
    }
}
