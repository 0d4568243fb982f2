package io.hydrant.launcher.redrive;

import io.hydrant.delivery.DeliveryRecord;
import io.hydrant.delivery.ledger.LedgerTally;
import io.hydrant.s3.sink.RedriveDelivery;

import java.io.IOException;

/** What redriven records go to: the delivery, or nothing in a dry run. */
interface RedriveTarget {

    /** Carries out what was decided before; returns of how many error objects. */
    int finishDecided() throws IOException, InterruptedException;

    /** Whether the records of an error object were sent through before. */
    boolean isRedriven(String errorObject);

    /** Takes a record of the error object that will be committed next. */
    void write(DeliveryRecord record) throws InterruptedException;

    /** Gives up what was written since the last commit. */
    void discard() throws IOException, InterruptedException;

    /** Delivers what was written; false if somebody else has redriven the object meanwhile. */
    boolean commit(String errorObject, long storedBytes, LedgerTally read)
            throws IOException, InterruptedException;

    /** To the delivery. */
    static RedriveTarget of(RedriveDelivery delivery) {
        return new RedriveTarget() {
            @Override
            public int finishDecided() throws IOException, InterruptedException {
                return delivery.finishDecided();
            }

            @Override
            public boolean isRedriven(String errorObject) {
                return delivery.isRedriven(errorObject);
            }

            @Override
            public void write(DeliveryRecord record) throws InterruptedException {
                delivery.write(record);
            }

            @Override
            public void discard() throws IOException, InterruptedException {
                delivery.discard();
            }

            @Override
            public boolean commit(String errorObject, long storedBytes, LedgerTally read)
                    throws IOException, InterruptedException {
                return delivery.commit(errorObject, storedBytes, read);
            }
        };
    }

    /** To nothing, but knowing what the delivery has redriven. */
    static RedriveTarget dryRun(RedriveDelivery delivery) {
        return new RedriveTarget() {
            @Override
            public int finishDecided() {
                return 0;
            }

            @Override
            public boolean isRedriven(String errorObject) {
                return delivery.isRedriven(errorObject);
            }

            @Override
            public void write(DeliveryRecord record) {
                // Only counted.
            }

            @Override
            public void discard() {
                // There is nothing to give up.
            }

            @Override
            public boolean commit(String errorObject, long storedBytes, LedgerTally read) {
                return true;
            }
        };
    }
}
