/**
 * Delivers records to tables of Apache Iceberg: options, configuration, and the steps as a part of
 * a Flink job.
 */
package io.hydrant.iceberg;
