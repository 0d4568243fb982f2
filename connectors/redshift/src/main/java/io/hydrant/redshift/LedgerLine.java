package io.hydrant.redshift;

/**
 * One line of the warehouse's ledger.
 *
 * @param objectId identity of a staged object
 * @param loadId the load that it was part of
 * @param deliveryStream who staged it
 * @param records how many records it holds
 * @param refused how many of them the table did not take
 * @param loadRows how many rows the load made of all of its objects
 */
record LedgerLine(
        String objectId,
        String loadId,
        String deliveryStream,
        long records,
        long refused,
        long loadRows) {}
