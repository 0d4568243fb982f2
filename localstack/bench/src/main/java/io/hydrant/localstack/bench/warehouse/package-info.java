/** Loads of a warehouse: the jobs that are measured, each in a JVM of its own. */
package io.hydrant.localstack.bench.warehouse;
