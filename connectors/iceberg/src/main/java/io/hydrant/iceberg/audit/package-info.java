/** Compares what a ledger says was committed to tables with the tables. */
package io.hydrant.iceberg.audit;
