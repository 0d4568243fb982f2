/**
 * Keeps tables in shape beside the delivery: fewer, larger files, and no more snapshots than
 * needed.
 */
package io.hydrant.iceberg.upkeep;
