/** A real Flink: its home, and standalone clusters that are started from it. */
package io.hydrant.localstack.harness.flink;
