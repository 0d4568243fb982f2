package io.hydrant.iceberg.sink;

import io.hydrant.delivery.ledger.LedgerTally;

import org.apache.iceberg.io.WriteResult;

/**
 * What a task wrote for a table in one step.
 *
 * @param table full name of the table
 * @param step number of the step, from 0
 * @param rows rows in it
 * @param files its files
 * @param tally the records of the rows, shard by shard
 */
record WrittenFiles(String table, int step, long rows, WriteResult files, LedgerTally tally) {}
