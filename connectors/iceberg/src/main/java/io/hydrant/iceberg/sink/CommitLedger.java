package io.hydrant.iceberg.sink;

import io.hydrant.delivery.ledger.LedgerStoreFactory;

import java.io.Serializable;
import java.util.Objects;

/**
 * The ledger that commits are put down in, and whose they are.
 *
 * @param stores opens it
 * @param deliveryStream name of the delivery stream
 * @param configVersion version of its configuration
 */
record CommitLedger(LedgerStoreFactory stores, String deliveryStream, String configVersion)
        implements Serializable {

    CommitLedger {
        Objects.requireNonNull(stores, "stores");
        Objects.requireNonNull(deliveryStream, "deliveryStream");
        Objects.requireNonNull(configVersion, "configVersion");
    }
}
