/** Iceberg beside Flink: the jars of a cluster, a REST catalog, and readers that are not Java. */
package io.hydrant.localstack.harness.iceberg;
