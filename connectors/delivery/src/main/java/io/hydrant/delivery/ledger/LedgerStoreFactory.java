package io.hydrant.delivery.ledger;

import java.io.Serializable;

/** Opens a ledger where it is written: on the task that commits. */
@FunctionalInterface
public interface LedgerStoreFactory extends Serializable {

    /** The ledger, which the caller closes. */
    LedgerStore open();
}
