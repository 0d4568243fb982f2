/** What jobs find where Managed Service for Apache Flink runs them. */
package io.hydrant.core.managed;
